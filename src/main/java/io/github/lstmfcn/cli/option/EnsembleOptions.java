package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option for the models to score: one, or several whose probabilities are averaged. */
public final class EnsembleOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "Keras weight file (.h5, .weights.h5, .keras), folder of a SavedModel or folder of a "
              + "training run. Gate activation, normalisation and labels are those of the training, "
              + "where the file states them. The class probabilities of several models are averaged.")
  List<Path> weights;

  @Mixin public ReadingOptions reading;

  /**
   * Loads the models.
   *
   * @throws InvalidInputException if a model cannot be read or the options do not fit it
   */
  public List<Model> load(LoadOptions options) {
    return weights.stream().map(path -> Model.load(path, options)).toList();
  }

  /** The name of the models together: their kind, if they have the same, and {@code ensemble}. */
  public static String estimator(List<Model> models) {
    List<String> kinds =
        models.stream().map(model -> model.spec().kind().toString()).distinct().toList();
    String kind = kinds.size() == 1 ? kinds.get(0) : "";
    return models.size() == 1 ? kind : (kind + " ensemble").strip();
  }

  /** The number of cells of the recurrent layer, if all models have the same; else 0. */
  public static int cells(List<Model> models) {
    List<Integer> cells = models.stream().map(model -> model.spec().cells()).distinct().toList();
    return cells.size() == 1 ? cells.get(0) : 0;
  }

  /**
   * The split on which the models' weights were selected, if all models state the same; else empty.
   */
  public static String chosenOn(List<Model> models) {
    List<String> all =
        models.stream()
            .map(model -> model.provenance().getOrDefault(ModelMetadata.CHOSEN_ON, ""))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : "";
  }

  /** The files and folders of the models. */
  public List<Path> paths() {
    return weights;
  }

  /** The paths of the models, for people. */
  public String names() {
    return weights.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
