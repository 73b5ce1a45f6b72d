package io.github.lstmfcn.evaluation;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.data.UcrSet;
import io.github.lstmfcn.model.ModelKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The accuracies that were reported on the UCR archive: Table 1 of the IEEE Access paper and the
 * original repository's table of checkpoints chosen on the training loss.
 */
final class ReportedAccuracies {
  private static final String RESOURCE = "reported-accuracy.csv";
  private static final Map<Integer, NamedCsvRecord> BY_ID = read();

  private ReportedAccuracies() {}

  /** What was reported of a model on a set; empty if nothing was. */
  static List<ReportedFigure> figures(UcrSet set, ModelKind kind, Release release) {
    NamedCsvRecord row = BY_ID.get(set.id());
    if (row == null) {
      return List.of();
    }
    return release.columns(kind).stream()
        .filter(column -> !row.getField(column.name()).isEmpty())
        .map(
            column ->
                new ReportedFigure(column.title(), Double.parseDouble(row.getField(column.name()))))
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
