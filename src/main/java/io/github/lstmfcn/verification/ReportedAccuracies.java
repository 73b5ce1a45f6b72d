package io.github.lstmfcn.verification;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.model.ModelKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accuracies that were reported on the UCR archive: Table 1 of the IEEE Access paper and the
 * original repository's table of checkpoints selected by the training loss.
 */
public final class ReportedAccuracies {
  private static final String RESOURCE = "reported-accuracy.csv";
  private static final Map<Integer, NamedCsvRecord> BY_ID = read();

  private ReportedAccuracies() {}

  /** {@return all reported accuracies, dataset by dataset in the order of the catalogue} */
  public static List<ReportedScore> all() {
    return UcrCatalog.published().datasets().stream()
        .flatMap(
            set -> Stream.of(ReportedColumn.values()).flatMap(column -> find(set, column).stream()))
        .toList();
  }

  /**
   * The accuracy that one column reports for a dataset.
   *
   * @param set the dataset
   * @param column the column
   * @return the accuracy; empty if the column has none for the dataset
   */
  public static Optional<ReportedScore> find(UcrDataset set, ReportedColumn column) {
    return Optional.ofNullable(BY_ID.get(set.id()))
        .map(row -> row.getField(column.header()))
        .filter(text -> !text.isEmpty())
        .map(text -> ReportedFigure.exact(column.toString(), Double.parseDouble(text)))
        .map(
            figure ->
                new ReportedScore(
                    column.toString(),
                    column.chosenOn(),
                    set.name2018(),
                    set.classes(),
                    figure,
                    column.total(set, figure)));
  }

  /**
   * The accuracies that were reported for a kind of model on a dataset; empty if there are none.
   */
  static List<ReportedFigure> figures(UcrDataset set, ModelKind kind, Release release) {
    return release.columns(kind).stream()
        .flatMap(column -> find(set, column).stream())
        .map(ReportedScore::figure)
        .toList();
  }

  private static Map<Integer, NamedCsvRecord> read() {
    try (InputStream text = ReportedAccuracies.class.getResourceAsStream(RESOURCE);
        CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      return reader.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  row -> Integer.valueOf(row.getField("id")), Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
