package io.github.lstmfcn.report;

import io.github.lstmfcn.report.ReportTable.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Tables of a page that can be sorted and searched, for the template {@code tables.html}.
 *
 * @param tables the tables, from summaries to details
 */
record PageTables(List<ReportTable> tables) {
  private static final String TABLESORT = "/META-INF/resources/webjars/tablesort/";
  private static final String TABLESORT_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/tablesort/pom.properties";

  /** A missing number, which is sorted before every other number. */
  private static final Cell MISSING = Cell.number("", -1e9);

  /** The largest number of rows of a table without a search field. */
  private static final int SHORT = 10;

  /** The values of the variables of {@code page.html} and {@code tables.html}. */
  Map<String, Object> values() throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tables", tables.stream().map(PageTables::map).toList());
    values.put("moreStyle", resource("tables.css"));
    values.put(
        "library",
        tablesort("tablesort.min.js")
            + tablesort("sorts/tablesort.number.min.js")
            + resource("tables.js"));
    return values;
  }

  private static Map<String, Object> map(ReportTable table) {
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
    map.put("long", table.rows().size() > SHORT);
    return map;
  }

  private static Map<String, Object> cells(ReportTable table, List<Cell> row) {
    List<Map<String, Object>> cells = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      boolean missing = table.isOfNumbers(column) && row.get(column).isEmpty();
      Cell cell = missing ? MISSING : row.get(column);
      Map<String, Object> map = new HashMap<>();
      map.put("header", table.headers().get(column));
      map.put("text", cell.text());
      map.put("sort", cell.sort());
      map.put("number", cell.number());
      map.put("strong", cell.strong());
      map.put("links", cell.links());
      cells.add(map);
    }
    return Map.of("cells", cells);
  }

  private static String tablesort(String name) throws IOException {
    Properties library = new Properties(); // its files are in a folder named by its version
    library.load(new StringReader(resource(TABLESORT_PROPERTIES)));
    return resource(TABLESORT + library.getProperty("version") + "/dist/" + name);
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = PageTables.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
