package io.github.lstmfcn.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.FoldedGraph;
import io.github.lstmfcn.model.LstmFcnSession;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Writes a model as a SavedModel: signature {@code serving_default}, input {@code series} float32
 * {@code (-1, T)} (one flat row an instance, as TF Serving's clients send), outputs {@code
 * probabilities} and {@code logits} float32 {@code (-1, classes)}, {@code class} int64 {@code
 * (-1)}. NaN in a series counts as missing and is filled with 0 as in training. Labels and
 * provenance lie in {@code assets.extra}.
 *
 * @param weights the model
 * @param preparation whose normalisation is baked in
 * @param labels of the classes in their order, or empty
 * @param provenance where the model came from, for {@code provenance.json}; the attention's scope
 *     is added
 */
public record SavedModelExport(
    ModelWeights weights,
    Preparation preparation,
    List<String> labels,
    Map<String, Object> provenance) {
  static final String INPUT = "series";
  static final String PROBABILITIES = "probabilities";
  static final String EXTRA = "assets.extra";
  static final String LABELS = "labels.txt";
  static final String PROVENANCE = "provenance.json";

  /** In the provenance of an ALSTM-FCN: its scope, which the graph alone would not tell. */
  static final String ATTENTION = "attention";

  private static final int CHECKED_SERIES = 16;
  private static final float CHECK_TOLERANCE = 1e-5f;

  /**
   * Copies labels and provenance.
   *
   * @throws IllegalArgumentException if there are labels, but not one a class
   */
  public SavedModelExport {
    labels = List.copyOf(labels);
    Map<String, Object> facts = new LinkedHashMap<>(provenance);
    if (weights.spec().kind() == ModelKind.ALSTM_FCN) {
      facts.put(ATTENTION, weights.spec().attentionScope().toString());
    }
    provenance = Map.copyOf(facts);
    if (!labels.isEmpty() && labels.size() != weights.spec().classes()) {
      throw new IllegalArgumentException(
          "expected %d labels, found %d: %s"
              .formatted(weights.spec().classes(), labels.size(), labels));
    }
  }

  /**
   * Writes the model beside the target, loads it, compares its answers with the weights' own and
   * only then moves it into place.
   *
   * @param overwrite whether a folder that is there may be replaced
   * @return the largest difference in a probability that the comparison found
   * @throws InvalidInputException if the target is there and may not be replaced, cannot be
   *     written, or the exported model answers otherwise; the target is then as it was
   */
  public float write(Path target, boolean overwrite) {
    return new FolderReplacement(target, overwrite).write(this::writeAndCheck);
  }

  private float writeAndCheck(Path folder) throws IOException {
    try (Graph graph = new Graph()) {
      Signature signature = build(Ops.create(graph));
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    }
    Path extra = Files.createDirectories(folder.resolve(EXTRA));
    if (!labels.isEmpty()) {
      Files.write(extra.resolve(LABELS), labels);
    }
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValue(extra.resolve(PROVENANCE).toFile(), provenance);
    return check(folder);
  }

  private Signature build(Ops tf) {
    int length = weights.spec().length();
    Placeholder<TFloat32> series =
        tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, length)));
    Operand<TFloat32> filled =
        tf.select(tf.math.isNan(series), tf.zerosLike(series), series); // (N, T)
    Operand<TFloat32> input = tf.expandDims(normalized(tf, filled), tf.constant(1)); // (N, 1, T)
    FoldedGraph.Outputs outputs =
        FoldedGraph.build(tf, weights, FoldedGraph.Convolutions.FILTERED, input);
    Operand<TInt64> best = tf.withName("class").math.argMax(outputs.logits(), tf.constant(1));
    return Signature.builder()
        .key(Signature.DEFAULT_KEY)
        .methodName("tensorflow/serving/predict")
        .input(INPUT, series)
        .output(PROBABILITIES, outputs.probabilities())
        .output("logits", outputs.logits())
        .output("class", best)
        .build();
  }

  /** In float64, as {@link Preparation} does it: series may be far from zero. */
  private Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> series) {
    if (preparation.normalization() == Normalization.NONE) {
      return series;
    }
    Operand<TFloat64> x = tf.dtypes.cast(series, TFloat64.class);
    Operand<TFloat64> mean;
    Operand<TFloat64> std;
    if (preparation.normalization() == Normalization.TRAIN) {
      mean = tf.constant(preparation.trainMean());
      std = tf.constant(preparation.trainStd());
    } else {
      mean = tf.math.mean(x, tf.constant(1), Mean.keepDims(true)); // (N, 1)
      Operand<TFloat64> squares = tf.math.squaredDifference(x, mean);
      std = tf.math.sqrt(tf.math.mean(squares, tf.constant(1), Mean.keepDims(true)));
    }
    Operand<TFloat64> scale = tf.math.add(std, tf.constant(Normalization.EPSILON));
    return tf.dtypes.cast(tf.math.div(tf.math.sub(x, mean), scale), TFloat32.class);
  }

  private float check(Path folder) {
    Random random = new Random(0);
    float[][] series = new float[CHECKED_SERIES][weights.spec().length()];
    for (float[] row : series) {
      for (int step = 0; step < row.length; step++) {
        row[step] = (float) random.nextGaussian();
      }
    }
    float largest = 0;
    try (SavedModel exported = SavedModel.load(folder);
        LstmFcnSession session = new LstmFcnSession(weights)) {
      float[][] prepared = preparation.apply(series);
      float[][] expected = session.probabilities(prepared, CHECKED_SERIES);
      float[][] found = exported.probabilities(series, CHECKED_SERIES);
      for (int row = 0; row < CHECKED_SERIES; row++) {
        for (int k = 0; k < expected[row].length; k++) {
          largest = Math.max(largest, Math.abs(expected[row][k] - found[row][k]));
        }
      }
    }
    if (!(largest <= CHECK_TOLERANCE)) {
      throw new InvalidInputException(
          folder.getFileName(),
          "check of the exported model",
          "probabilities within " + CHECK_TOLERANCE,
          "a difference of " + largest,
          "nothing was exported; please report this");
    }
    return largest;
  }
}
