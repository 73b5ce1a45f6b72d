package io.github.lstmfcn.report;

import com.github.freva.asciitable.ColumnData;
import io.github.lstmfcn.table.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * The findings of a report and its tables by method, for a terminal.
 *
 * @param report the report
 */
public record ReportText(Report report) {
  /** The text. */
  public String text() {
    StringJoiner text = new StringJoiner("\n");
    new Findings(report).sentences().forEach(text::add);
    ReportTables tables = new ReportTables(report, Path.of(""));
    text.add("").add(table(tables.methods()));
    if (report.hasReported()) {
      text.add("").add(tables.reported().title()).add(table(tables.reported()));
    }
    return text.toString();
  }

  private static String table(ReportTable table) {
    List<ColumnData<List<ReportTable.Cell>>> columns =
        IntStream.range(0, table.headers().size())
            .mapToObj(column -> column(table, column))
            .toList();
    return TextTable.of(table.rows(), columns);
  }

  private static ColumnData<List<ReportTable.Cell>> column(ReportTable table, int column) {
    String header = table.headers().get(column);
    return (table.isOfNumbers(column) ? TextTable.right(header) : TextTable.left(header))
        .with(row -> row.get(column).text());
  }
}
