package io.github.lstmfcn;

import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a model of any form.
 *
 * @param path the file or folder
 * @param options what overrides the file
 */
record ModelLoader(Path path, LoadOptions options) {

  Model load() {
    boolean isRun = TrainingRun.isAt(path);
    if (SavedModel.isAt(path)) {
      if (isRun) {
        throw new InvalidInputException(
            path,
            "",
            "the folder of one model",
            "a SavedModel and a training run",
            "name " + TrainingRun.selectedWeights(path) + " for the training, or move one of them");
      }
      return exported();
    }
    return isRun ? trained() : weighted(KerasWeights.read(path, options.length()));
  }

  private Model exported() {
    if (options.normalization() != null || options.gates() != null || options.attention() != null) {
      throw new InvalidInputException(
          path,
          "options",
          "no option for normalisation, gates or attention: a SavedModel has its own",
          "at least one",
          "export it again with them");
    }
    ModelMetadata metadata = SavedModel.describe(path);
    int length = metadata.spec().length();
    if (options.length().orElse(length) != length) {
      throw new InvalidInputException(
          path,
          "length",
          length + ", as the model has it",
          options.length().getAsInt() + "",
          "omit --length, or length of LoadOptions");
    }
    return model(new Network.Exported(path, options.trusted()), metadata, List.of());
  }

  private Model trained() {
    Path file = TrainingRun.selectedWeights(path);
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          path,
          "",
          "a training with " + file.getFileName(),
          "one that has no weights yet",
          "wait for it, or train --resume it");
    }
    KerasFile keras = KerasWeights.read(file, options.length());
    if (keras.metadata().preparation() == null) {
      throw new InvalidInputException(
          file,
          "",
          "weights that say how their input is prepared",
          "weights alone",
          "train --resume %s writes them again".formatted(path));
    }
    return weighted(keras);
  }

  private Model weighted(KerasFile keras) {
    ModelWeights weights = keras.weights(options.gates(), options.attention());
    ModelMetadata metadata =
        keras
            .metadata()
            .with(weights.spec())
            .with("weights_file", keras.file().getFileName().toString())
            .with("weights_layout", keras.layout())
            .with("keras_version", keras.kerasVersion())
            .with("backend", keras.backend())
            .with("gates_from", options.gates() == null ? keras.gateSource() : "an option");
    if (weights.spec().dependsOnBatch()) {
      metadata =
          metadata.with(
              "warning",
              "An answer to a series depends on the series that are in the same request.");
    }
    return model(
        new Network.Weighted(weights),
        metadata,
        keras.assumptions(options.gates(), options.attention()));
  }

  private Model model(Network network, ModelMetadata found, List<String> assumptions) {
    ModelMetadata prepared =
        new ModelMetadata(
            found.spec(),
            preparation(found),
            found.labelEncoding(),
            found.labels(),
            found.provenance());
    Model model = new Model(path, network, prepared, options.truncate(), assumptions);
    return options.labels().isEmpty() ? model : model.withLabels(options.labels());
  }

  private Preparation preparation(ModelMetadata found) {
    Preparation own = found.preparation();
    int variables = found.spec().variables();
    int length = found.spec().length();
    Normalization asked = options.normalization();
    if (asked == null) {
      return own == null ? Preparation.none(variables, length) : own;
    }
    boolean splits =
        (!asked.needsTrain() || options.train() != null)
            && (!asked.needsTest() || options.test() != null);
    if (splits) {
      return Preparation.of(
          asked, variables, length, options.truncate(), options.train(), options.test());
    }
    if (own != null && own.normalization() == asked) {
      return own;
    }
    if (asked.needsTest()) {
      throw new InvalidInputException(
          path,
          "normalisation by TRAIN and TEST",
          "both splits, whose common mean and standard deviation it uses",
          "not both",
          "only commands that read a dataset with both splits have them");
    }
    throw new InvalidInputException(
        path,
        "normalisation by TRAIN",
        "the TRAIN split, whose mean and standard deviation it uses",
        "none",
        "give --train FILE with it");
  }
}
