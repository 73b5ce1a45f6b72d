package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.FilterFolder;
import io.github.lstmfcn.chart.ScaleSamples;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.SampleOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.ChannelScales;
import io.github.lstmfcn.explain.ConvFilters;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelWeights;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lstmfcn filters}. */
@Command(
    name = "filters",
    description = {
      "Draw the kernels of each convolution and the activations of its filters on a dataset, and "
          + "the factors of squeeze-and-excite.",
      "An activation is the ReLU output of the block, averaged over the series of the split. The "
          + "kernels of the first block are drawn for each of up to 12 variables.",
      "Squeeze-and-excite, which MLSTM-FCN and MALSTM-FCN have, multiplies the output of each "
          + "filter by a factor that it computes for each series. Drawn are the mean of each class "
          + "and the series that --samples, --per-class or --all select."
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

  @ArgGroup SampleOptions samples;

  @Mixin FolderOption out;

  @Override
  public void run() {
    out.check(FilterFolder.KIND, ExplainedDataset.inputs(set, model));
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    explained.expectConvolutions(model.weights);
    boolean squeezes =
        weights.spec().blocks().stream().anyMatch(ConvolutionBlock::hasSqueezeAndExcite);
    if (samples != null && !squeezes) {
      throw new InvalidInputException(
          model.weights,
          "--samples, --per-class or --all",
          "a model with squeeze-and-excite, of which they select series",
          weights.spec().toString(),
          "");
    }
    List<ScaleSamples> scales = squeezes ? scales(explained, weights) : List.of();
    List<ConvFilters> convolutions = ConvFilters.of(weights, explained.inputs());
    out.write(
        FilterFolder.KIND,
        folder -> {
          new FilterFolder(folder, "Filters on " + explained.name()).write(convolutions, scales);
          return folder;
        });
    command
        .commandLine()
        .getOut()
        .println(
            "wrote filters.html, and kernels and activations of %s convolutions%s as PNG, SVG and"
                    .formatted(
                        convolutions.size(),
                        squeezes
                            ? ", and factors of squeeze-and-excite of %s blocks,"
                                .formatted(scales.size())
                            : "")
                + " CSV to "
                + out.path());
    explained.print(Notes.of(command));
  }

  private List<ScaleSamples> scales(ExplainedDataset explained, ModelWeights weights) {
    int[] shown = (samples == null ? new SampleOptions() : samples).choose(explained.labelled());
    int[] truth = explained.labelled().truth();
    return ChannelScales.of(weights, explained.inputs()).stream()
        .map(
            block ->
                new ScaleSamples(
                    block, truth, explained.classes(), explained.split().data().labels(), shown))
        .toList();
  }
}
