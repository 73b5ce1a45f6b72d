package io.github.lstmfcn.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.Batches;
import io.github.lstmfcn.model.LayerOutput;
import io.github.lstmfcn.model.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel that {@link SavedModelExport} wrote, loaded. Safe under any number of threads; holds
 * native memory until closed.
 */
public final class SavedModel implements Predictor {
  private final Path folder;
  private final SavedModelBundle bundle;
  private final int length;
  private final int classes;
  private final List<String> labels;
  private final JsonNode provenance;

  private SavedModel(Path folder, SavedModelBundle bundle) throws IOException {
    this.folder = folder;
    this.bundle = bundle;
    Signature signature =
        bundle.signatures().stream()
            .filter(candidate -> candidate.key().equals(Signature.DEFAULT_KEY))
            .findFirst()
            .orElseThrow(() -> unusable("a signature serving_default", "none"));
    length = size(signature.getInputs(), SavedModelExport.INPUT);
    classes = size(signature.getOutputs(), SavedModelExport.PROBABILITIES);
    Path extra = folder.resolve(SavedModelExport.EXTRA);
    Path labelsFile = extra.resolve(SavedModelExport.LABELS);
    labels = Files.exists(labelsFile) ? Files.readAllLines(labelsFile) : List.of();
    if (!labels.isEmpty() && labels.size() != classes) {
      throw new InvalidInputException(
          folder,
          SavedModelExport.LABELS,
          classes + ", one a class",
          labels.size() + "",
          "export it again");
    }
    Path provenanceFile = extra.resolve(SavedModelExport.PROVENANCE);
    provenance =
        Files.exists(provenanceFile)
            ? new ObjectMapper().readTree(provenanceFile.toFile())
            : new ObjectMapper().createObjectNode();
  }

  /** Whether a folder looks like a SavedModel. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve("saved_model.pb"));
  }

  /**
   * Loads a folder.
   *
   * @throws InvalidInputException if it is no SavedModel of an LSTM-FCN
   */
  public static SavedModel load(Path folder) {
    SavedModelBundle bundle = null;
    try {
      bundle = SavedModelBundle.load(folder.toString());
      return new SavedModel(folder, bundle);
    } catch (IOException | TensorFlowException damage) {
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

  private int size(Map<String, Signature.TensorDescription> tensors, String name) {
    Signature.TensorDescription found = tensors.get(name);
    if (found == null || found.shape.numDimensions() != 2 || found.shape.get(1) < 1) {
      throw unusable(
          "a tensor " + name + " of shape (-1, n) in its signature",
          found == null ? "only " + tensors.keySet() : "shape " + found.shape);
    }
    return Math.toIntExact(found.shape.get(1));
  }

  private InvalidInputException unusable(String expected, String found) {
    return new InvalidInputException(
        folder, "", expected, found, "only SavedModels of lstmfcn export are read");
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** The classes' labels in their order; empty if it was exported without. */
  public List<String> labels() {
    return labels;
  }

  @Override
  public boolean dependsOnBatch() {
    return provenance
        .path(SavedModelExport.ATTENTION)
        .asText()
        .equals(AttentionScope.ACROSS_BATCH.toString());
  }

  @Override
  public float[][] probabilities(float[][] series, int batchSize) {
    return Batches.map(series, batchSize, this::batch);
  }

  private float[][] batch(float[][] series) {
    try (TFloat32 input = Batches.tensor(series, Shape.of(series.length, length), length);
        Result result = bundle.call(Map.of(SavedModelExport.INPUT, input))) {
      return LayerOutput.of((TFloat32) result.get(SavedModelExport.PROBABILITIES).orElseThrow())
          .rows();
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
