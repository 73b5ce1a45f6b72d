package io.github.lstmfcn.export;

import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.InferenceLayers;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Writes a model as a SavedModel: signature {@code serving_default}, input {@code series} float32
 * {@code (-1, T)} (one flat row per instance, as clients of TF Serving send it), outputs {@code
 * probabilities} and {@code logits} float32 {@code (-1, classes)}, {@code class} int64 {@code (-1)}
 * and {@code label} string {@code (-1)}. A series whose values overflow has NaN probabilities,
 * class -1 and an empty label. NaN in a series is a missing value and is replaced by 0 as in
 * training. The metadata is stored in {@code assets.extra/provenance.json}, the labels beside it.
 *
 * @param weights the weights of the model
 * @param metadata the metadata, whose normalisation and labels become part of the graph
 */
public record SavedModelExport(ModelWeights weights, ModelMetadata metadata) {
  static final String INPUT = "series";
  static final String PROBABILITIES = "probabilities";
  static final String EXTRA = "assets.extra";
  static final String LABELS = "labels.txt";
  static final String PROVENANCE = "provenance.json";

  private static final int CHECKED_SERIES = 16;
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
    if (!metadata.labels().isEmpty()) {
      Files.write(extra.resolve(LABELS), metadata.classNames());
    }
    Files.writeString(extra.resolve(PROVENANCE), Json.pretty(Json.tree(metadata.json())));
    return check(folder);
  }

  private Signature build(Ops tf) {
    int length = weights.spec().length();
    Placeholder<TFloat32> series =
        tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, length)));
    Operand<TFloat32> zeros = tf.zerosLike(series);
    Operand<TFloat32> filled = tf.select(tf.math.isNan(series), zeros, series); // (N, T)
    Operand<TFloat32> scaled = normalized(tf, filled);
    if (metadata.preparation().normalization() == Normalization.POOLED) {
      scaled = tf.select(tf.math.isNan(series), zeros, scaled);
    }
    Operand<TFloat32> input = tf.expandDims(scaled, tf.constant(1)); // (N, 1, T)
    LstmFcnGraph.Outputs outputs =
        InferenceLayers.build(tf, weights, InferenceLayers.Convolutions.WINOGRAD, input);
    Operand<TBool> invalid = // (N)
        tf.reduceAny(tf.math.isNan(outputs.logits()), tf.constant(1));
    Operand<TInt64> mostProbable = tf.math.argMax(outputs.logits(), tf.constant(1));
    Operand<TInt64> best = tf.withName("class").select(invalid, tf.constant(-1L), mostProbable);
    Operand<TString> names = tf.array(metadata.classNames().toArray(String[]::new));
    Operand<TString> label =
        tf.withName("label")
            .select(invalid, tf.constant(""), tf.gather(names, mostProbable, tf.constant(0)));
    return Signature.builder()
        .key(Signature.DEFAULT_KEY)
        .methodName("tensorflow/serving/predict")
        .input(INPUT, series)
        .output(PROBABILITIES, outputs.probabilities())
        .output("logits", outputs.logits())
        .output("class", best)
        .output("label", label)
        .build();
  }

  /** In float64, as {@link Preparation} does it: series may be far from zero. */
  private Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> series) {
    Preparation preparation = metadata.preparation();
    if (preparation.normalization() == Normalization.NONE) {
      return series;
    }
    Operand<TFloat64> x = tf.dtypes.cast(series, TFloat64.class);
    Operand<TFloat64> mean;
    Operand<TFloat64> std;
    if (preparation.normalization().needsTrain()) {
      mean = tf.constant(preparation.means().get(0));
      std = tf.constant(preparation.deviations().get(0));
    } else {
      mean = tf.math.mean(x, tf.constant(1), Mean.keepDims(true)); // (N, 1)
      Operand<TFloat64> squares = tf.math.squaredDifference(x, mean);
      std = tf.math.sqrt(tf.math.mean(squares, tf.constant(1), Mean.keepDims(true)));
    }
    if (preparation.normalization() == Normalization.POOLED) {
      return tf.dtypes.cast(
          tf.math.divNoNan(tf.math.sub(x, mean), std), TFloat32.class); // 0 where std is 0
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
      float[][] prepared = metadata.preparation().apply(series);
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
