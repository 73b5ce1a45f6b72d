package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.data.UeaDataset;
import io.github.lstmfcn.model.ModelKind;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultivariateCatalogTest {
  private static final List<MultivariateDataset> DATASETS = MultivariateCatalog.datasets();

  private static MultivariateDataset set(String name) {
    return MultivariateCatalog.find(name).orElseThrow();
  }

  @Test
  void hasAllSetsOfTheReadmeAndTheSizesThatAreKnown() {
    assertThat(DATASETS).hasSize(35);
    assertThat(DATASETS).filteredOn(set -> set.testSize().isPresent()).hasSize(24);
    assertThat(DATASETS).filteredOn(MultivariateDataset::testSizeIsInferred).hasSize(9);
    assertThat(DATASETS).filteredOn(set -> set.folds() > 1).hasSize(2);
    assertThat(DATASETS).extracting(MultivariateDataset::index).doesNotHaveDuplicates();
    assertThat(DATASETS)
        .allSatisfy(
            set ->
                assertThat(set.cells().keySet())
                    .containsExactly(
                        ModelKind.LSTM_FCN,
                        ModelKind.ALSTM_FCN,
                        ModelKind.MLSTM_FCN,
                        ModelKind.MALSTM_FCN));
  }

  @Test
  void theSizesOfTheReadmeAreThoseOfTheArchiveOnlyForJapaneseVowels() {
    assertThat(DATASETS.stream().filter(MultivariateCatalogTest::hasTheSizesOfTheArchive))
        .extracting(MultivariateDataset::name)
        .containsExactly("JapaneseVowels");
  }

  private static boolean hasTheSizesOfTheArchive(MultivariateDataset set) {
    return UeaCatalog.published()
        .find(set.ueaName())
        .filter(uea -> set.testSize().equals(OptionalInt.of(uea.testSize())))
        .isPresent();
  }

  @Test
  void aPrefixIsThatOfOneDatasetOnly() {
    assertThat(DATASETS).extracting(MultivariateDataset::weightsPrefix).doesNotHaveDuplicates();
    assertThat(DATASETS)
        .allSatisfy(
            set ->
                assertThat(UcrCatalog.published().findByWeightsPrefix(set.weightsPrefix()))
                    .isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "JapaneseVowels, MLSTM_FCN, 1.00, 2, 369",
    "JapaneseVowels, LSTM_FCN, 0.99, 2, 365",
    "MSR Activity, MALSTM_FCN, 0.5875, 4, 94",
    "Daily Sport, ALSTM_FCN, 0.9963, 4, 4543",
    "LP1, MLSTM_FCN, 0.86, 2, 43"
  })
  void aFigureHasThePrintedDigits(
      String name, ModelKind kind, double accuracy, int digits, int fewest) {
    MultivariateColumn column = MultivariateColumn.ofReadme(kind).orElseThrow();
    ReportedFigure figure = MultivariateCatalog.figure(set(name), column);

    assertThat(figure)
        .isEqualTo(new ReportedFigure("multivariate README, " + kind, accuracy, digits));
    assertThat(figure.fewest(set(name).testSize().orElseThrow())).isEqualTo(fewest);
  }

  /** But for slips of the last digit, all figures of the networks are shares of TEST. */
  @Test
  void figuresAreSharesOfTheSizes() {
    List<ReportedScore> networks =
        MultivariateCatalog.all().stream()
            .filter(score -> score.chosenOn().equals("TEST"))
            .toList();

    assertThat(networks).hasSize(24 * 4);
    assertThat(networks)
        .filteredOn(score -> !score.figure().isShareOf(score.total()))
        .extracting(ReportedScore::set, score -> score.figure().accuracy())
        .containsExactly(
            tuple("Gesture Phase", 0.5305), tuple("Movement AAL", 0.7963), tuple("Ozone", 0.7978));
  }

  @Test
  void theArchivesTableHasOneColumnOfSharesButForOneFigure() {
    List<ReportedScore> table =
        MultivariateCatalog.all().stream()
            .filter(score -> score.column().startsWith("UEA table"))
            .toList();

    assertThat(table).hasSize(30);
    assertThat(table).extracting(ReportedScore::chosenOn).containsOnly("");
    assertThat(table)
        .extracting(ReportedScore::set)
        .isEqualTo(UeaCatalog.published().datasets().stream().map(UeaDataset::name).toList());
    assertThat(table)
        .filteredOn(score -> !score.figure().isShareOf(score.total()))
        .extracting(ReportedScore::set, ReportedScore::accuracy)
        .containsExactly(tuple("DuckDuckGeese", 0.675));
  }

  @ParameterizedTest
  @CsvSource({
    "JapaneseVowels, MLSTM_FCN, true, 370, 1.00",
    "japanesevowels, MALSTM_FCN, true, 370, 0.99",
    "JapaneseVowels, MLSTM_FCN, false, 370, 0.976",
    "Libras, MLSTM_FCN, true, 585, 0.97",
    "Libras, MLSTM_FCN, true, 180, 0.856",
    "lp4, ALSTM_FCN, true, 75, 0.89",
    "BasicMotions, MLSTM_FCN, false, 40, 0.95"
  })
  void theFigureIsOfTheSameKindAndSplit(
      String set, ModelKind kind, boolean onTest, int total, double accuracy) {
    assertThat(MultivariateCatalog.find(set, kind, onTest, total))
        .map(score -> score.figure().accuracy())
        .contains(accuracy);
  }

  @ParameterizedTest
  @CsvSource({
    "JapaneseVowels, MALSTM_FCN, false, 370",
    "Libras, MALSTM_FCN, true, 180",
    "Libras, MLSTM_FCN, true, 100",
    "Wafer, MLSTM_FCN, true, 6164",
    "BasicMotions, LSTM_FCN, true, 40",
    "CBF, MLSTM_FCN, true, 900"
  })
  void thereIsNoneOfAnotherKindOrSplit(String set, ModelKind kind, boolean onTest, int total) {
    assertThat(MultivariateCatalog.find(set, kind, onTest, total)).isEmpty();
  }

  @Test
  void cellsAreThoseOfTheScripts() {
    assertThat(set("AUSLAN").cells())
        .containsEntry(ModelKind.MLSTM_FCN, 8)
        .containsEntry(ModelKind.MALSTM_FCN, 128)
        .containsEntry(ModelKind.LSTM_FCN, 64)
        .containsEntry(ModelKind.ALSTM_FCN, 8);
    assertThat(set("Activity").cells()).containsEntry(ModelKind.MALSTM_FCN, 384);
    assertThat(set("LP5").cells()).containsEntry(ModelKind.LSTM_FCN, 128);
  }

  @Test
  void findsEverySetByEachOfItsNamesInAnyCase() {
    for (MultivariateDataset set : DATASETS) {
      set.names()
          .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
          .forEach(name -> assertThat(MultivariateCatalog.find(name)).as(name).contains(set));
    }
    assertThat(MultivariateCatalog.find("CBF")).isEmpty();
  }
}
