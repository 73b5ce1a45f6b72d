package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.export.SavedModelExport;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.TensorFlow;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn export}. */
@Command(
    name = "export",
    description = {
      "Write a SavedModel for TensorFlow Serving.",
      "Its signature serving_default takes series, float32 (-1, length), and gives probabilities and "
          + "logits, float32 (-1, classes), and class, int64 (-1). The exported model is loaded and "
          + "compared before it takes its place."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn export --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --train testdata/CBF/CBF_TRAIN.tsv --out cbf-model"
    })
final class ExportCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin InputOptions input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write; its parent is made if need be.")
  Path out;

  @Option(names = "--force", description = "Replace a SavedModel that is there.")
  boolean force;

  @Override
  public void run() {
    input.follow(model.weights);
    KerasFile file = KerasWeights.read(ReadingOptions.file(model.weights));
    GateActivation gates = model.reading.gates(model.weights);
    ModelWeights weights = file.weights(gates, model.reading.attention(model.weights));
    ModelSpec spec = weights.spec();
    Optional<Dataset> train = input.trainSet();
    Preparation preparation =
        Preparation.of(input.normalization, spec.length(), false, train.orElse(null));
    List<String> labels = input.labels(train);
    if (!labels.isEmpty() && labels.size() != spec.classes()) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "labels: expected %d, one a class, found %d".formatted(spec.classes(), labels.size()));
    }
    float difference =
        new SavedModelExport(weights, preparation, labels, provenance(file, spec))
            .write(out, force);
    PrintWriter printer = command.commandLine().getOut();
    printer.println("wrote " + out + ": " + spec);
    printer.println("loaded it and compared: probabilities differ by at most " + difference);
    if (spec.dependsOnBatch()) {
      printer.println(
          "note: its attention sums across the batch, so its answer to a series depends on the"
              + " series that are sent with it");
    }
  }

  private Map<String, Object> provenance(KerasFile file, ModelSpec spec) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("weights_file", file.file().getFileName().toString());
    map.put("weights_layout", file.layout());
    map.put("keras_version", file.kerasVersion());
    map.put("backend", file.backend());
    map.put("model", spec.kind().toString());
    map.put("cells", spec.cells());
    map.put("length", spec.length());
    map.put("classes", spec.classes());
    map.put("gates", spec.gateActivation().toString());
    map.put("gates_from", gatesFrom(file));
    map.put("normalization", NamedValues.name(input.normalization));
    if (spec.kind() == ModelKind.ALSTM_FCN) {
      map.put("attention", spec.attentionScope().toString());
    }
    if (spec.dependsOnBatch()) {
      map.put(
          "warning", "An answer to a series depends on the series that are in the same request.");
    }
    map.put("tensorflow", TensorFlow.version());
    return map;
  }

  private String gatesFrom(KerasFile file) {
    if (model.reading.gates != null) {
      return "--gates";
    }
    return TrainingRun.isAt(model.weights) ? "run.json" : file.gateSource();
  }
}
