package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.ForceOption;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.Output;
import io.github.lstmfcn.report.Report;
import io.github.lstmfcn.report.ReportForm;
import io.github.lstmfcn.report.ReportText;
import io.github.lstmfcn.report.result.ResultSource;
import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.PostHoc;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lstmfcn report}. */
@Command(
    name = "report",
    description = {
      "Compare results on many datasets with the reported accuracies, and methods with "
          + "each other.",
      "Reports accuracies with Wilson intervals, differences and their significance, mean "
          + "ranks, MPCE, Friedman's test and post-hoc tests.",
      "A result is compared with the figure of Table 1 of the 2017 paper, or of the "
          + "train-loss table if its weights are known not to be selected on TEST; on multivariate "
          + "datasets with that of the README of the original MLSTM-FCN, or of a table on the "
          + "UEA archive; with none if the figure was measured on another split. A result that is "
          + "found twice counts once."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lstmfcn report --published --out published.html",
      "  lstmfcn verify --weights keras-weights --data testdata --out verified",
      "  lstmfcn report verified --out report.html --out report.md",
      "  lstmfcn report ours=search/all rocket=results/ROCKET --out report.html"
    })
final class ReportCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Parameters(
      paramLabel = "RUNS",
      arity = "0..*",
      description =
          "Files and folders, searched at any depth, of verify --out, evaluate --json or "
              + "--aeon, train, train-all, search, make reproduce, or other tools that write result "
              + "files of tsml. "
              + "Of a search only the selected networks count. Use NAME=RUNS to name the method of "
              + "the results.")
  List<String> runs = List.of();

  @Option(
      names = "--published",
      description =
          "Add the accuracies that were reported, one column per method: on the UCR archive, and "
              + "on the multivariate datasets of RUNS that were measured on the same series.")
  boolean published;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File to write the report to; may be repeated for several formats. The extension "
              + "tells the format: .html for a page, .md for Markdown, .csv for one line per result, "
              + ".json for all numbers, .svg or .png for the critical-difference diagram.")
  List<Path> out = List.of();

  @Mixin ForceOption force;

  @Option(
      names = "--post-hoc",
      paramLabel = "TEST",
      defaultValue = "wilcoxon-holm",
      converter = NamedValues.PostHocs.class,
      completionCandidates = NamedValues.PostHocs.class,
      description =
          "Test for which methods differ, at a level of 5 %%: ${COMPLETION-CANDIDATES}. "
              + "Default: ${DEFAULT-VALUE}.")
  PostHoc postHoc;

  @Override
  public void run() {
    for (Path file : out) {
      if (ReportForm.of(file).isEmpty()) {
        throw new CommandLine.ParameterException(
            command.commandLine(),
            "--out: expected a file that ends with %s, found %s"
                .formatted(ReportForm.endings(), file));
      }
    }
    if (runs.isEmpty() && !published) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "expected RUNS or --published, found neither");
    }
    if (out.stream().map(file -> file.toAbsolutePath().normalize()).distinct().count()
        < out.size()) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--out: expected different files, found one twice");
    }
    out.forEach(file -> force.check(new Output("--out", file), inputs(file)));
    Report report = Report.of(results(), postHoc);
    out.forEach(file -> ReportForm.of(file).orElseThrow().check(report, file));
    out.forEach(file -> ReportForm.of(file).orElseThrow().write(report, file, force.isSet()));
    PrintWriter printer = command.commandLine().getOut();
    printer.println(new ReportText(report).text());
    out.forEach(file -> printer.println("Wrote " + file));
  }

  /**
   * The runs that may have a file: of folders, tables and JSON are read, pages and pictures not.
   */
  private List<Path> inputs(Path file) {
    ReportForm form = ReportForm.of(file).orElseThrow();
    boolean mayBeRead = form == ReportForm.CSV || form == ReportForm.JSON;
    return runs.stream()
        .map(run -> source(run).path())
        .filter(path -> mayBeRead || Files.isRegularFile(path))
        .toList();
  }

  private Results results() {
    Results read = Results.read(runs.stream().map(this::source).toList());
    return published ? read.withPublished() : read;
  }

  private ResultSource source(String text) {
    try {
      return ResultSource.parse(text);
    } catch (IllegalArgumentException noPath) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "RUNS: " + noPath.getMessage(), noPath);
    }
  }
}
