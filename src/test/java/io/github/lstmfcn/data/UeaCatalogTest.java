package io.github.lstmfcn.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UeaCatalogTest {
  private final UeaCatalog catalog = UeaCatalog.published();

  @Test
  void hasAllSetsOfTheArchiveInAlphabeticalOrder() {
    assertThat(catalog.datasets()).hasSize(30);
    assertThat(catalog.datasets())
        .isSortedAccordingTo(Comparator.comparing(UeaDataset::name, String.CASE_INSENSITIVE_ORDER));
    assertThat(catalog.datasets())
        .allSatisfy(
            set -> {
              assertThat(set.variables()).isGreaterThan(1);
              assertThat(set.classes()).isBetween(2, 39);
              assertThat(set.trainSize()).isGreaterThanOrEqualTo(set.classes());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "JapaneseVowels, 270, 370, 12, 29, 9",
    "BasicMotions, 40, 40, 6, 100, 4",
    "PenDigits, 7494, 3498, 2, 8, 10",
    "pems-sf, 267, 173, 963, 144, 7"
  })
  void findsASetByItsNameInAnyCase(
      String name, int train, int test, int variables, int length, int classes) {
    UeaDataset set = catalog.find(name).orElseThrow();

    assertThat(set.name()).isEqualToIgnoringCase(name);
    assertThat(set).isEqualTo(new UeaDataset(set.name(), train, test, variables, length, classes));
  }

  @Test
  void noNameIsAlsoOneOfTheUnivariateArchive() {
    assertThat(catalog.find("CBF")).isEmpty();
    assertThat(catalog.datasets())
        .noneMatch(set -> UcrCatalog.published().find(set.name()).isPresent());
  }
}
