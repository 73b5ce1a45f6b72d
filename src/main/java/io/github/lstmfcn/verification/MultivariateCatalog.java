package io.github.lstmfcn.verification;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.data.UeaDataset;
import io.github.lstmfcn.model.ModelKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The accuracies that were reported on multivariate datasets: by the tables of the original's
 * README on its own datasets and splits, and by a table on the datasets of the UEA archive.
 */
public final class MultivariateCatalog {
  private static final String README = "multivariate-reported-accuracy.csv";
  private static final String UEA = "uea-reported-accuracy.csv";
  private static final String INFERRED = "inferred";
  private static final List<NamedCsvRecord> README_ROWS = rows(README);
  private static final List<NamedCsvRecord> UEA_ROWS = rows(UEA);
  private static final List<MultivariateDataset> DATASETS =
      README_ROWS.stream().map(MultivariateCatalog::set).toList();

  private MultivariateCatalog() {}

  /** The 35 datasets of the original's README, in its order. */
  public static List<MultivariateDataset> datasets() {
    return DATASETS;
  }

  /** The dataset of the original's README that has a name, regardless of case. */
  public static Optional<MultivariateDataset> find(String anyName) {
    return DATASETS.stream()
        .filter(set -> set.names().anyMatch(anyName::equalsIgnoreCase))
        .findFirst();
  }

  /** The reported accuracies of which it is known on how many series they were measured. */
  public static List<ReportedScore> all() {
    Stream<ReportedScore> readme =
        DATASETS.stream()
            .filter(set -> set.testSize().isPresent())
            .flatMap(set -> MultivariateColumn.ofReadme().map(column -> score(set, column)));
    Stream<ReportedScore> uea =
        UeaCatalog.published().datasets().stream().map(MultivariateCatalog::score);
    return Stream.concat(readme, uea).toList();
  }

  /**
   * The accuracy that was reported for a kind of network on a dataset: that of the README, unless
   * the network was selected otherwise or the split is another one; then that of the table on the
   * UEA archive, of which it is not known how its networks were selected.
   *
   * @param set the name of the dataset
   * @param kind the kind of network
   * @param onTest whether the network was selected on TEST, as those of the README were
   * @param total the number of series that it was measured on
   */
  public static Optional<ReportedScore> find(
      String set, ModelKind kind, boolean onTest, int total) {
    Optional<ReportedScore> readme =
        find(set)
            .filter(known -> onTest && known.testSize().equals(OptionalInt.of(total)))
            .flatMap(
                known -> MultivariateColumn.ofReadme(kind).map(column -> score(known, column)));
    return readme.or(
        () ->
            UeaCatalog.published()
                .find(set)
                .filter(known -> kind == ModelKind.MLSTM_FCN && known.testSize() == total)
                .map(MultivariateCatalog::score));
  }

  /** The accuracy in a column of the README. */
  static ReportedFigure figure(MultivariateDataset set, MultivariateColumn column) {
    NamedCsvRecord row = README_ROWS.get(DATASETS.indexOf(set));
    BigDecimal printed = new BigDecimal(row.getField(column.header()));
    boolean percent = row.getField("unit").equals("percent");
    return figure(column, percent ? printed.movePointLeft(2) : printed);
  }

  /** The accuracy of MLSTM-FCN in the table on the UEA archive. */
  static ReportedFigure figure(UeaDataset set) {
    MultivariateColumn column = MultivariateColumn.UEA_MLSTM_FCN;
    return UEA_ROWS.stream()
        .filter(row -> row.getField("dataset").equals(set.name()))
        .map(row -> figure(column, new BigDecimal(row.getField(column.header()))))
        .findFirst()
        .orElseThrow();
  }

  private static ReportedFigure figure(MultivariateColumn column, BigDecimal accuracy) {
    return new ReportedFigure(column.toString(), accuracy.doubleValue(), accuracy.scale());
  }

  private static ReportedScore score(MultivariateDataset set, MultivariateColumn column) {
    return new ReportedScore(
        column.toString(),
        column.chosenOn(),
        set.name(),
        set.classes(),
        figure(set, column),
        set.testSize().orElseThrow());
  }

  private static ReportedScore score(UeaDataset set) {
    MultivariateColumn column = MultivariateColumn.UEA_MLSTM_FCN;
    return new ReportedScore(
        column.toString(),
        column.chosenOn(),
        set.name(),
        set.classes(),
        figure(set),
        set.testSize());
  }

  private static MultivariateDataset set(NamedCsvRecord row) {
    Map<ModelKind, Integer> cells = new EnumMap<>(ModelKind.class);
    for (ModelKind kind : ModelKind.values()) {
      MultivariateColumn.ofReadme(kind)
          .ifPresent(
              column -> cells.put(kind, Integer.valueOf(row.getField("cells_" + column.header()))));
    }
    return new MultivariateDataset(
        number(row, "index").orElseThrow(),
        row.getField("dataset"),
        row.getField("data_folder"),
        row.getField("uea_name"),
        row.getField("weights_prefix"),
        number(row, "folds").orElseThrow(),
        number(row, "variables").orElseThrow(),
        number(row, "length").orElseThrow(),
        number(row, "classes").orElseThrow(),
        row.getField("split"),
        number(row, "train"),
        number(row, "test"),
        row.getField("size_source").equals(INFERRED),
        cells,
        row.getField("note"));
  }

  private static OptionalInt number(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  private static List<NamedCsvRecord> rows(String resource) {
    List<NamedCsvRecord> rows = new ArrayList<>();
    try (InputStream text = MultivariateCatalog.class.getResourceAsStream(resource);
        CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      reader.forEach(rows::add);
      return List.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
