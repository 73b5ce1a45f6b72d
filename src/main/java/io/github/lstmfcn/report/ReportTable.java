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
 * A table of a report, for any of its forms.
 *
 * @param name of a word, for links
 * @param title above it
 * @param note what a reader should know of it; may be empty
 * @param headers of the columns
 * @param rows a cell a column
 */
record ReportTable(
    String name, String title, String note, List<String> headers, List<List<Cell>> rows) {

  /**
   * What stands in a row and column.
   *
   * @param text for people
   * @param sort what it is sorted by
   * @param number whether that is a number
   * @param strong whether it stands out
   * @param links pages about it
   */
  record Cell(String text, String sort, boolean number, boolean strong, List<Link> links) {
    static Cell text(String text) {
      return new Cell(text, text, false, false, List.of());
    }

    /** A number as it is shown, sorted by its value: written without an exponent, or none. */
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
   * A page to go to.
   *
   * @param title of the link
   * @param address relative to the report
   */
  record Link(String title, String address) {

    /**
     * A link to a file.
     *
     * @param folder that the address is relative to
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
        boolean scheme = path.split("/", 2)[0].contains(":"); // it would be taken for one
        return new URI(null, null, scheme ? "./" + path : path, null)
            .toString()
            .replace("(", "%28")
            .replace(")", "%29"); // Markdown's own
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

  /** Whether a column has numbers, and perhaps gaps. */
  boolean isOfNumbers(int column) {
    return rows.stream().anyMatch(row -> row.get(column).number());
  }

  /** The same without columns in which nothing stands. */
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
