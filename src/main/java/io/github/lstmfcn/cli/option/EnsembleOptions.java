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

/** The models that are scored: one, or several whose probabilities are averaged. */
public final class EnsembleOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "A Keras weight file (.h5, .weights.h5, .keras), a SavedModel's folder or the folder of a "
              + "training. Gates, normalisation and labels are those it was trained with, where the "
              + "file says so. Of several the class probabilities are averaged.")
  List<Path> weights;

  @Mixin public ReadingOptions reading;

  /**
   * Loads the models.
   *
   * @throws InvalidInputException if one cannot be read or the options do not fit it
   */
  public List<Model> load(LoadOptions options) {
    return weights.stream().map(path -> Model.load(path, options)).toList();
  }

  /** What models are together: of what kind, if of one. */
  public static String estimator(List<Model> models) {
    List<String> kinds =
        models.stream().map(model -> model.spec().kind().toString()).distinct().toList();
    String kind = kinds.size() == 1 ? kinds.get(0) : "";
    return models.size() == 1 ? kind : (kind + " ensemble").strip();
  }

  /** Cells of the recurrent layer, if all models have one number; else 0. */
  public static int cells(List<Model> models) {
    List<Integer> cells = models.stream().map(model -> model.spec().cells()).distinct().toList();
    return cells.size() == 1 ? cells.get(0) : 0;
  }

  /** On what the models' weights were chosen, if they say so and agree; else empty. */
  public static String chosenOn(List<Model> models) {
    List<String> all =
        models.stream()
            .map(model -> model.provenance().getOrDefault(ModelMetadata.CHOSEN_ON, ""))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : "";
  }

  /** Their names, for people. */
  public String names() {
    return weights.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
