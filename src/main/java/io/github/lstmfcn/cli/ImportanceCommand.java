package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.ImportanceFolder;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.Interval;
import io.github.lstmfcn.explain.PermutationImportance;
import io.github.lstmfcn.explain.VariableImportance;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.table.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn importance}. */
@Command(
    name = "importance",
    description = {
      "Measure which variables of multivariate series a model relies on, and draw it.",
      "Each variable in turn is permuted among the series, while the others stay: its "
          + "importance is the drop in accuracy and the rise of the loss, each with a 95 %% "
          + "confidence interval over the repeats. Of variables that carry the same information, "
          + "none may seem important."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn importance --weights keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5 \\",
      "    --data testdata --set PhaseWaves --out waves-importance"
    })
final class ImportanceCommand implements Runnable {
  /** The number of variables that are printed; the files have all. */
  private static final int PRINTED = 20;

  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin DatasetOptions set;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Number of permutations of each variable, at least 2. Default: ${DEFAULT-VALUE}.")
  int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the permutations. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Mixin FolderOption out;

  @Override
  public void run() {
    if (repeats < 2) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--repeats: expected at least 2, found " + repeats);
    }
    out.check(ImportanceFolder.KIND, ExplainedDataset.inputs(set, model));
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    if (weights.spec().variables() < 2) {
      throw new InvalidInputException(
          model.weights,
          "",
          "a model of several variables",
          weights.spec().toString(),
          "lstmfcn cam shows which time steps of one variable count");
    }
    if (explained.inputs().length < 2) {
      throw new InvalidInputException(
          explained.split().data().source(), "", "at least two series to permute", "one", "");
    }
    PermutationImportance importance = measure(explained, weights);
    out.write(
        ImportanceFolder.KIND,
        folder -> {
          new ImportanceFolder(folder, "Importance of the variables of " + explained.name())
              .write(importance);
          return folder;
        });
    print(importance, out.path());
    explained.print(Notes.of(command));
  }

  private PermutationImportance measure(ExplainedDataset explained, ModelWeights weights) {
    int variables = weights.spec().variables();
    try (ProgressLine progress = Notes.of(command).progress("importance", 0, variables)) {
      return PermutationImportance.of(
          weights,
          explained.inputs(),
          explained.labelled().truth(),
          explained.classes(),
          repeats,
          seed,
          measured -> {
            if (progress != null) {
              progress.step("variable " + measured.variable());
            }
          });
    }
  }

  private void print(PermutationImportance importance, Path folder) {
    PrintWriter printer = command.commandLine().getOut();
    printer.println(
        String.format(
            Locale.ROOT,
            "%d/%d correct, loss %.4f; %d permutations of each variable",
            importance.baseline().correct(),
            importance.baseline().total(),
            importance.baseline().loss(),
            importance.repeats()));
    List<VariableImportance> ranked =
        importance.variables().stream()
            .sorted(Comparator.comparingDouble(variable -> -variable.lossRise().mean()))
            .toList();
    List<VariableImportance> printed = ranked.subList(0, Math.min(PRINTED, ranked.size()));
    printer.println(
        TextTable.of(
            printed,
            List.of(
                TextTable.right("variable").with(variable -> Integer.toString(variable.variable())),
                TextTable.right("drop in accuracy").with(text(VariableImportance::accuracyDrop)),
                TextTable.right("rise of the loss").with(text(VariableImportance::lossRise)))));
    if (ranked.size() > printed.size()) {
      printer.println("and %s more, in importance.csv".formatted(ranked.size() - printed.size()));
    }
    printer.println(
        "wrote importance.html, .png, .svg, importance.csv and repeats.csv to " + folder);
  }

  /** The mean and its interval, as {@code 0.250 (0.211 to 0.289)}. */
  private static Function<VariableImportance, String> text(
      Function<VariableImportance, Interval> value) {
    return variable -> {
      Interval interval = value.apply(variable);
      return String.format(
          Locale.ROOT, "%.3f (%.3f to %.3f)", interval.mean(), interval.low(), interval.high());
    };
  }
}
