package io.github.lstmfcn.report;

import io.github.lstmfcn.chart.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A report as a page: tables that can be sorted and searched, the critical-difference diagram, and
 * a scatter plot of two methods.
 *
 * @param report the report
 */
record ReportPage(Report report) {
  /**
   * Writes the page.
   *
   * @param file the file to write
   * @param folder the folder to which links are relative
   */
  void write(Path file, Path folder) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", "Results");
    values.put("findings", new Findings(report).sentences());
    values.putAll(new PageTables(new ReportTables(report, folder).all()).values());
    values.put("diagram", "");
    values.put("diagramTitle", "");
    values.put("narrowDiagram", "");
    if (report.isTested()) {
      CriticalDifferenceDiagram wide = new CriticalDifferenceDiagram(report.ranking());
      values.put("diagram", wide.picture().svg("wide"));
      values.put("diagramTitle", wide.title());
      CriticalDifferenceDiagram narrow = new CriticalDifferenceDiagram(report.ranking(), true);
      values.put("narrowDiagram", narrow.picture().svg("narrow"));
    }
    values.put("compared", report.everywhere().methods().size() > 1);
    try (Page page =
        Page.start(Files.newBufferedWriter(file), ReportPage.class, "report", values)) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("methods", report.everywhere().methods());
      item.put("sets", report.everywhere().sets());
      item.put("accuracies", ReportNumbers.accuracies(report.everywhere()));
      page.add("accuracies", item);
    }
  }
}
