package io.github.lstmfcn.export;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFolder;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedWeights;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;

/**
 * Writes a model as a SavedModel: signature {@code serving_default}, input {@code series} float32
 * {@code (-1, T)} for univariate models (one flat row per instance, as clients of TF Serving send
 * it) and {@code (-1, M, T)} for multivariate ones, outputs {@code probabilities} and {@code
 * logits} float32 {@code (-1, classes)}, {@code class} int64 {@code (-1)} and {@code label} string
 * {@code (-1)}. The graph, {@link ServedGraph}, prepares series as the model's preparation does;
 * NaN in a series is a missing or padded value. A series whose values overflow, or that the
 * preparation refuses for its values as {@link PreparationGraph} says, has NaN probabilities, class
 * -1 and an empty label. The metadata is stored in {@code assets.extra/provenance.json}, the labels
 * beside it.
 *
 * @param weights the weights of the model
 * @param metadata the metadata, whose normalisation and labels become part of the graph
 * @param flatInput whether the input of a multivariate model is {@code (-1, M T)}: in each row the
 *     steps of the first variable, then those of the second, and so on
 */
public record SavedModelExport(ModelWeights weights, ModelMetadata metadata, boolean flatInput) {
  static final String INPUT = "series";
  static final String PROBABILITIES = "probabilities";
  static final String LOGITS = "logits";
  static final String INPUT_SHAPE = "input_shape";
  static final String EXTRA = "assets.extra";
  static final String LABELS = "labels.txt";
  static final String PROVENANCE = "provenance.json";

  private static final float CHECK_TOLERANCE = 1e-5f;

  /**
   * Checks that the metadata belongs to the weights.
   *
   * @throws IllegalArgumentException if the metadata is of another network, or does not say how the
   *     input is prepared
   */
  public SavedModelExport {
    if (!weights.spec().equals(metadata.spec())) {
      throw new IllegalArgumentException(
          "expected metadata of %s, found %s".formatted(weights.spec(), metadata.spec()));
    }
    if (metadata.preparation() == null) {
      throw new IllegalArgumentException("expected a preparation to build in, found none");
    }
  }

  /** An export whose input has an axis of variables unless the model is univariate. */
  public SavedModelExport(ModelWeights weights, ModelMetadata metadata) {
    this(weights, metadata, false);
  }

  /**
   * Writes the model beside the target, loads it, compares its predictions with those of the
   * weights and only then moves it into place.
   *
   * @param overwrite whether an existing folder may be replaced
   * @return the largest difference in a probability that the comparison found
   * @throws InvalidInputException if the target exists and may not be replaced, cannot be written,
   *     or the exported model predicts otherwise; the target is then unchanged
   */
  public float write(Path target, boolean overwrite) {
    return new AtomicFolder(target, overwrite, SavedModel.KIND).write(this::writeAndCheck);
  }

  /**
   * Checks that a model can be written to a folder, as far as that can be told before.
   *
   * @param overwrite whether an existing folder may be replaced
   * @throws InvalidInputException if the target exists and may not be replaced
   */
  public static void check(Path target, boolean overwrite) {
    new AtomicFolder(target, overwrite, SavedModel.KIND).check();
  }

  private float writeAndCheck(Path folder) throws IOException {
    try (Graph graph = new Graph()) {
      Signature signature =
          new ServedGraph(FoldedWeights.of(weights), metadata, inputShape())
              .addTo(GraphScope.operations(graph));
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    }
    Path extra = Files.createDirectories(folder.resolve(EXTRA));
    if (!metadata.labels().isEmpty()) {
      Files.write(extra.resolve(LABELS), metadata.classNames());
    }
    ModelMetadata written = metadata.with(INPUT_SHAPE, inputShape().toString());
    Files.writeString(extra.resolve(PROVENANCE), Json.pretty(Json.tree(written.json())));
    return check(folder);
  }

  private InputShape inputShape() {
    return InputShape.of(weights.spec(), flatInput);
  }

  private float check(Path folder) {
    float[][][] series = CheckedSeries.of(metadata.preparation());
    float largest = 0;
    // The stored graph itself, since others serve that.
    try (Predictor exported = SavedModel.stored(folder);
        LstmFcnSession session = new LstmFcnSession(weights)) {
      float[][] prepared = metadata.preparation().apply(series);
      float[][] expected = session.probabilities(prepared, series.length);
      float[][] padded = metadata.preparation().pad(series);
      float[][] found = exported.probabilities(padded, series.length);
      for (int row = 0; row < series.length; row++) {
        for (int k = 0; k < expected[row].length; k++) {
          largest = Math.max(largest, Math.abs(expected[row][k] - found[row][k]));
        }
      }
    }
    if (!(largest <= CHECK_TOLERANCE)) {
      throw new InvalidInputException(
          folder,
          "check of the exported model",
          "probabilities within " + CHECK_TOLERANCE,
          "a difference of " + largest,
          "nothing was exported; please report this");
    }
    return largest;
  }
}
