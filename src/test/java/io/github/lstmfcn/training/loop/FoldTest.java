package io.github.lstmfcn.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.*;
import io.github.lstmfcn.training.engine.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {
  /** Of class k, {@code counts[k]} series; each holds its own number. */
  private static Examples examples(int... counts) {
    int[] classes =
        IntStream.range(0, counts.length)
            .flatMap(k -> IntStream.generate(() -> k).limit(counts[k]))
            .toArray();
    float[][] series = new float[classes.length][];
    for (int i = 0; i < series.length; i++) {
      series[i] = new float[] {i};
    }
    List<String> names = IntStream.range(0, counts.length).mapToObj(k -> "k" + k).toList();
    return new Examples(series, classes, names);
  }

  private static HoldOut fold(Examples all, int number, int of, long seed) {
    return HoldOut.fold(all, new Fold(number, of), new SplittableRandom(seed));
  }

  private static List<Integer> numbers(Examples examples) {
    return IntStream.range(0, examples.size())
        .mapToObj(i -> (int) examples.series()[i][0])
        .toList();
  }

  @Test
  void theFoldsPartTheSeries() {
    Examples all = examples(7, 5, 11);
    List<Integer> heldOut = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      HoldOut parts = fold(all, number, 4, 1);
      heldOut.addAll(numbers(parts.validation()));
      assertThat(numbers(parts.train()))
          .doesNotContainAnyElementsOf(numbers(parts.validation()))
          .hasSize(23 - parts.validation().size());
    }

    assertThat(heldOut).containsExactlyInAnyOrderElementsOf(numbers(all));
  }

  @Test
  void everyFoldHasItsShareOfEveryClassAndIsAsLargeAsTheOthers() {
    Examples all = examples(7, 5, 11);
    for (int number = 1; number <= 4; number++) {
      Examples heldOut = fold(all, number, 4, 1).validation();
      int[] counts = heldOut.counts();
      assertThat(counts[0]).isBetween(1, 2);
      assertThat(counts[1]).isBetween(1, 2);
      assertThat(counts[2]).isBetween(2, 3);
      assertThat(heldOut.size()).isBetween(5, 6);
    }
  }

  @Test
  void theSeedDecidesWhichSeriesAFoldTakes() {
    Examples all = examples(20, 20);

    assertThat(numbers(fold(all, 1, 5, 1).validation()))
        .isEqualTo(numbers(fold(all, 1, 5, 1).validation()))
        .isNotEqualTo(numbers(fold(all, 1, 5, 2).validation()));
  }

  @Test
  void aClassOfFewerSeriesThanFoldsIsNamed() {
    assertThatThrownBy(() -> fold(examples(7, 3), 1, 4, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("class k1: expected at least 4 series")
        .hasMessageContaining("found 3; use fewer folds");
  }

  @Test
  void oneFoldIsNone() {
    assertThatThrownBy(() -> new Fold(1, 1)).hasMessageContaining("folds: expected 2 or more");
    assertThatThrownBy(() -> new Fold(5, 4)).hasMessageContaining("fold: expected 1 to 4");
  }

  @Test
  void aFoldIsHeldOutOrNothingIs() {
    assertThatThrownBy(() -> Recipe.recipe2019().toBuilder().fold(new Fold(1, 2)).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leave the fold out");
  }
}
