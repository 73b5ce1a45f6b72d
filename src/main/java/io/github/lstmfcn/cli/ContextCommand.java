package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.ContextFolder;
import io.github.lstmfcn.chart.ContextSample;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.FolderOption;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.SampleOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.AttentionContext;
import io.github.lstmfcn.model.ModelWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn context}. */
@Command(
    name = "context",
    description = {
      "Draw what the attention of a model looks at.",
      "Of a network that takes several steps, as MALSTM-FCN takes the variables of a series one "
          + "after another: the share of each step in the context of each step, as the mean of "
          + "each class and for the selected series. Steps are variables, or points in time in a "
          + "network over steps.",
      "Of a univariate ALSTM-FCN: what the original plots as the context of the attention, "
          + "as --as-upstream, --sequence, --classwise and --limit say.",
      "2017: the weighted input of the attention layer. The layer receives a series as one "
          + "step, and the softmax over one step is 1, so this is the series itself, whatever "
          + "the weights are; the original takes its mean over TRAIN, standardises it and "
          + "multiplies each series by it.",
      "2019: the output of the layer, scaled to [-1, 1], stretched over the steps of the "
          + "series as if its cells were steps, and multiplied by the series.",
      "Neither shows which steps the network uses; lstmfcn cam does."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn context --weights keras-weights/2017-alstmfcn-8-CBF/weights.h5 \\",
      "    --data testdata --set CBF --sequence --classwise --out cbf-context"
    })
public final class ContextCommand implements Runnable {

  /** The names of the releases. */
  static final class Releases extends NamedValues<Release> {
    Releases() {
      super(Release.values());
    }
  }

  public enum Release {
    YEAR_2017("2017"),
    YEAR_2019("2019");

    private final String title;

    Release(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin DatasetOptions set;

  @Option(
      names = "--as-upstream",
      paramLabel = "YEAR",
      converter = ContextCommand.Releases.class,
      completionCandidates = ContextCommand.Releases.class,
      description =
          "Release of the original whose context is drawn: ${COMPLETION-CANDIDATES}. Default: "
              + "2019.")
  Release release;

  @Option(
      names = "--sequence",
      description = "Also draw the series, and the series times the context.")
  boolean sequence;

  @Option(
      names = "--classwise",
      description = "Draw one picture per class, each with --limit series.")
  boolean classwise;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Number of series in a picture, taken from the start of the file. Default: 1, or those "
              + "that --samples, --per-class or --all select.")
  Integer limit;

  @ArgGroup SampleOptions samples;

  @Mixin FolderOption out;

  @Override
  public void run() {
    if (limit != null && limit < 1) {
      throw misused("--limit: expected at least 1, found " + limit);
    }
    if (limit != null && samples != null) {
      throw misused("--limit: expected no --samples, --per-class or --all with it, found one");
    }
    out.check(ContextFolder.KIND, ExplainedDataset.inputs(set, model));
    ExplainedDataset explained = ExplainedDataset.read(set, model);
    ModelWeights weights = explained.model().weights();
    if (!weights.spec().hasAttention()) {
      throw new InvalidInputException(
          model.weights,
          "",
          "a model with attention, as ALSTM-FCN and MALSTM-FCN",
          weights.spec().toString(),
          weights.spec().blocks().isEmpty() ? "" : "use lstmfcn cam for models without attention");
    }
    if (AttentionContext.existsFor(weights.spec())) {
      drawContext(explained, weights);
    } else {
      drawSteps(explained, weights);
    }
    explained.print(Notes.of(command));
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(command.commandLine(), message);
  }

  /** The attention of a network of several steps. */
  private void drawSteps(ExplainedDataset explained, ModelWeights weights) {
    String refused =
        Stream.of(
                release == null ? "" : "--as-upstream",
                sequence ? "--sequence" : "",
                classwise ? "--classwise" : "",
                limit == null ? "" : "--limit")
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse("");
    if (!refused.isEmpty()) {
      throw new InvalidInputException(
          model.weights,
          refused,
          "an ALSTM-FCN of one variable, whose context the original draws",
          weights.spec().toString(),
          "select series with --samples, --per-class or --all");
    }
    int[] numbers = (samples == null ? new SampleOptions() : samples).choose(explained.labelled());
    String written =
        out.write(
            ContextFolder.KIND, folder -> new AttentionOfSteps(explained).write(folder, numbers));
    command.commandLine().getOut().println(written + " to " + out.path());
  }

  /** What the original draws of a univariate network. */
  private void drawContext(ExplainedDataset explained, ModelWeights weights) {
    Map<Integer, List<Integer>> chosen = chosen(explained);
    float[][] train = year() == Release.YEAR_2017 ? train(explained) : null;
    int[] numbers =
        chosen.values().stream()
            .flatMap(List::stream)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    List<ContextSample> contexts = samples(weights, explained, numbers, train);
    out.write(
        ContextFolder.KIND,
        folder -> {
          ContextFolder written =
              new ContextFolder(
                  folder,
                  "Context of " + explained.name() + ", as in the original of " + year(),
                  formula());
          written.write(contexts);
          chosen.forEach(
              (k, members) ->
                  written.draw(
                      classwise ? "context-" + k : "context",
                      classwise ? ": class " + explained.classes().get(k) : "",
                      contexts.stream()
                          .filter(sample -> members.contains(sample.number()))
                          .toList(),
                      sequence));
          return written;
        });
    command
        .commandLine()
        .getOut()
        .println(
            "wrote context.html, context.csv and %s pictures of %s series as PNG and SVG to %s"
                .formatted(chosen.size(), contexts.size(), out.path()));
  }

  /**
   * The numbers of the series of each picture, by class; all under 0 without {@code --classwise}.
   */
  private Map<Integer, List<Integer>> chosen(ExplainedDataset explained) {
    List<String> labels = explained.split().data().labels();
    int[] classes = explained.labelled().labels().indices(labels);
    int most = samples != null ? classes.length : limit == null ? 1 : limit;
    IntStream numbers =
        samples == null
            ? IntStream.range(0, classes.length)
            : IntStream.of(samples.choose(explained.labelled()));
    return numbers
        .boxed()
        .collect(
            Collectors.groupingBy(
                sample -> classwise ? classes[sample] : 0,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(), all -> all.subList(0, Math.min(most, all.size())))));
  }

  private float[][] train(ExplainedDataset explained) {
    return explained
        .model()
        .preparation()
        .apply(explained.split().of(Split.TRAIN, "--as-upstream 2017"));
  }

  private List<ContextSample> samples(
      ModelWeights weights, ExplainedDataset explained, int[] numbers, float[][] train) {
    float[][] series =
        Arrays.stream(numbers).mapToObj(i -> explained.inputs()[i]).toArray(float[][]::new);
    AttentionContext context =
        year() == Release.YEAR_2017
            ? AttentionContext.of2017(weights, series, train)
            : AttentionContext.of2019(weights, series);
    return IntStream.range(0, numbers.length)
        .mapToObj(
            row ->
                new ContextSample(
                    numbers[row],
                    explained.label(numbers[row]),
                    series[row],
                    context.context()[row],
                    context.attended()[row]))
        .toList();
  }

  private Release year() {
    return release == null ? Release.YEAR_2019 : release;
  }

  private String formula() {
    return year() == Release.YEAR_2017
        ? "The mean series of TRAIN, standardised: attention over one step is 1, so the "
            + "network has no influence on it"
        : "The output of the recurrent layer, scaled to [-1, 1] and stretched over the steps, "
            + "although cells are not steps";
  }
}
