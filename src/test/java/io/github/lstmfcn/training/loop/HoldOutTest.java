package io.github.lstmfcn.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.engine.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldOutTest {
  /** Series whose one value is their number. */
  private static Examples examples(int... counts) {
    int size = Arrays.stream(counts).sum();
    float[][] series = new float[size][1];
    int[] classes = new int[size];
    int next = 0;
    for (int k = 0; k < counts.length; k++) {
      for (int i = 0; i < counts[k]; i++) {
        series[next][0] = next;
        classes[next++] = k;
      }
    }
    return new Examples(
        series, classes, IntStream.range(0, counts.length).mapToObj(k -> "c" + k).toList());
  }

  private static List<Float> values(Examples examples) {
    return Arrays.stream(examples.series()).map(series -> series[0]).toList();
  }

  @Test
  void holdsOutTheSameShareOfEveryClassAndAtLeastOneSeries() {
    HoldOut parts = HoldOut.stratified(examples(50, 10, 3, 2), .2, new SplittableRandom(1));

    assertThat(parts.validation().counts()).containsExactly(10, 2, 1, 1);
    assertThat(parts.train().counts()).containsExactly(40, 8, 2, 1);
    assertThat(values(parts.train())).doesNotContainAnyElementsOf(values(parts.validation()));
    assertThat(values(parts.train())).isSorted();
  }

  @Test
  void leavesEveryClassSomethingToTrainOn() {
    HoldOut parts = HoldOut.stratified(examples(2, 9), .99, new SplittableRandom(1));

    assertThat(parts.train().counts()).containsExactly(1, 1);
  }

  @Test
  void theSeedDecidesWhichSeries() {
    Examples all = examples(30, 30);
    List<Float> held = values(HoldOut.stratified(all, .3, new SplittableRandom(1)).validation());

    assertThat(values(HoldOut.stratified(all, .3, new SplittableRandom(1)).validation()))
        .isEqualTo(held);
    assertThat(values(HoldOut.stratified(all, .3, new SplittableRandom(2)).validation()))
        .isNotEqualTo(held);
  }

  @Test
  void aClassWithOneSeriesCannotBeParted() {
    assertThatThrownBy(() -> HoldOut.stratified(examples(5, 1), .2, new SplittableRandom(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "class c1: expected at least two series, as one is held out, found 1");
  }

  @Test
  void aClassThatNoLabelReachesDoesNotMatter() {
    assertThat(
            HoldOut.stratified(examples(5, 0, 5), .2, new SplittableRandom(1))
                .validation()
                .counts())
        .containsExactly(1, 0, 1);
  }

  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    // 10 / (2 * 8) and 10 / (2 * 2); of three classes, one of them empty, likewise
    assertThat(ClassWeight.BALANCED.of(new int[] {8, 2})).containsExactly(.625f, 2.5f);
    assertThat(ClassWeight.BALANCED.of(new int[] {8, 0, 2})).containsExactly(.625f, 1, 2.5f);
    assertThat(ClassWeight.NONE.of(new int[] {8, 2})).containsExactly(1, 1);
  }
}
