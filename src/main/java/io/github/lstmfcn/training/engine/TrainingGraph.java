package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.BatchStatistics;
import io.github.lstmfcn.model.graph.InferenceLayers;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.Mode;
import io.github.lstmfcn.model.graph.TrainingLayers;
import io.github.lstmfcn.training.KerasRelease;
import io.github.lstmfcn.training.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The graph of a training: the network twice on the same variables, once for gradients and once,
 * folded, for scores, and one step of Adam. A step depends only on its inputs and on the values of
 * the variables, since the dropout is seeded by the number of the step.
 */
final class TrainingGraph {
  /** Keras' default for {@code BatchNormalization(momentum=…)}. */
  private static final double MOMENTUM = 0.99;

  /**
   * Keras' {@code K.epsilon()}: its cross-entropy clips probabilities to this distance from 0 and
   * 1.
   */
  private static final float EPSILON = 1e-7f;

  private static final float LEAST_LOSS = (float) -Math.log(1 - EPSILON);
  private static final float GREATEST_LOSS = (float) -Math.log(EPSILON);

  /** The series, float32 {@code (N, M, T)}. */
  final Placeholder<TFloat32> input;

  /** The true class of each series, int32 {@code (N)}. */
  final Placeholder<TInt32> classes;

  /** The learning rate, float32 scalar. */
  final Placeholder<TFloat32> learningRate;

  /** The number of the step, from 1, int64 scalar. */
  final Placeholder<TInt64> step;

  /** The arrays of the model and of the optimizer. */
  final Variables variables;

  /** Names and shapes of the arrays of the optimizer. */
  final Map<String, int[]> slots;

  /** The scores in training, before the step. */
  final Scores training;

  /** The scores at inference. */
  final Scores inference;

  /** The probabilities at inference, float32 {@code (N, classes)}. */
  final Operand<TFloat32> probabilities;

  /** The statistics of the batch, for each batch normalisation that is not frozen. */
  final List<BatchStatistics> statistics;

  /** The operation that performs the step. */
  final Op update;

  /**
   * The scores of a batch.
   *
   * @param loss the mean loss as reported by Keras, float32 scalar
   * @param correct the number of correct series, int32 scalar
   */
  record Scores(Operand<TFloat32> loss, Operand<TInt32> correct) {}

  /**
   * Builds the graph.
   *
   * @param convolutions how convolutions are computed
   * @param classWeights one weight per class
   */
  TrainingGraph(
      Ops tf, ModelSpec spec, Recipe recipe, Convolutions convolutions, float[] classWeights) {
    input = LstmFcnGraph.input(tf, spec);
    classes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    slots = slots(spec, recipe);
    Map<String, int[]> shapes = new LinkedHashMap<>(ModelWeights.shapes(spec));
    shapes.putAll(slots);
    variables = new Variables(tf, shapes);

    Operand<TFloat32> oneHot =
        tf.oneHot(classes, tf.constant(spec.classes()), tf.constant(1f), tf.constant(0f)); // (N, K)
    Operand<TFloat32> seriesWeights =
        tf.gather(tf.constant(classWeights), classes, tf.constant(0)); // (N)

    Ops scope = tf.withSubScope("inference");
    LstmFcnGraph.Outputs outputs =
        InferenceLayers.build(scope, spec, variables::value, convolutions, input);
    probabilities = outputs.probabilities();
    inference =
        new Scores(
            reported(scope, losses(scope, outputs, oneHot), tf.constant(1f)),
            correct(scope, outputs));

    scope = tf.withSubScope("training");
    Operand<TInt64> seed = tf.stack(List.of(tf.constant(recipe.seed()), step)); // (2)
    Mode.Training mode =
        new Mode.Training(recipe.layers().dropout(), seed, recipe.optimization().freeze()::freezes);
    TrainingLayers layers = new TrainingLayers(scope, spec, convolutions, mode, variables::value);
    outputs = LstmFcnGraph.build(scope, spec, layers, input);
    Operand<TFloat32> losses = losses(scope, outputs, oneHot); // (N)
    training = new Scores(reported(scope, losses, seriesWeights), correct(scope, outputs));

    Operand<TFloat32> steps = tf.dtypes.cast(step, TFloat32.class);
    Operand<TFloat32> objective = mean(tf, tf.math.mul(losses, seriesWeights));
    List<Op> updates =
        new ArrayList<>(adam(tf.withSubScope("adam"), recipe, layers, objective, steps));
    statistics = layers.statistics();
    Operand<TFloat32> values = tf.dtypes.cast(tf.size(input), TFloat32.class); // N M T
    Operand<TFloat32> n = tf.math.div(values, tf.constant((float) spec.variables())); // N T
    updates.addAll(movingAverages(tf.withSubScope("moving"), recipe, statistics, n, steps));
    update = tf.withControlDependencies(updates).noOp();
  }

