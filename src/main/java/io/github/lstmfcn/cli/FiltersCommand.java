package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.FilterFolder;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.explain.ConvFilters;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lstmfcn filters}. */
@Command(
    name = "filters",
    description = {
      "Draw the kernels of each convolution and the activations of its filters on a " + "dataset.",
      "An activation is the ReLU output of the block, averaged over the series of the " + "split."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn filters --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --data testdata --set CBF --out cbf-filters"
    })
final class FiltersCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin DatasetOptions set;

  @Mixin FolderOption out;

  @Override
  public void run() {
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    Path folder = out.make();
    List<ConvFilters> convolutions = ConvFilters.of(weights, explained.inputs());
    new FilterFolder(folder, "Filters on " + explained.name()).write(convolutions);
    command
        .commandLine()
        .getOut()
        .println(
            "wrote filters.html, and kernels and activations of %d convolutions as PNG, SVG and CSV"
                    .formatted(convolutions.size())
                + " to "
                + folder);
    Notes.of(command).assumptions(List.of(explained.model()));
  }
}
