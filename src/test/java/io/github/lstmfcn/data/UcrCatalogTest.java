package io.github.lstmfcn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UcrCatalogTest {
  private final UcrCatalog catalog = UcrCatalog.published();

  @Test
  void hasAllSetsAndThoseThatTheArchivesExchanged() {
    assertThat(catalog.datasets()).hasSize(128);
    assertThat(catalog.datasets().stream().filter(UcrDataset::swappedIn2015)).hasSize(14);
    assertThat(catalog.datasets().stream().filter(set -> !set.weightsPrefix2017().isEmpty()))
        .hasSize(85);
  }

  @Test
  void findsASetByEachOfItsNames() {
    UcrDataset words = catalog.find("FiftyWords").orElseThrow();

    assertThat(words.classes()).isEqualTo(50);
    assertThat(words.length()).isEqualTo(270);
    assertThat(words.cellsLstmFcn2017()).hasValue(128);
    assertThat(catalog.find("50words")).contains(words);
    assertThat(catalog.find("50WORDS")).contains(words);
    assertThat(catalog.findByWeightsPrefix("fifty_words")).containsExactly(words);
    assertThat(catalog.find("NoSuchSet")).isEmpty();
    assertThat(catalog.findByWeightsPrefix("")).isEmpty();
  }

  @Test
  void findsEverySetByEveryNameInAnyCase() {
    for (UcrDataset set : catalog.datasets()) {
      set.names().forEach(name -> assertThat(catalog.find(name)).as(name).contains(set));
    }
  }
}
