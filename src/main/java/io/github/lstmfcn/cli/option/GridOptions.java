package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.cli.process.Interruption;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.report.GridPage;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.TrainingProcesses;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On which sets many runs are, where, and how many at a time. */
public final class GridOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  public CommandLine.Model.CommandSpec command;

  @Mixin public DataOptions data;

  @Option(
      names = {"--set", "--sets"},
      paramLabel = "NAME",
      split = ",",
      arity = "1..*",
      description = "Sets, separated by commas or spaces. Default: all of the folder.")
  public List<String> sets = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new folder, or the one in which the same command was before.")
  public Path out;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs of each network, with seeds from --seed on. Default: ${DEFAULT-VALUE}.")
  public int seeds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Processes at a time; each takes at least 500 MB of memory. "
              + "Default: ${DEFAULT-VALUE}.")
  int jobs;

  @Option(names = "--json", description = "Print everything as JSON.")
  boolean json;

  /** Refuses what makes no sense. */
  public void check() {
    atLeast("--seeds", 1, seeds);
    atLeast("--jobs", 1, jobs);
  }

  /**
   * Refuses a value that is too small.
   *
   * @throws CommandLine.ParameterException if the value is less
   */
  public void atLeast(String option, int least, int found) {
    if (found < least) {
      throw new CommandLine.ParameterException(
          command.commandLine(), option + ": expected at least " + least + ", found " + found);
    }
  }

  /** A process for each run. */
  public TrainingProcesses processes(Interruption interruption) {
    Class<?> program = command.root().userObject().getClass();
    return new TrainingProcesses(program, jobs, interruption::isRequested);
  }

  /** How far the runs are; null if it is not to be shown. */
  public ProgressLine progress(String task, int total) {
    return Notes.of(command).progress(task, 0, total);
  }

  /** Replaces the page of the runs, with what may be shown of them. */
  public Consumer<GridReport> page(String title, List<String> notes) {
    return report -> new GridPage(title, notes, report).write(out);
  }

  /**
   * Prints all that is known.
   *
   * @return the exit code
   */
  public int finish(GridReport report, List<String> notes, boolean stopped) {
    PrintWriter printer = command.commandLine().getOut();
    if (json) {
      Map<String, Object> map = report.map();
      map.put("notes", notes);
      map.put("warnings", report.warnings());
      printer.println(Json.pretty(map));
    } else {
      printer.println(report.text());
      notes.forEach(note -> printer.println("\nNote: " + note));
      report.warnings().forEach(warning -> printer.println("\nWarning: " + warning));
    }
    printer.flush();
    if (stopped) {
      command
          .commandLine()
          .getErr()
          .println("lstmfcn: stopped; every run is saved, and the same command goes on with them");
    }
    return report.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * The sets' names, as their files spell them.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if one is not in the archive
   */
  public List<String> sets(DataFiles files) {
    return sets.isEmpty() ? files.names() : sets.stream().map(files::resolve).toList();
  }
}
