package io.github.lstmfcn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelEncodingTest {

  @Test
  void sortsNumbersByValue() {
    ClassLabels classes = LabelEncoding.SORTED.fit(List.of("10", "9", "-1", "2.5", "9"));

    assertThat(classes.names()).containsExactly("-1", "2.5", "9", "10");
    assertThat(classes.indices(List.of("10", "-1"))).containsExactly(3, 0);
  }

  @Test
  void sortsByTextWhereOneLabelIsNoNumber() {
    assertThat(LabelEncoding.SORTED.fit(List.of("10", "9", "walk", "Run")).names())
        .containsExactly("10", "9", "Run", "walk");
  }

  @Test
  void takesEverySpellingOfANumberForTheSame() {
    ClassLabels classes = LabelEncoding.SORTED.fit(List.of("1", "1.0000000e+00", "2", "+2.0"));

    assertThat(classes.names()).containsExactly("1", "2");
    assertThat(classes.index("2.000")).isEqualTo(1);
  }

  /** {@code int(1 / 49 * 49)} is 0 in float64. */
  @Test
  void fallsOneClassDownForSevenLabelsOfFifty() {
    List<String> labels = IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList();
    ClassLabels upstream = LabelEncoding.UPSTREAM.fit(labels);

    List<Integer> fallen = new ArrayList<>();
    for (int label = 1; label <= 50; label++) {
      int index = upstream.index("" + label);
      assertThat(index).isBetween(label - 2, label - 1);
      if (index == label - 2) {
        fallen.add(label);
      }
    }

    assertThat(fallen).containsExactly(2, 3, 5, 9, 17, 28, 33);
    assertThat(upstream.classes()).isEqualTo(50);
    assertThat(upstream.indexOf().values().stream().distinct()).hasSize(44);
    assertThat(upstream.names().get(0)).isEqualTo("1|2");
    assertThat(upstream.names().get(1)).isEqualTo("3");
    assertThat(upstream.names().get(2)).isEmpty();
    assertThat(upstream.merged()).contains("labels 1, 2 are class 0");
    assertThat(LabelEncoding.SORTED.fit(labels).merged()).isEmpty();
  }

  @Test
  void keepsEvenlySpacedLabelsOfFewClassesApart() {
    ClassLabels upstream = LabelEncoding.UPSTREAM.fit(List.of("1", "-1"));

    assertThat(upstream.names()).containsExactly("-1", "1");
    assertThat(upstream.merged()).isEmpty();
  }

  @Test
  void mergesLabelsThatAreNotEvenlySpaced() {
    // (2 - 1) / (10 - 1) * 2 = 0.22, so 1 and 2 are both class 0, and none is class 1.
    ClassLabels upstream = LabelEncoding.UPSTREAM.fit(List.of("1", "2", "10"));

    assertThat(upstream.indices(List.of("1", "2", "10"))).containsExactly(0, 0, 2);
    assertThat(upstream.names()).containsExactly("1|2", "", "10");
    assertThat(upstream.merged()).containsExactly("labels 1, 2 are class 0");
  }

  @Test
  void refusesUnderUpstreamWhatItCannotScale() {
    assertThatThrownBy(() -> LabelEncoding.UPSTREAM.fit(List.of("1", "walk")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 'walk'; use the sorted encoding");
    assertThatThrownBy(() -> LabelEncoding.UPSTREAM.fit(List.of("3", "3.0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("only label 3");
  }

  @ParameterizedTest
  @EnumSource(LabelEncoding.class)
  void refusesNoLabelsAndUnknownOnes(LabelEncoding encoding) {
    assertThatThrownBy(() -> encoding.fit(List.of())).isInstanceOf(InvalidInputException.class);
    ClassLabels classes =
        encoding.fit(Stream.iterate(1, n -> n + 1).limit(20).map(n -> "" + n).toList());
    assertThatThrownBy(() -> classes.index("21"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …, found '21'");
  }
}
