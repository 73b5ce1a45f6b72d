package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.FeatureFolder;
import io.github.lstmfcn.chart.PrincipalComponents;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.Features;
import io.github.lstmfcn.model.ModelWeights;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lstmfcn features}. */
@Command(
    name = "features",
    description = {
      "Write the inputs of the dense layer for each series as tables and draw them.",
      "The features are the outputs of the LSTM branch, followed by the means of the last "
          + "block's channels, as far as the network has them. The picture shows their first two principal components, coloured "
          + "by class."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn features --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --data testdata --set CBF --out cbf-features"
    })
final class FeaturesCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin DatasetOptions set;

  @Mixin FolderOption out;

  @Override
  public void run() {
    out.check(FeatureFolder.KIND, ExplainedDataset.inputs(set, model));
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    List<String> labels = explained.split().data().labels();
    if (labels.size() < 2) {
      throw new InvalidInputException(
          explained.split().data().source(), "", "at least two series to compare", "one", "");
    }
    if (weights.spec().cells() + weights.spec().channels() < 2) {
      throw new InvalidInputException(
          model.weights, "", "at least two features to draw", weights.spec().toString(), "");
    }
    Features features = Features.of(weights, explained.inputs());
    PrincipalComponents components =
        out.write(
            FeatureFolder.KIND,
            folder ->
                new FeatureFolder(
                        folder,
                        "Features of " + explained.name(),
                        labels,
                        explained.labelled().labels().indices(labels),
                        explained.classes())
                    .write(features));
    PrintWriter printer = command.commandLine().getOut();
    printer.println(
        String.format(
            Locale.ROOT,
            "%d series, %d features: the first two components have %.1f %% and %.1f %% of the "
                + "variance",
            labels.size(),
            features.values()[0].length,
            100 * components.shares()[0],
            100 * components.shares()[1]));
    printer.println(
        "wrote features.csv, features.npy, classes.npy, components.csv and features.html, "
            + ".png, .svg"
            + " to "
            + out.path());
    explained.print(Notes.of(command));
  }
}
