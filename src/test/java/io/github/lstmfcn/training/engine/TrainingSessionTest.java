package io.github.lstmfcn.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.training.Adam;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.KerasRelease;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RecipeBuilder;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.loop.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSessionTest {
  private static final Offset<Float> ROUNDING = within(1e-6f);
  private static final float[] EQUAL = {1, 1};

  /** Three series of class a, one of class b. */
  private static final Examples BATCH = threeToOne();

  private static Examples threeToOne() {
    Examples toy = Toy.examples(4, 2, 3);
    return new Examples(toy.series(), new int[] {0, 1, 0, 0}, toy.names());
  }

  private static ModelWeights weights(Map<String, Float> values) {
    Recipe recipe = Toy.recipe().build();
    return Toy.with(Trainer.initialWeights(Toy.spec(ModelKind.LSTM_FCN, 2), recipe), values);
  }

  private static ModelWeights weights(TrainingSession session) {
    try (Snapshot now = session.snapshot()) {
      return Toy.weights(now);
    }
  }

  private static OptimizerState optimizer(TrainingSession session) {
    try (Snapshot now = session.snapshot()) {
      return Toy.optimizer(now);
    }
  }

  private static RecipeBuilder of(KerasRelease release) {
    return Toy.recipe().kerasRelease(release).dropout(0);
  }

  /**
   * With a dense layer of zeros, p = 1/2 for both classes, so the bias has the gradient g = 1/2 -
   * (3/4, 1/4) = (-1/4, 1/4). At beta1 = 1/2, beta2 = 3/4: m = g/2 = -1/8, v = g²/4 = 1/64. The
   * correction is sqrt(1 - 3/4) / (1 - 1/2) = 1, so b = .1 * (1/8) / (1/8 + 1/8) = .05. One step
   * ahead it is sqrt(1 - 9/16) / (1 - 1/4) = .881917.
   */
  @ParameterizedTest
  @CsvSource({"KERAS_2_0_8, .05", "KERAS_2_2_5, .04409585", "KERAS_3, .05"})
  void aStepOfAdamIsAsComputedByHand(KerasRelease release, float moved) {
    Recipe recipe = of(release).adam(new Adam(1, .5f, .75f, .125f)).build();
    ModelWeights zero = weights(Map.of("dense/kernel", 0f));
    try (TrainingSession session = new TrainingSession(zero, recipe, EQUAL)) {
      BatchScore score = session.step(BATCH, .1f);

      assertThat(score.loss()).isCloseTo((float) Math.log(2), ROUNDING);
      assertThat(score.correct()).isEqualTo(3);
      float[] bias = weights(session).arrays().get("dense/bias").values();
      assertThat(bias[0]).isCloseTo(moved, ROUNDING);
      assertThat(bias[1]).isCloseTo(-moved, ROUNDING);
      OptimizerState optimizer = optimizer(session);
      assertThat(optimizer.step()).isEqualTo(1);
      assertThat(optimizer.slots().get("m/dense/bias").values()).containsExactly(-.125f, .125f);
      assertThat(optimizer.slots().get("v/dense/bias").values())
          .containsExactly(.015625f, .015625f);
    }
  }

  @Test
  void theLossCountsSeriesByTheirClassAndIsNotDividedByTheWeights() {
    ModelWeights zero = weights(Map.of("dense/kernel", 0f));
    float[] classWeights = {.5f, 3};
    try (TrainingSession session =
        new TrainingSession(zero, of(KerasRelease.KERAS_2_0_8).build(), classWeights)) {
      assertThat(session.evaluate(BATCH).loss()).isCloseTo(Math.log(2), within(1e-6));
      assertThat(session.step(BATCH, 1e-3f).loss())
          .isCloseTo((float) Math.log(2) * (3 * .5f + 3) / 4, ROUNDING);
    }
  }

  @Test
  void theReportedLossIsKerasClippedOne() {
    ModelWeights sure =
        withBias(weights(Map.of("dense/kernel", 0f)), new float[] {100, 0}); // a for certain
    try (TrainingSession session =
        new TrainingSession(sure, of(KerasRelease.KERAS_2_0_8).build(), EQUAL)) {
      double certain = -Math.log(1 - 1e-7);
      double impossible = -Math.log(1e-7);
      assertThat(session.evaluate(BATCH).loss())
          .isCloseTo((3 * certain + impossible) / 4, within(1e-5));
    }
  }

  static Stream<ModelSpec> multivariate() {
    return Stream.of(ModelKind.MLSTM_FCN, ModelKind.MALSTM_FCN)
        .map(kind -> ModelSpec.of(kind, 7, 30, 2, 8, GateActivation.HARD_SIGMOID))
        .map(
            spec ->
                spec.with(
                    List.of(
                        new ConvolutionBlock(16, 8, 4),
                        new ConvolutionBlock(16, 5, 4),
                        new ConvolutionBlock(8, 3))))
        .flatMap(
            spec ->
                Stream.of(
                    spec,
                    spec.with(
                        spec.recurrent()
                            .with(Subsampling.ofTheOriginal(7, 3))
                            .with(Orientation.OVER_STEPS)),
                    spec.with(
                        List.of(new ConvolutionBlock(16, 8, 4), new ConvolutionBlock(16, 4)))));
  }

  /** A gradient of many terms would be added up in whatever order they are ready. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("multivariate")
  void aNetworkOfManyStepsIsTrainedToTheSameBits(ModelSpec spec) {
    Random random = new Random(4);
    float[][] series = new float[12][spec.variables() * spec.length()];
    for (float[] row : series) {
      for (int step = spec.length(); step < row.length; step++) { // the first variable is silent
        row[step] = (float) random.nextGaussian();
      }
    }
    Examples batch = new Examples(series, new int[12], List.of("a", "b"));
    Recipe recipe = Toy.recipe().dropout(.5f).build();
    ModelWeights initial = Trainer.initialWeights(spec, recipe);
    ModelWeights expected = afterSteps(initial, recipe, batch);
    assertThat(expected).isNotEqualTo(initial);
    for (int run = 0; run < 2; run++) {
      assertThat(Toy.same(afterSteps(initial, recipe, batch), expected)).isTrue();
    }
  }

  private static ModelWeights afterSteps(ModelWeights initial, Recipe recipe, Examples batch) {
    try (TrainingSession session = new TrainingSession(initial, recipe, EQUAL)) {
      for (int step = 0; step < 6; step++) {
        session.step(batch, 1e-2f);
      }
      return weights(session);
    }
  }

  private static ModelWeights withBias(ModelWeights weights, float[] bias) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
    arrays.put("dense/bias", new WeightArray(new int[] {bias.length}, bias));
    return new ModelWeights(weights.spec(), arrays);
  }

  /** The convolution passes the series on, so that its statistics are the series' own. */
  @ParameterizedTest
  @EnumSource(KerasRelease.class)
  void movingAveragesFollowTheBatchAsThatKerasHasIt(KerasRelease release) {
    ModelWeights initial =
        weights(Map.of("bn1/moving_mean", 5f, "bn1/moving_variance", 7f, "conv1/kernel", 0f));
    float[] kernel = initial.arrays().get("conv1/kernel").values();
    int filters = kernel.length / 8;
    Arrays.fill(kernel, 3 * filters, 4 * filters, 1); // "same" pads 3 before
    Examples other = Toy.examples(3, 2, 9);
    double mean = 5;
    double variance = 7;
    if (release != KerasRelease.KERAS_2_2_5) {
      double less = release == KerasRelease.KERAS_2_0_8 ? 0 : 1; // biased or not
      for (Examples batch : List.of(BATCH, other)) {
        mean -= .01 * (mean - mean(batch));
        variance -= .01 * (variance - squares(batch) / (n(batch) - less));
      }
    } else {
      double share = 1 - .99 * .99;
      mean = (.99 * .01 * mean(BATCH) + .01 * mean(other)) / share;
      variance =
          (.99 * .01 * squares(BATCH) / (n(BATCH) - 1.001)
                  + .01 * squares(other) / (n(other) - 1.001))
              / share;
    }
    try (TrainingSession session = new TrainingSession(initial, of(release).build(), EQUAL)) {
      session.step(BATCH, 0);
      session.step(other, 0);

      ModelWeights moved = weights(session);
      assertThat(moved.arrays().get("bn1/moving_mean").values())
          .hasSize(filters)
          .usingComparatorWithPrecision(1e-5f)
          .containsOnly((float) mean);
      assertThat(moved.arrays().get("bn1/moving_variance").values())
          .usingComparatorWithPrecision(1e-5f)
          .containsOnly((float) variance);
    }
  }

  /** Through a convolution that passes the series on: over both batches, divided by n. */
  @Test
  void measuredStatisticsAreThoseOfAllSeries() {
    ModelWeights initial = weights(Map.of("bn1/moving_mean", 5f, "conv1/kernel", 0f));
    float[] kernel = initial.arrays().get("conv1/kernel").values();
    Arrays.fill(kernel, 3 * kernel.length / 8, 4 * kernel.length / 8, 1);
    Examples all = Toy.examples(7, 2, 9);
    List<Examples> batches =
        List.of(all.select(new int[] {6, 1, 3, 0}), all.select(new int[] {2, 5, 4}));
    try (TrainingSession session = new TrainingSession(initial, Toy.recipe().build(), EQUAL)) {
      session.estimateStatistics(batches);

      ModelWeights measured = weights(session);
      assertThat(measured.arrays().get("bn1/moving_mean").values())
          .usingComparatorWithPrecision(1e-6f)
          .containsOnly((float) mean(all));
      assertThat(measured.arrays().get("bn1/moving_variance").values())
          .usingComparatorWithPrecision(1e-6f)
          .containsOnly((float) (squares(all) / n(all)));
      for (String array : initial.arrays().keySet()) {
        assertThat(Toy.same(initial, measured, array))
            .as(array)
            .isEqualTo(!array.contains("/moving_"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KerasRelease.class)
  void withMeasuredStatisticsOneBatchIsScoredAsItIsTrained(KerasRelease release) {
    Examples batch = Toy.examples(8, 3, 4);
    Recipe recipe = of(release).build();
    float[] even = {1, 1, 1};
    try (TrainingSession session =
        new TrainingSession(Toy.initial(ModelKind.ALSTM_FCN, recipe), recipe, even)) {
      for (int step = 0; step < 5; step++) {
        session.step(batch, 1e-2f);
      }
      double unsettled = session.evaluate(batch).loss();
      session.estimateStatistics(List.of(batch));
      double atInference = session.evaluate(batch).loss();
      double trained = session.step(batch, 0).loss();

      assertThat(atInference).isCloseTo(trained, within(1e-5));
      assertThat(unsettled).isNotCloseTo(trained, within(1e-2));
    }
  }

  private static double n(Examples batch) {
    return batch.size() * Toy.LENGTH;
  }

  private static double mean(Examples batch) {
    double sum = 0;
    for (float[] series : batch.series()) {
      for (float value : series) {
        sum += value;
      }
    }
    return sum / n(batch);
  }

  private static double squares(Examples batch) {
    double sum = 0;
    for (float[] series : batch.series()) {
      for (float value : series) {
        sum += Math.pow(value - mean(batch), 2);
      }
    }
    return sum;
  }

  @Test
  void aSnapshotStaysAsItIsWhileTheTrainingGoesOnAndAfterIt() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights initial = Toy.initial(ModelKind.ALSTM_FCN, recipe);
    float[] even = {1, 1, 1};
    Examples batch = Toy.examples(8, 3, 4);
    TrainingSession session = new TrainingSession(initial, recipe, even);
    try (Snapshot before = session.snapshot()) {
      session.step(batch, 1e-2f);
      session.step(batch, 1e-2f);
      OptimizerState last = optimizer(session);
      assertThat(last.slots().get("v/conv2/kernel").values()).isNotEqualTo(new float[163_840]);
      assertThat(Toy.same(weights(session), initial)).isFalse();
      session.close();

      assertThat(Toy.same(Toy.weights(before), initial)).isTrue();
      assertThat(Toy.optimizer(before).step()).isZero();
      assertThat(Toy.optimizer(before).slots().values())
          .allSatisfy(slot -> assertThat(slot.values()).containsOnly(0));
    }
  }

  @Test
  void aWeightThatIsNotFiniteIsNamed() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    try (TrainingSession session = new TrainingSession(initial, recipe, new float[] {1, 1, 1})) {
      Epoch epoch = new Epoch(7, new Score(1, 0), Optional.empty(), .5f);
      try (Snapshot good = session.snapshot()) {
        good.check(epoch);
      }
      session.step(Toy.examples(8, 3, 4), Float.NaN);
      try (Snapshot bad = session.snapshot()) {
        assertThatThrownBy(() -> bad.check(epoch))
            .isInstanceOf(TrainingDivergedException.class)
            .hasMessage(
                "after epoch 7, conv1/kernel has a weight of NaN at learning rate 0.5; the weights"
                    + " after epoch 6 are good; lower the learning rate");
      }
    }
  }

  @Test
  void scoresWithTheGraphOfPredictions() {
    Recipe recipe = Toy.recipe().build();
    try (TrainingSession session =
        new TrainingSession(
            Toy.initial(ModelKind.ALSTM_FCN, recipe), recipe, new float[] {1, 1, 1})) {
      Examples batch = Toy.examples(8, 3, 4);
      session.step(batch, 1e-2f);
      float[][] scored = session.probabilities(batch.series(), 8);
      try (LstmFcnSession exact = new LstmFcnSession(weights(session))) {
        float[][] expected = exact.probabilities(batch.series(), 8);
        for (int i = 0; i < expected.length; i++) {
          assertThat(scored[i]).usingComparatorWithPrecision(1e-6f).containsExactly(expected[i]);
        }
      }
    }
  }

  static Stream<Arguments> freezes() {
    return Stream.of(Freeze.values())
        .flatMap(freeze -> Stream.of(Arguments.of(freeze, false), Arguments.of(freeze, true)));
  }

  @ParameterizedTest
  @MethodSource("freezes")
  void whatIsFrozenStaysBitForBitAndAllElseMoves(Freeze freeze, boolean precise) {
    Recipe recipe = Toy.recipe().freeze(freeze).preciseBatchNorm(precise).build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);

    ModelWeights trained = Toy.train(recipe, initial).weights();

    for (String array : initial.arrays().keySet()) {
      // One step from zero state: the recurrent kernel never acts. The batch's mean takes a
      // convolution's bias away.
      boolean stays =
          freeze.freezes(array)
              || array.equals("lstm/recurrent_kernel")
              || array.matches("conv./bias");
      assertThat(Toy.same(initial, trained, array)).as(array).isEqualTo(stays);
    }
  }

  @Test
  void aFrozenBatchNormalisationWorksAsAtInference() {
    Recipe recipe = Toy.recipe().freeze(Freeze.ALL_BUT_HEAD).dropout(0).build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    Examples batch = Toy.examples(8, 3, 4);
    try (TrainingSession session = new TrainingSession(initial, recipe, new float[] {1, 1, 1})) {
      float atInference = (float) session.evaluate(batch).loss();
      assertThat(session.step(batch, 1e-3f).loss()).isCloseTo(atInference, ROUNDING);
    }
  }

  @Test
  void refusesAStateOfAnotherTraining() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    Recipe frozen = recipe.toBuilder().freeze(Freeze.CONV).build();
    try (TrainingSession session = new TrainingSession(initial, recipe, new float[] {1, 1, 1});
        TrainingSession other = new TrainingSession(initial, frozen, new float[] {1, 1, 1})) {
      OptimizerState state = optimizer(other);
      assertThatThrownBy(() -> session.restore(initial, state))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("slots");
    }
    assertThatThrownBy(() -> new TrainingSession(initial, recipe, EQUAL))
        .hasMessage("expected 3 class weights, found 2");
  }
}
