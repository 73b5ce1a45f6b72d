package io.github.lstmfcn.cli;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.table.TextTable;
import io.github.lstmfcn.text.VisibleText;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    Model model = Model.load(file);
    if (model.isExported()) {
      printExported(model, out);
      return;
    }
    Notes.of(command).assumptions(List.of(model));
    KerasFile keras =
        KerasWeights.read(TrainingRun.isAt(file) ? TrainingRun.selectedWeights(file) : file);
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
    out.println("Gates    " + spec.gateActivation() + " (" + keras.gateSource() + ")");
    printMetadata(keras.metadata(), out);
    out.println("Weights  %,d".formatted(keras.weights().parameters()));
    out.println();
    out.println(layerTable(keras.layers()));
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
    model.put("cells", spec.cells());
    model.put("length", spec.length());
    model.put("classes", spec.classes());
    model.put("gates", spec.gateActivation().toString());
    model.put("gates_from", keras.gateSource());
    if (spec.hasAttention()) {
      model.put("attention", spec.attentionScope().toString());
      model.put("attention_open", keras.attentionIsOpen());
    }
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

  private static Map<String, Object> asMap(KerasLayer layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", layer.name());
    map.put("kind", layer.kind());
    map.put(
        "arrays",
        layer.arrays().stream()
            .map(array -> Map.of("name", array.name(), "shape", array.shape()))
            .toList());
    return map;
  }
}
