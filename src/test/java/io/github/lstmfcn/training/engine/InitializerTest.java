package io.github.lstmfcn.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.loop.OriginalTrace;
import io.github.lstmfcn.training.loop.Trainer;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTest {
  private static WeightArray array(Initializer initializer, int... shape) {
    return initializer.array(shape, new SplittableRandom(11));
  }

  @ParameterizedTest
  @CsvSource({
    "HE_UNIFORM, 5, 128, 256, 0.0968246", // sqrt(6 / (5 * 128))
    "HE_UNIFORM, 8, 1, 128, 0.8660254", // sqrt(6 / 8)
    "GLOROT_UNIFORM, 1, 80, 32, 0.2314550", // sqrt(6 / 112)
    "GLOROT_UNIFORM, 3, 256, 128, 0.0721688" // sqrt(6 / (3 * 256 + 3 * 128))
  })
  void uniformArraysFillTheirBoundsEvenly(
      Initializer initializer, int size, int in, int out, double limit) {
    float[] values = array(initializer, size, in, out).values();
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    double deviation = limit / Math.sqrt(3); // of a uniform distribution
    assertThat(largest).isLessThanOrEqualTo(limit + 1e-6).isGreaterThan(.98 * limit);
    assertThat(sum / values.length).isCloseTo(0, within(4 * deviation / Math.sqrt(values.length)));
    assertThat(squares / values.length)
        .isCloseTo(deviation * deviation, Percentage.withPercentage(10));
  }

  @ParameterizedTest
  @CsvSource({"8, 32", "80, 8", "80, 32", "20, 256", "16, 16"})
  void orthogonalArraysHaveOrthonormalRowsOrColumns(int rows, int columns) {
    float[] values = array(Initializer.ORTHOGONAL, rows, columns).values();
    int count = Math.min(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product +=
              rows < columns
                  ? (double) values[a * columns + k] * values[b * columns + k]
                  : (double) values[k * columns + a] * values[k * columns + b];
        }
        assertThat(product).as("%d, %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void orthogonalArraysPreferNoDirection() {
    // 300 matrices of 2 x 2: each entry has mean 0 and variance 1/2, and half are reflections.
    SplittableRandom random = new SplittableRandom(5);
    double sum = 0;
    double squares = 0;
    int reflections = 0;
    for (int i = 0; i < 300; i++) {
      float[] q = Initializer.ORTHOGONAL.array(new int[] {2, 2}, random).values();
      sum += q[0];
      squares += q[0] * q[0];
      reflections += q[0] * q[3] - q[1] * q[2] < 0 ? 1 : 0;
    }
    assertThat(sum / 300).isCloseTo(0, within(.15));
    assertThat(squares / 300).isCloseTo(.5, within(.08));
    assertThat(reflections).isBetween(115, 185);
  }

  @Test
  void theForgetGatesBiasIsOne() {
    assertThat(array(Initializer.UNIT_FORGET_BIAS, 8).values())
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstmfcn-unweighted", "alstmfcn-unweighted", "alstmfcn-2019"})
  void everyArrayIsInitialisedAsTheOriginals(String trace) {
    ModelWeights original = OriginalTrace.of(trace).initial();
    ModelWeights ours = InitialWeights.random(original.spec(), new SplittableRandom(1));
    for (String name : original.arrays().keySet()) {
      float[] expected = original.arrays().get(name).values();
      float[] found = ours.arrays().get(name).values();
      boolean constant = deviation(expected) < .45 && whole(expected);
      if (constant) {
        assertThat(found).as(name).containsExactly(expected);
      } else {
        assertThat(deviation(found))
            .as(name)
            .isCloseTo(deviation(expected), Percentage.withPercentage(15));
        assertThat(InitialWeights.initializer(original.spec(), name) == Initializer.ORTHOGONAL)
            .as("%s is orthogonal", name)
            .isEqualTo(orthogonal(original.arrays().get(name)));
      }
    }
  }

  private static boolean whole(float[] values) {
    for (float value : values) {
      if (value != Math.rint(value)) {
        return false;
      }
    }
    return true;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }

  /** Whether the first two rows, or columns if these are fewer, are orthonormal. */
  private static boolean orthogonal(WeightArray array) {
    int[] shape = array.shape();
    if (shape.length != 2) {
      return false;
    }
    boolean rows = shape[0] < shape[1];
    double product = 0;
    double norm = 0;
    for (int k = 0; k < Math.max(shape[0], shape[1]); k++) {
      double first = array.values()[rows ? k : k * shape[1]];
      double second = array.values()[rows ? shape[1] + k : k * shape[1] + 1];
      product += first * second;
      norm += first * first;
    }
    return Math.abs(product) < 1e-5 && Math.abs(norm - 1) < 1e-5;
  }

  @Test
  void theSameSeedMakesTheSameWeightsAndAnotherOthers() {
    ModelSpec spec = Toy.spec(ModelKind.ALSTM_FCN, 3);
    Recipe recipe = Toy.recipe().seed(3).build();
    Recipe other = Toy.recipe().seed(4).build();
    ModelWeights weights = Trainer.initialWeights(spec, recipe);

    assertThat(Toy.same(weights, Trainer.initialWeights(spec, recipe))).isTrue();
    assertThat(Toy.same(weights, Trainer.initialWeights(spec, other), "conv2/kernel")).isFalse();
    assertThat(Toy.same(weights, Trainer.initialWeights(spec, other), "lstm/recurrent_kernel"))
        .isFalse();
  }

  @Test
  void otherClassesGetANewHeadAndKeepTheRest() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights three = Toy.train(recipe, Toy.initial(ModelKind.LSTM_FCN, recipe)).weights();

    ModelWeights two = Trainer.initialWeights(three, Toy.spec(ModelKind.LSTM_FCN, 2), recipe);

    assertThat(two.spec().classes()).isEqualTo(2);
    for (String array : three.arrays().keySet()) {
      assertThat(Toy.same(three, two, array)).as(array).isEqualTo(!array.startsWith("dense/"));
    }
    assertThat(two.arrays().get("dense/bias").values()).containsExactly(0, 0);
    assertThat(two.arrays().get("dense/kernel").shape()).containsExactly(132, 2);
    assertThat(Toy.same(three, Trainer.initialWeights(three, three.spec(), recipe))).isTrue();
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights weights = Toy.initial(ModelKind.LSTM_FCN, recipe);
    ModelSpec spec = weights.spec();
    ModelSpec longer =
        new ModelSpec(
            spec.kind(), spec.cells(), 13, 3, spec.gateActivation(), AttentionScope.PER_SERIES);

    assertThatThrownBy(
            () -> Trainer.initialWeights(weights, Toy.spec(ModelKind.ALSTM_FCN, 3), recipe))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("initial weights: kind: expected ALSTM-FCN, found LSTM-FCN");
    assertThatThrownBy(() -> Trainer.initialWeights(weights, longer, recipe))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("initial weights: length: expected 13, found 12");
  }
}
