package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.UnivariateSeries;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The readers on real sets of the archives, which the property {@code lstmfcn.shared} locates. */
@EnabledIfSystemProperty(named = "lstmfcn.shared", matches = ".+")
@Tag("real-data")
class SharedArchiveTest {

  private static UcrArchive archive(String folder) {
    return UcrArchive.open(Path.of(System.getProperty("lstmfcn.shared"), "ucr", folder));
  }

  static Stream<String> setsOf2018() {
    return archive("2018").names().stream();
  }

  @ParameterizedTest
  @MethodSource("setsOf2018")
  void aSetOf2018HasTheSizesThatWerePublished(String name) {
    UcrDataset published = UcrCatalog.published().find(name).orElseThrow();
    Dataset train = archive("2018").read(name, Split.TRAIN);
    Dataset test = archive("2018").read(name, Split.TEST);

    assertThat(train.size()).isEqualTo(published.trainSize2018());
    assertThat(test.size()).isEqualTo(published.testSize2018());
    assertThat(Math.max(train.unpaddedLength(), test.unpaddedLength()))
        .isEqualTo(published.length());
    assertThat(LabelEncoding.SORTED.fit(train).classes()).isEqualTo(published.classes());
  }

  @ParameterizedTest
  @CsvSource({"Adiac, 1e-6", "ArrowHead, 1e-4"})
  void aSetOf2015HasTheValuesOf2018InItsOwnSpelling(String name, float precision) {
    assertSameValues(
        archive("2015").read(name, Split.TEST), archive("2018").read(name, Split.TEST), precision);
  }

  @Test
  void aTsFileHasTheValuesOfTheTabs() {
    Dataset ts = archive("ts").read("GunPoint", Split.TEST);
    Dataset tabs = archive("2018").read("GunPoint", Split.TEST);

    assertSameValues(ts, tabs, 1e-4f);
    assertThat(ts.labels()).isEqualTo(tabs.labels());
  }

  private static void assertSameValues(Dataset actual, Dataset expected, float precision) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int row = 0; row < actual.size(); row++) {
      assertThat(actual.series()[row][0])
          .as("series %d", row)
          .containsExactly(expected.series()[row][0], Offset.offset(precision));
    }
  }

  @Test
  void unequalLengthsAndMissingValuesBecomeAnInput() {
    UcrArchive archive = archive("2018");
    Dataset gestures = archive.read("GesturePebbleZ1", Split.TEST);
    assertThat(gestures.unpaddedLength()).isLessThan(455);
    assertThat(List.of(Preparation.none(455).apply(gestures)))
        .allSatisfy(SharedArchiveTest::isInput);

    Dataset doors = archive.read("DodgerLoopDay", Split.TRAIN);
    assertThat(List.of(UnivariateSeries.of(doors)))
        .anySatisfy(series -> assertThat(series).contains(Float.NaN));
    assertThat(List.of(Preparation.none(288).apply(doors))).allSatisfy(SharedArchiveTest::isInput);
  }

  private static void isInput(float[] series) {
    assertThat(series).doesNotContain(Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"BasicMotions, 6", "JapaneseVowels, 12"})
  void aMultivariateFileHasItsVariables(String name, int variables) {
    Dataset data = archive("ts").read(name, Split.TEST);

    assertThat(data.variables()).isEqualTo(variables);
  }
}
