package io.github.lstmfcn.report;

import io.github.lstmfcn.chart.Page;
import io.github.lstmfcn.report.ReportTable.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A report as a page: tables that can be sorted and searched, the critical-difference diagram, and
 * one method against another.
 *
 * @param report what it shows
 */
record ReportPage(Report report) {
  private static final String TABLESORT = "/META-INF/resources/webjars/tablesort/";
  private static final String TABLESORT_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/tablesort/pom.properties";

  /** What is not there comes before every number, not among the zeros. */
  private static final Cell MISSING = Cell.number("", -1e9);

  /**
   * Writes it.
   *
   * @param file to write
   * @param folder that its links are relative to
   */
  void write(Path file, Path folder) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", "Results");
    values.put("findings", new Findings(report).sentences());
    values.put("tables", new ReportTables(report, folder).all().stream().map(this::map).toList());
    values.put(
        "diagram",
        report.isTested() ? new CriticalDifferenceDiagram(report.ranking()).picture().svg() : "");
    values.put("compared", report.everywhere().methods().size() > 1);
    values.put("moreStyle", resource("report.css"));
    values.put(
        "library", tablesort("tablesort.min.js") + tablesort("sorts/tablesort.number.min.js"));
    try (Page page =
        Page.start(Files.newBufferedWriter(file), ReportPage.class, "report", values)) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("methods", report.everywhere().methods());
      item.put("sets", report.everywhere().sets());
      item.put("accuracies", ReportNumbers.accuracies(report.everywhere()));
      page.add("accuracies", item);
    }
  }

  private Map<String, Object> map(ReportTable table) {
    List<Map<String, Object>> headers = new ArrayList<>();
    for (int column = 0; column < table.headers().size(); column++) {
      headers.add(Map.of("name", table.headers().get(column), "number", table.isOfNumbers(column)));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", table.name());
    map.put("title", table.title());
    map.put("note", table.note());
    map.put("headers", headers);
    map.put("rows", table.rows().stream().map(row -> cells(table, row)).toList());
    map.put("long", table.rows().size() > 10);
    return map;
  }

  private static Map<String, Object> cells(ReportTable table, List<Cell> row) {
    List<Cell> cells = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      boolean missing = table.isOfNumbers(column) && row.get(column).isEmpty();
      cells.add(missing ? MISSING : row.get(column));
    }
    return Map.of("cells", cells);
  }

  private static String tablesort(String name) throws IOException {
    Properties library = new Properties(); // whose files lie under its version
    library.load(new StringReader(resource(TABLESORT_PROPERTIES)));
    return resource(TABLESORT + library.getProperty("version") + "/dist/" + name);
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = ReportPage.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
