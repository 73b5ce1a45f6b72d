package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Multivariate series as the original code had them; real data and references that are not shipped
 * are where the property {@code lstmfcn.shared} says.
 */
@Timeout(60)
@Tag("real-data")
class OriginalDataTest {
  private static final Path SHARED = Path.of(System.getProperty("lstmfcn.shared", ""));

  /** The first of the places that exists; the test is skipped if none does. */
  private static Path reference(String... places) {
    Path found =
        Stream.of(places)
            .flatMap(
                place ->
                    Stream.of(
                        Path.of("testdata", place),
                        Path.of("testdata/references", place),
                        SHARED.resolve("reference/multivariate").resolve(place)))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeThat(found).isNotNull();
    return found;
  }

  private static Path voices() {
    return reference("SilentVoices", "synthetic-data/SilentVoices");
  }

  private static Dataset read(Path folder, Split split) {
    return UcrArchive.open(folder).read("SilentVoices", split);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-malstmfcn-8-SilentVoices, NONE",
    "2018-mlstmfcn-8-SilentVoices-normalised, UPSTREAM"
  })
  void theSeriesAreFedAsTheOriginalCodeFedThem(String name, Normalization normalization) {
    Path fed = reference(name, "synthetic/" + name).resolve("reference.h5");
    Path folder = voices();
    Dataset train = read(folder, Split.TRAIN);
    Dataset test = read(folder, Split.TEST);

    Preparation preparation = Preparation.of(normalization, 12, 26, true, train, null);

    assertThat(train.unpaddedLength()).isEqualTo(26);
    assertThat(preparation.longer(test)).isEqualTo(21);
    float[][] prepared = preparation.apply(test);
    try (HdfFile hdf = new HdfFile(fed)) {
      float[] expected = (float[]) hdf.getDatasetByPath("input").getDataFlat();
      assertThat(expected).hasSize(135 * 12 * 26);
      for (int i = 0; i < expected.length; i++) {
        assertThat(prepared[i / 312][i % 312]).isCloseTo(expected[i], Offset.offset(2e-6f));
      }
    }
  }

  @Test
  void theArraysOfTheOriginalCodeAreThePaddedSeries() {
    Path folder = voices();
    Dataset ragged = read(folder, Split.TEST);

    Dataset padded = DatasetFile.read(reference("synthetic-data/SilentVoices/X_test.npy"));

    assertThat(padded.variables()).isEqualTo(12);
    assertThat(padded.name()).isEqualTo("SilentVoices");
    assertThat(padded.labels()).isEqualTo(ragged.labels());
    Preparation cutting = Preparation.of(Normalization.NONE, 12, 26, true, null, null);
    assertThat(Preparation.none(12, 26).apply(padded)).isDeepEqualTo(cutting.apply(ragged));
  }

  @Test
  void thePublishedJapaneseVowelsWereScaledOverBothSplits() throws IOException {
    Path published = SHARED.resolve("ucr/multivariate");
    Path ts = SHARED.resolve("ucr/ts/JapaneseVowels_TRAIN.ts");
    assumeThat(published.resolve("JapaneseVowels")).exists();
    assumeThat(ts).exists();
    UcrArchive raw = UcrArchive.open(ts);
    Dataset train = raw.read("JapaneseVowels", Split.TRAIN);
    Dataset test = raw.read("JapaneseVowels", Split.TEST);

    int length = train.unpaddedLength();
    Preparation pooled = Preparation.of(Normalization.POOLED, 12, length, true, train, test);

    assertThat(pooled.longer(test)).isEqualTo(1);
    for (Split split : Split.values()) {
      Dataset expected = UcrArchive.open(published).read("JapaneseVowels", split);
      Dataset own = split == Split.TRAIN ? train : test;
      assertThat(own.labels()).isEqualTo(expected.labels());
      float[][] values = Preparation.none(12, length).apply(expected);
      float[][] prepared = pooled.apply(own);
      for (int row = 0; row < values.length; row++) {
        assertThat(prepared[row]).containsExactly(values[row], Offset.offset(2e-6f));
      }
    }
  }

  @Test
  void theReleasedSetsAreReadByTheOrderOfTheirAxes() {
    Path published = SHARED.resolve("ucr/multivariate");
    assumeThat(published).exists();

    Dataset libras = UcrArchive.open(published).read("Libras", Split.TRAIN);

    assertThat(libras.size()).isEqualTo(180 * 2);
    assertThat(libras.variables()).isEqualTo(2);
    assertThat(libras.length()).isEqualTo(45);
    assertThat(AxisOrder.VARIABLES_FIRST).hasToString("variables-first");
  }
}
