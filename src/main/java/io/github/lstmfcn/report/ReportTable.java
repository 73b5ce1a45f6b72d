package io.github.lstmfcn.report;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A table of a report, for any format.
 *
 * @param name one word, for links
 * @param title the title
 * @param note an explanation; may be empty
 * @param headers the headers of the columns
 * @param rows the rows, with one cell per column
 */
record ReportTable(
    String name, String title, String note, List<String> headers, List<List<Cell>> rows) {

  /**
   * A cell.
   *
   * @param text the text
   * @param sort the sort key
   * @param number whether the sort key is a number
   * @param strong whether the text is emphasised
   * @param links links to pages
   */
  record Cell(String text, String sort, boolean number, boolean strong, List<Link> links) {
    static Cell text(String text) {
      return new Cell(text, text, false, false, List.of());
    }

    /** A number with its text; the sort key is the value without an exponent, empty for NaN. */
    static Cell number(String text, double value) {
      String sort = Double.isNaN(value) ? "" : BigDecimal.valueOf(value).toPlainString();
      return new Cell(text, sort, true, false, List.of());
    }

    static Cell count(int value) {
      return number(Integer.toString(value), value);
    }

    static Cell links(List<Link> links) {
      return new Cell("", "", false, false, links);
    }

    static Cell empty() {
      return text("");
    }

    boolean isEmpty() {
      return text.isEmpty() && links.isEmpty();
    }

    Cell strong(boolean really) {
      return new Cell(text, sort, number, really, links);
    }
  }

  /**
   * A link.
   *
   * @param title the text of the link
   * @param address the address, relative to the report
   */
  record Link(String title, String address) {

    /**
     * A link to a file.
     *
     * @param folder the folder to which the address is relative
     */
    static Link to(Path folder, Path file, String title) {
      return new Link(title, address(folder, file.toAbsolutePath().normalize()));
    }

    private static String address(Path folder, Path file) {
      Path from = folder.toAbsolutePath().normalize();
      if (!Objects.equals(from.getRoot(), file.getRoot())) {
        return file.toUri().toString(); // on another drive
      }
      try {
        String path = from.relativize(file).toString().replace('\\', '/');
        boolean scheme =
            path.split("/", 2)[0].contains(":"); // the name would be taken for a scheme
        return new URI(null, null, scheme ? "./" + path : path, null)
            .toString()
            .replace("(", "%28")
            .replace(")", "%29"); // they end a link in Markdown
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** An empty table. */
  static ReportTable of(String name, String title, String note, List<String> headers) {
    return new ReportTable(name, title, note, headers, new ArrayList<>());
  }

  /** Adds a row. */
  void add(Cell... cells) {
    rows.add(Arrays.asList(cells));
  }

  /** Whether a column has numbers. */
  boolean isOfNumbers(int column) {
    return rows.stream().anyMatch(row -> row.get(column).number());
  }

  /** This table without empty columns. */
  ReportTable withoutEmptyColumns() {
    List<Integer> kept =
        IntStream.range(0, headers.size())
            .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
            .boxed()
            .toList();
    return new ReportTable(
        name,
        title,
        note,
        kept.stream().map(headers::get).toList(),
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList());
  }
}
