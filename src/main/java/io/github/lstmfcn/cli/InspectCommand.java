package io.github.lstmfcn.cli;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.cli.option.LengthOption;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import io.github.lstmfcn.table.TextTable;
import io.github.lstmfcn.text.VisibleText;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lstmfcn inspect}. */
@Command(
    name = "inspect",
    description =
        "Show the layers, settings and metadata of a Keras weight file, a training run or an "
            + "exported model.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lstmfcn inspect keras-weights/2017-alstmfcn-8-CBF/weights.h5"})
final class InspectCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      description = "Keras weight file, folder of a SavedModel or folder of a training run.")
  Path file;

  @Mixin LengthOption length;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    LoadOptions.Builder options = LoadOptions.builder();
    length.orUnknown().ifPresent(options::length);
    Model model = Model.load(file, options.build());
    if (model.isExported()) {
      printExported(model, out);
      return;
    }
    Notes.of(command).assumptions(List.of(model));
    KerasFile keras = KerasWeights.read(TrainingRun.weightsFile(file), length.orUnknown());
    if (json) {
      out.println(Json.pretty(asMap(keras)));
      return;
    }
    ModelSpec spec = keras.weights().spec();
    out.println("File     " + keras.file());
    out.println("Layout   " + keras.layout());
    out.println("Keras    " + orUnknown(keras.kerasVersion()));
    out.println("Backend  " + orUnknown(keras.backend()));
    out.println("Model    " + spec);
    printBranches(spec, keras.gateSource(), out);
    printMetadata(keras.metadata(), out);
    out.println(String.format(Locale.ROOT, "Weights  %,d", keras.weights().parameters()));
    out.println();
    out.println(layerTable(keras.layers()));
  }

  /** What the network has in front of its recurrent layer and in its blocks. */
  private static void printBranches(ModelSpec spec, String gateSource, PrintWriter out) {
    RecurrentBranch recurrent = spec.recurrent();
    if (recurrent != null) {
      out.println("Gates    " + recurrent.gateActivation() + " (" + gateSource + ")");
      out.println("Reads    " + reads(spec));
    }
    for (int number = 1; number <= spec.blocks().size(); number++) {
      out.println("Block %s  %s".formatted(number, spec.blocks().get(number - 1)));
    }
  }

  /** {@code 12 variables as steps of 26 features, with a mask}. */
  private static String reads(ModelSpec spec) {
    RecurrentBranch recurrent = spec.recurrent();
    boolean overVariables = recurrent.orientation() == Orientation.OVER_VARIABLES;
    String steps =
        "%s of %s"
            .formatted(
                counted(spec.recurrentSteps(), "step"),
                counted(spec.recurrentFeatures(), overVariables ? "time" : "variable"));
    return recurrent.orientation()
        + ": "
        + steps
        + (recurrent.masking() ? ", those of zeros masked" : ", no mask")
        + (recurrent.subsampling() == null ? "" : "; subsampled by " + recurrent.subsampling());
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void printExported(Model model, PrintWriter out) {
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("file", file.toString());
      map.put("layout", "SavedModel");
      map.put("metadata", Json.tree(model.metadata().json()));
      out.println(Json.pretty(map));
      return;
    }
    out.println("Folder   " + file);
    out.println("Layout   SavedModel");
    out.println("Model    " + model.spec());
    printMetadata(model.metadata(), out);
    model.provenance().forEach((name, value) -> out.println("%-15s %s".formatted(name, value)));
  }

  private static void printMetadata(ModelMetadata metadata, PrintWriter out) {
    Preparation preparation = metadata.preparation();
    out.println(
        "Input    "
            + (preparation == null
                ? "not said"
                : "normalisation " + NamedValues.name(preparation.normalization())));
    out.println(
        "Labels   "
            + (metadata.labels().isEmpty() ? "not said" : String.join(", ", metadata.labels())));
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "not said" : VisibleText.of(text);
  }

  private record Row(String layer, String kind, KerasArray array) {}

  private static String layerTable(List<KerasLayer> layers) {
    List<Row> rows = new ArrayList<>();
    for (KerasLayer layer : layers) {
      String name = VisibleText.of(layer.name());
      String kind = layer.kind();
      for (KerasArray array : layer.arrays()) {
        rows.add(new Row(name, kind, array));
        name = "";
        kind = "";
      }
    }
    return TextTable.of(
        rows,
        List.of(
            TextTable.left("layer").with(Row::layer),
            TextTable.left("kind").with(Row::kind),
            TextTable.left("array").with(row -> VisibleText.of(row.array().name())),
            TextTable.left("shape").with(row -> row.array().shapeText())));
  }

  private static Map<String, Object> asMap(KerasFile keras) {
    ModelSpec spec = keras.weights().spec();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("kind", spec.kind().toString());
    model.put("variables", spec.variables());
    model.put("cells", spec.cells());
    model.put("length", spec.length());
    model.put("classes", spec.classes());
    model.put("gates", spec.gateActivation().toString());
    model.put("gates_from", keras.gateSource());
    if (spec.hasAttention()) {
      model.put("attention", spec.attentionScope().toString());
      model.put("attention_open", keras.attentionIsOpen());
    }
    if (spec.recurrent() != null) {
      model.put("orientation", spec.recurrent().orientation().toString());
      model.put("masking", spec.recurrent().masking());
      model.put("subsampling", sizes(spec.recurrent().subsampling()));
    }
    model.put("blocks", spec.blocks().stream().map(InspectCommand::sizes).toList());
    model.put("parameters", keras.weights().parameters());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", keras.file().toString());
    map.put("layout", keras.layout());
    map.put("keras_version", keras.kerasVersion());
    map.put("backend", keras.backend());
    map.put("model", model);
    map.put("layers", keras.layers().stream().map(InspectCommand::asMap).toList());
    map.put("metadata", Json.tree(keras.metadata().json()));
    map.put("notes", keras.assumptions(null, null));
    return map;
  }

  private static Map<String, Object> sizes(Subsampling subsampling) {
    if (subsampling == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("filters", subsampling.filters());
    map.put("kernel_size", subsampling.kernelSize());
    map.put("stride", subsampling.stride());
    return map;
  }

  private static Map<String, Object> sizes(ConvolutionBlock block) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("filters", block.filters());
    map.put("kernel_size", block.kernelSize());
    map.put("squeeze_and_excite", block.hasSqueezeAndExcite() ? block.bottleneck() : null);
    return map;
  }

  private static Map<String, Object> asMap(KerasLayer layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", layer.name());
    map.put("kind", layer.kind());
    map.put("arrays", layer.arrays().stream().map(InspectCommand::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(KerasArray array) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", array.name());
    map.put("shape", array.shape());
    return map;
  }
}