  private static Map<String, int[]> slots(ModelSpec spec, Recipe recipe) {
    Map<String, int[]> slots = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              if (recipe.optimization().freeze().freezes(name)) {
                return;
              }
              if (!isMovingAverage(name)) {
                slots.put("m/" + name, shape);
                slots.put("v/" + name, shape);
              } else if (recipe.kerasRelease().startsAnew()) {
                slots.put("sum/" + name, shape);
              }
            });
    return slots;
  }

  private static boolean isMovingAverage(String name) {
    return name.contains("/moving_");
  }

  private static Operand<TFloat32> losses(
      Ops tf, LstmFcnGraph.Outputs outputs, Operand<TFloat32> oneHot) {
    return tf.nn.softmaxCrossEntropyWithLogits(outputs.logits(), oneHot).loss(); // (N)
  }

  /** The mean of the losses as reported by Keras, which are never exactly 0 and not above 16.1. */
  private static Operand<TFloat32> reported(
      Ops tf, Operand<TFloat32> losses, Operand<TFloat32> weights) {
    Operand<TFloat32> clipped =
        tf.clipByValue(losses, tf.constant(LEAST_LOSS), tf.constant(GREATEST_LOSS)); // (N)
    return mean(tf, tf.math.mul(clipped, weights));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(0)); // scalar
  }

  private Operand<TInt32> correct(Ops tf, LstmFcnGraph.Outputs outputs) {
    Operand<TInt32> predicted =
        tf.math.argMax(outputs.probabilities(), tf.constant(1), TInt32.class); // (N)
    Operand<TInt32> hits = tf.dtypes.cast(tf.math.equal(predicted, classes), TInt32.class); // (N)
    return tf.reduceSum(hits, tf.constant(0)); // scalar
  }

  private List<Op> adam(
      Ops tf,
      Recipe recipe,
      TrainingLayers layers,
      Operand<TFloat32> objective,
      Operand<TFloat32> steps) {
    List<String> trained =
        slots.keySet().stream()
            .filter(slot -> slot.startsWith("m/"))
            .map(slot -> slot.substring(2))
            .toList();
    Map<String, Operand<TFloat32>> gradients = layers.gradients(tf, objective, trained);
    Operand<TFloat32> beta1 = tf.constant(recipe.optimization().adam().beta1());
    Operand<TFloat32> beta2 = tf.constant(recipe.optimization().adam().beta2());
    Operand<TFloat32> counted =
        tf.math.add(steps, tf.constant((float) recipe.kerasRelease().stepsAhead()));
    Operand<TFloat32> beta1Power = tf.math.pow(beta1, counted);
    Operand<TFloat32> beta2Power = tf.math.pow(beta2, counted);
    Operand<TFloat32> epsilon = tf.constant(recipe.optimization().adam().epsilon());
    List<Op> updates = new ArrayList<>();
    for (String name : trained) {
      updates.add(
          tf.train.resourceApplyAdam(
              variables.handle(name),
              variables.handle("m/" + name),
              variables.handle("v/" + name),
              beta1Power,
              beta2Power,
              learningRate,
              beta1,
              beta2,
              epsilon,
              gradients.get(name)));
    }
    return updates;
  }

  private List<Op> movingAverages(
      Ops tf,
      Recipe recipe,
      List<BatchStatistics> statistics,
      Operand<TFloat32> n,
      Operand<TFloat32> steps) {
    List<Op> updates = new ArrayList<>();
    for (BatchStatistics batch : statistics) {
      Operand<TFloat32> variance =
          followedVariance(tf, recipe.kerasRelease(), batch.variance(), n); // (filters)
      updates.addAll(moveAverage(tf, recipe, batch.layer() + "/moving_mean", batch.mean(), steps));
      updates.addAll(moveAverage(tf, recipe, batch.layer() + "/moving_variance", variance, steps));
    }
    return updates;
  }

  /**
   * The variance that the moving variance follows, from the unbiased variance of the batch:
   * (filters).
   */
  private static Operand<TFloat32> followedVariance(
      Ops tf, KerasRelease release, Operand<TFloat32> unbiased, Operand<TFloat32> n) {
    Operand<TFloat32> less = tf.math.sub(n, tf.constant(1f));
    return switch (release) {
      case KERAS_2_0_8 -> tf.math.mul(unbiased, tf.math.div(less, n));
      case KERAS_2_2_5 ->
          tf.math.mul(unbiased, tf.math.div(less, tf.math.sub(n, tf.constant(1.001f))));
      case KERAS_3 -> unbiased;
    };
  }

  /** Moves an average towards a value. */
  private List<Op> moveAverage(
      Ops tf, Recipe recipe, String name, Operand<TFloat32> value, Operand<TFloat32> steps) {
    boolean startsAnew = recipe.kerasRelease().startsAnew();
    String moved = startsAnew ? "sum/" + name : name;
    Operand<TFloat32> before = variables.value(moved);
    Operand<TFloat32> way =
        tf.math.mul(tf.math.sub(before, value), tf.constant((float) (1 - MOMENTUM)));
    Operand<TFloat32> after = tf.math.sub(before, way); // (filters)
    List<Op> updates = new ArrayList<>();
    updates.add(tf.assignVariableOp(variables.handle(moved), after));
    if (startsAnew) {
      Operand<TFloat32> share =
          tf.math.sub(tf.constant(1f), tf.math.pow(tf.constant((float) MOMENTUM), steps)); // scalar
      updates.add(tf.assignVariableOp(variables.handle(name), tf.math.div(after, share)));
    }
    return updates;
  }
}
