package io.github.lstmfcn.cli;

import com.github.freva.asciitable.ColumnData;
import io.github.lstmfcn.chart.CamFolder;
import io.github.lstmfcn.chart.CamSample;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.SampleOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.ClassActivationMap;
import io.github.lstmfcn.explain.ClassActivationMaps;
import io.github.lstmfcn.explain.UpstreamMap;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.table.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn cam}. */
@Command(
    name = "cam",
    description = {
      "Draw class activation maps, which show the time steps that speak for or against a "
          + "class.",
      "The map is the ReLU output of the last block times the dense layer's weights for "
          + "the class. Its mean over the steps, the contribution of the LSTM branch and the "
          + "bias add up to the logit; all three are shown, since the map alone hides the LSTM.",
      "Of multivariate series the map is over time, for all variables together: it is drawn "
          + "behind each of up to 12 variables, above a heat map of more. lstmfcn importance "
          + "tells which variables count."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn cam --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --data testdata --set CBF --per-class 2 --out cbf-maps"
    })
final class CamCommand implements Runnable {
  /** The number of rows that are printed; the files have all. */
  private static final int PRINTED = 20;

  /**
   * For more series than this, which take minutes and hundreds of files, a note first tells what
   * will be written.
   */
  private static final int MANY = 100;

  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin DatasetOptions set;

  @ArgGroup SampleOptions samples = new SampleOptions();

  @Option(
      names = "--class",
      paramLabel = "LABEL",
      description =
          "Class whose map is drawn. Default: the predicted class. The page shows all classes.")
  String label;

  @Option(
      names = "--as-upstream",
      paramLabel = "YEAR",
      converter = NamedValues.UpstreamMaps.class,
      completionCandidates = NamedValues.UpstreamMaps.class,
      description =
          "Release of the original whose map is reproduced instead: ${COMPLETION-CANDIDATES}. "
              + "The original takes the convolution before normalisation and ReLU, in training mode, "
              + "and rows of the dense layer that belong to other channels or to the LSTM; write-cam "
              + "is what the code of 2019 wrote to files.")
  UpstreamMap upstream;

  @Mixin FolderOption out;

  @Override
  public void run() {
    out.check(CamFolder.KIND, ExplainedDataset.inputs(set, model));
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    explained.expectConvolutions(model.weights);
    if (upstream != null && !upstream.existsFor(weights.spec())) {
      throw new InvalidInputException(
          model.weights,
          "--as-upstream " + upstream,
          "a univariate LSTM-FCN or ALSTM-FCN of at most %s cells"
              .formatted(weights.spec().channels()),
          weights.spec().toString(),
          "the original draws no other maps");
    }
    Integer shown = label == null ? null : explained.classOf(label);
    int[] chosen = samples.choose(explained.labelled());
    if (chosen.length > MANY) {
      Notes.of(command)
          .print(
              ("%s series: writing %s pictures as PNG and as many as SVG, cam.html, cam.csv and "
                      + "logits.csv to %s; use --per-class or --samples to select fewer")
                  .formatted(chosen.length, chosen.length, out.path()));
    }
    List<CamSample> printed = new ArrayList<>();
    int besidePage =
        out.write(CamFolder.KIND, folder -> draw(explained, chosen, shown, folder, printed));
    print(printed, weights.spec().recurrent() != null, chosen.length, out.path());
    if (besidePage > 0) {
      command
          .commandLine()
          .getOut()
          .println(
              "cam.html loads the maps of the last %s series from cam-series beside it"
                  .formatted(besidePage));
    }
    explained.print(Notes.of(command));
  }

  /**
   * Draws series into a folder.
   *
   * @param shown the class whose maps are drawn; null for the predicted one
   * @param printed receives the first of them
   * @return the number of series whose maps are beside the page
   */
  private int draw(
      ExplainedDataset explained,
      int[] chosen,
      Integer shown,
      Path folder,
      List<CamSample> printed) {
    ModelWeights weights = explained.model().weights();
    try (ClassActivationMaps maps =
            upstream == null
                ? ClassActivationMaps.of(weights)
                : ClassActivationMaps.asUpstream(weights, upstream);
        ProgressLine progress = progress(chosen.length)) {
      PrimitiveIterator.OfInt next = IntStream.of(chosen).iterator();
      return new CamFolder(
              folder,
              "Class activation maps of " + explained.name(),
              formula(weights.spec()),
              weights.spec().variables(),
              weights.spec().recurrent() != null)
          .write(
              maps.explain(explained.inputs(), chosen)
                  .map(cam -> sample(explained, next.nextInt(), cam, shown)),
              sample -> {
                if (printed.size() < PRINTED) {
                  printed.add(sample);
                }
                if (progress != null) {
                  progress.step("sample " + sample.number());
                }
              });
    }
  }

  /** Null for a small number of series, which take only a moment. */
  private ProgressLine progress(int count) {
    return count <= PRINTED ? null : Notes.of(command).progress("cam", 0, count);
  }

  private static CamSample sample(
      ExplainedDataset explained, int number, ClassActivationMap cam, Integer shown) {
    return new CamSample(
        explained.name(),
        number,
        explained.label(number),
        explained.classes(),
        explained.variables(number),
        cam,
        shown == null ? Predictor.mostProbable(cam.probabilities()) : shown,
        explained.model().spec().recurrent() != null);
  }

  private String formula(ModelSpec spec) {
    return upstream == null
        ? "Map: ReLU output of the %s block times the weights of its channels for the class"
            .formatted(spec.blocks().size() == 3 ? "third" : "last")
        : "Map as drawn by the original (" + upstream + "): its mean is not a term of the logit";
  }

  private void print(List<CamSample> printed, boolean recurrent, int count, Path folder) {
    PrintWriter printer = command.commandLine().getOut();
    List<ColumnData<CamSample>> columns =
        new ArrayList<>(
            List.of(
                TextTable.right("sample").with(sample -> Integer.toString(sample.number())),
                TextTable.left("true").with(CamSample::label),
                TextTable.left("predicted").with(CamSample::predictedName),
                TextTable.left("map of").with(sample -> sample.classes().get(sample.shown())),
                number("p", sample -> sample.cam().probabilities()[sample.shown()]),
                number("logit", sample -> sample.cam().logits()[sample.shown()]),
                number("= convolutions", sample -> sample.cam().convolution()[sample.shown()])));
    if (recurrent) {
      columns.add(number("+ LSTM", sample -> sample.cam().lstm()[sample.shown()]));
    }
    columns.add(number("+ bias", sample -> sample.cam().bias()[sample.shown()]));
    if (recurrent) {
      columns.add(number("LSTM's share", sample -> sample.cam().lstmShare(sample.shown())));
    }
    printer.println(TextTable.of(printed, columns));
    if (count > printed.size()) {
      printer.println("and %s more, in logits.csv".formatted(count - printed.size()));
    }
    printer.println(
        "wrote cam.html, cam.csv, logits.csv and %s pictures as PNG and SVG to %s"
            .formatted(count, folder));
  }

  private static ColumnData<CamSample> number(String header, ToDoubleFunction<CamSample> value) {
    return TextTable.right(header)
        .with(sample -> String.format(Locale.ROOT, "%.3f", value.applyAsDouble(sample)));
  }
}
