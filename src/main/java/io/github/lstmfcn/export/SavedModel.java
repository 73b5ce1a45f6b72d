package io.github.lstmfcn.export;

import static io.github.lstmfcn.export.SavedModelExport.INPUT;
import static io.github.lstmfcn.export.SavedModelExport.PROBABILITIES;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A loaded SavedModel that {@link SavedModelExport} wrote. Safe for use by several threads; holds
 * native memory until closed.
 */
public final class SavedModel implements Predictor {
  private final Path folder;
  private final ModelMetadata metadata;
  private final SavedModelBundle bundle;
  private final InputShape input;

  private SavedModel(Path folder, ModelMetadata metadata, SavedModelBundle bundle) {
    this.folder = folder;
    this.metadata = metadata;
    this.bundle = bundle;
    Signature signature =
        bundle.signatures().stream()
            .filter(candidate -> candidate.key().equals(Signature.DEFAULT_KEY))
            .findFirst()
            .orElseThrow(() -> unusable(folder, "a signature serving_default", "none"));
    input = input(signature.getInputs());
    Map<String, Signature.TensorDescription> outputs = signature.getOutputs();
    if (!hasShape(outputs, PROBABILITIES, Shape.of(Shape.UNKNOWN_SIZE, classes()))) {
      throw unusable(outputs, PROBABILITIES, "(-1, %d)".formatted(classes()));
    }
  }

  /** Whether a folder looks like a SavedModel. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve("saved_model.pb"));
  }

  /**
   * Reads the metadata of a SavedModel without loading its graph.
   *
   * @throws InvalidInputException if the folder is not a SavedModel of {@link SavedModelExport}
   */
  public static ModelMetadata describe(Path folder) {
    if (Files.exists(folder.resolve("keras_metadata.pb"))) {
      throw new InvalidInputException(
          folder,
          "",
          "a SavedModel of lstmfcn export",
          "a SavedModel that Keras wrote",
          "load it with Keras and save it as .keras or .h5");
    }
    Path extra = folder.resolve(SavedModelExport.EXTRA);
    Path file = extra.resolve(SavedModelExport.PROVENANCE);
    if (!isAt(folder) || !Files.isRegularFile(file)) {
      throw unusable(
          folder,
          "a SavedModel with " + SavedModelExport.EXTRA + "/" + SavedModelExport.PROVENANCE,
          isAt(folder) ? "none" : "no saved_model.pb");
    }
    try {
      ModelMetadata metadata =
          ModelMetadata.parse(folder, SavedModelExport.PROVENANCE, Files.readString(file));
      Path labelsFile = extra.resolve(SavedModelExport.LABELS);
      List<String> labels = Files.exists(labelsFile) ? Files.readAllLines(labelsFile) : List.of();
      List<String> exported = String.join("\n", metadata.classNames()).lines().toList();
      if (!labels.isEmpty() && !labels.equals(exported)) {
        throw new InvalidInputException(
            folder,
            SavedModelExport.LABELS,
            exported + ", as it was exported with",
            labels + "",
            "export it again with other --labels");
      }
      return metadata;
    } catch (IOException damage) {
      throw new InvalidInputException(
          folder, "", "readable labels and provenance", "damage", "export it again", damage);
    }
  }

  /**
   * Loads a SavedModel.
   *
   * @throws InvalidInputException if the folder is not a SavedModel of {@link SavedModelExport}
   */
  public static SavedModel load(Path folder) {
    ModelMetadata metadata = describe(folder);
    SavedModelBundle bundle = null;
    try {
      bundle = SavedModelBundle.load(folder.toString());
      return new SavedModel(folder, metadata, bundle);
    } catch (TensorFlowException damage) {
      close(bundle);
      throw new InvalidInputException(
          folder, "", "a readable SavedModel", damage.getMessage(), "export it again", damage);
    } catch (InvalidInputException known) {
      close(bundle);
      throw known;
    }
  }

  private static void close(SavedModelBundle bundle) {
    if (bundle != null) {
      bundle.close();
    }
  }

  /** The shape of the input, flat or with an axis of variables. */
  private InputShape input(Map<String, Signature.TensorDescription> inputs) {
    List<InputShape> possible =
        Stream.of(true, false)
            .map(flat -> InputShape.of(metadata.spec(), flat))
            .distinct()
            .toList();
    return possible.stream()
        .filter(shape -> hasShape(inputs, INPUT, shape.ofBatch(Shape.UNKNOWN_SIZE)))
        .findFirst()
        .orElseThrow(
            () ->
                unusable(
                    inputs,
                    INPUT,
                    possible.stream()
                        .map(InputShape::toString)
                        .collect(Collectors.joining(" or "))));
  }

  private static boolean hasShape(
      Map<String, Signature.TensorDescription> tensors, String name, Shape shape) {
    // Shapes of unknown size are not equal.
    return tensors.containsKey(name)
        && Arrays.equals(tensors.get(name).shape.asArray(), shape.asArray());
  }

  private InvalidInputException unusable(
      Map<String, Signature.TensorDescription> tensors, String name, String shape) {
    return unusable(
        folder,
        "a tensor %s of shape %s in its signature".formatted(name, shape),
        tensors.containsKey(name)
            ? "shape " + tensors.get(name).shape
            : "only " + tensors.keySet());
  }

  private static InvalidInputException unusable(Path folder, String expected, String found) {
    return new InvalidInputException(
        folder, "", expected, found, "only SavedModels of lstmfcn export are read");
  }

  @Override
  public int variables() {
    return metadata.spec().variables();
  }

  @Override
  public int length() {
    return metadata.spec().length();
  }

  @Override
  public int classes() {
    return metadata.spec().classes();
  }

  @Override
  public boolean dependsOnBatch() {
    return metadata.spec().dependsOnBatch();
  }

  @Override
  public float[][] probabilities(float[][] series, int batchSize) {
    return Predictor.checked(Batches.map(series, batchSize, this::batch));
  }

  private float[][] batch(float[][] series) {
    try (TFloat32 tensor = Batches.tensor(series, input.ofBatch(series.length), input.size());
        Result result = bundle.call(Map.of(INPUT, tensor))) {
      return LayerOutput.of((TFloat32) result.get(PROBABILITIES).orElseThrow()).rows();
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
