package io.github.lstmfcn.report;

import io.github.lstmfcn.report.ReportTable.Cell;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A report as Markdown with tables.
 *
 * @param report the report
 * @param folder the folder to which links are relative
 */
record ReportMarkdown(Report report, Path folder) {
  String text() {
    StringJoiner text = new StringJoiner("\n", "# Results\n\n", "\n");
    new Findings(report).sentences().forEach(finding -> text.add("- " + escaped(finding)));
    for (ReportTable table : new ReportTables(report, folder).all()) {
      text.add("\n## " + table.title() + "\n");
      text.add(table.note() + "\n");
      text.add(line(table.headers().stream().map(ReportMarkdown::escaped).toList()));
      text.add(line(table.headers().stream().map(header -> "---").toList()));
      table.rows().forEach(row -> text.add(line(row.stream().map(this::cell).toList())));
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String cell(Cell cell) {
    if (!cell.links().isEmpty()) {
      return cell.links().stream()
          .map(link -> "[%s](%s)".formatted(escaped(link.title()), link.address()))
          .collect(Collectors.joining(" "));
    }
    return cell.strong() ? "**" + escaped(cell.text()) + "**" : escaped(cell.text());
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\|*_`<\\[])", "\\\\$1").replaceAll("\\R", " ");
  }
}
