package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.report.GridPage;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.GridRun;
import io.github.lstmfcn.search.TrainingProcesses;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that train many runs: datasets, folder, seeds and processes. */
public final class GridOptions {
  /** The option for the number of processes. */
  public static final String JOBS = "--jobs";

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  public CommandLine.Model.CommandSpec command;

  @Mixin public DataOptions data;

  @Option(
      names = {"--set", "--sets"},
      paramLabel = "NAME",
      split = ",",
      arity = "1..*",
      description =
          "Names of datasets, separated by commas or spaces. Default: all datasets of the "
              + "folder.")
  public List<String> sets = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "New or empty folder for the runs, or the folder of an interrupted run of the same "
              + "command, whose tables are replaced; any other is refused.")
  public Path out;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Number of runs of each network, with consecutive seeds from --seed on. Default: "
              + "${DEFAULT-VALUE}.")
  public int seeds;

  @Option(
      names = JOBS,
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Number of processes that train at the same time, at most one per processor; each takes at "
              + "least 500 MB of memory, and they share the processors. Default: ${DEFAULT-VALUE}.")
  int jobs;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  /** Checks the values of the options. */
  public void check() {
    atLeast("--seeds", 1, seeds);
    atLeast(JOBS, 1, jobs);
  }

  /**
   * Checks that the value of an option is not too small.
   *
   * @throws CommandLine.ParameterException if the value is less than {@code least}
   */
  public void atLeast(String option, int least, int found) {
    if (found < least) {
      throw new CommandLine.ParameterException(
          command.commandLine(), option + ": expected at least " + least + ", found " + found);
    }
  }

  /** The processes that train the runs, one per run. */
  public TrainingProcesses processes() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (jobs > processors) {
      Notes.of(command)
          .print("%s %s: %s at a time, one per processor".formatted(JOBS, jobs, processors));
    }
    return new TrainingProcesses(
        command.root().userObject().getClass(), Math.min(jobs, processors));
  }

  /**
   * Refuses {@code --jobs} where something else decides how many runs are trained at the same time.
   *
   * @param reason what decides it, as the end of the message
   * @throws CommandLine.ParameterException if the option was given
   */
  public void expectNoJobs(String reason) {
    if (command.commandLine().getParseResult().hasMatchedOption(JOBS)) {
      throw new CommandLine.ParameterException(
          command.commandLine(), JOBS + ": expected none, found " + jobs + "; " + reason);
    }
  }

  /**
   * Starts a progress line over the runs, after a note on each that another process trains; null if
   * progress is not to be shown.
   */
  public ProgressLine progress(String task, int total, List<GridRun> runs) {
    Notes notes = Notes.of(command);
    runs.stream()
        .filter(run -> run.status() == GridRun.Status.RUNNING)
        .forEach(
            run -> notes.print(run.folder() + ": another process trains this run; waiting for it"));
    return notes.progress(task, 0, total);
  }

  /** Writes the page of the runs whenever it is given a report. */
  public Consumer<GridReport> page(String title, List<String> notes) {
    return report -> new GridPage(title, notes, report).write(out);
  }

  /**
   * Prints the report.
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
          .println(
              command.root().name()
                  + ": interrupted; every run is saved, and the same command continues them");
    }
    return report.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * The names of the datasets, as their files spell them.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if a dataset is not in the archive
   */
  public List<String> sets(DataFiles files) {
    return sets.isEmpty() ? files.names() : sets.stream().map(files::resolve).toList();
  }
}
