package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The meaning of the columns of delimited text, by the layout and by the header. */
final class TableColumns {
  private static final int MOST_NAMES = 1 << 20;

  private final TableLayout layout;
  private final boolean labelFirst;
  private List<String> names = List.of();
  private boolean begun;

  /** The indices of the ignored columns in rows of a number of fields. */
  private final Set<Integer> ignored = new HashSet<>();

  private int ignoredCount = -1;

  TableColumns(TableLayout layout) {
    this.layout = layout;
    String label = layout.labelColumn();
    boolean first = label == null || label.equals("first") || label.equals("1");
    labelFirst =
        (first || layout.unlabelled())
            && layout.ignoredColumns().isEmpty()
            && !layout.emptyIsMissing();
  }

  TableLayout layout() {
    return layout;
  }

  /** Whether the first row has been read. */
  boolean haveBegun() {
    return begun;
  }

  /** Whether the next row can be read field by field, with the label, if any, as the first one. */
  boolean areSettled() {
    return begun && labelFirst && names.isEmpty();
  }

  /**
   * Whether a row is the header. Only the first row can be; its names are then stored.
   *
   * @throws InvalidInputException if the row looks like a header but may be a series, or if it
   *     leaves open which column is the label
   */
  boolean isHeader(int count, IntFunction<String> text, SeriesBuilder row) {
    if (begun) {
      return false;
    }
    if (layout.header() == null && count > MOST_NAMES) {
      begun = true; // a million names are no header
      return false;
    }
    List<String> fields = IntStream.range(0, count).mapToObj(text).toList();
    boolean header = layout.header() == null ? HeaderRow.isUnmistakable(fields) : layout.header();
    if (header) {
      names = fields;
      ignoredCount = -1;
      checkNames(row);
    } else if (layout.header() == null && HeaderRow.isPossible(fields)) {
      throw row.error(
          "a label and values",
          "what looks like a header (%s, …)"
              .formatted(
                  NumberText.shown(String.join(", ", fields.subList(0, Math.min(3, count))))),
          "use --header if it is one, --no-header if it is a series");
    }
    begun = true;
    return header;
  }

  private void checkNames(SeriesBuilder row) {
    for (int i = 0; i < names.size(); i++) {
      if (HeaderRow.isIndexName(names.get(i)) && !isIgnored(i, names.size())) {
        throw row.error(
            i + 1,
            "columns of values",
            "%s, which looks like an index".formatted(NumberText.shown(names.get(i))),
            "use --ignore-column %s to leave it out".formatted(i + 1));
      }
    }
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (HeaderRow.isLabelName(names.get(i)) && !isIgnored(i, names.size())) {
        labels.add(i);
      }
    }
    boolean labelElsewhere = !labels.isEmpty() && !labels.equals(List.of(firstNotIgnored()));
    boolean labelNamed = layout.namesLabelColumn();
    if (!labelNamed && (layout.unlabelled() ? !labels.isEmpty() : labelElsewhere)) {
      int at = labels.get(labels.size() - 1);
      throw row.error(
          at + 1,
          layout.unlabelled() ? "columns of values alone" : "the label in the first column",
          "a column %s".formatted(NumberText.shown(names.get(at))),
          "use --label-column %s if it is the label".formatted(names.get(at)));
    }
    if (!labelNamed && !layout.unlabelled() && labels.isEmpty() && HeaderRow.areNumbered(names)) {
      throw row.error(
          "the label in the first column",
          NumberText.shown(names.get(0)) + " there",
          "is the label in another column? --label-column");
    }
  }

  private int firstNotIgnored() {
    return IntStream.range(0, names.size())
        .filter(i -> !isIgnored(i, names.size()))
        .findFirst()
        .orElse(0);
  }

  /**
   * Checks that a row has no more fields than the header, and has every column that is to be
   * ignored.
   *
   * @throws InvalidInputException if it does not
   */
  void check(int count, SeriesBuilder row) {
    if (!names.isEmpty() && count > names.size()) {
      throw row.error(
          "at most " + names.size() + " fields, as the header has",
          Integer.toString(count),
          "is there a column without a name, or a separator at the end?");
    }
    for (String column : layout.ignoredColumns()) {
      boolean there =
          column.equals("first")
              || column.equals("last")
              || (index(column) >= 0 && index(column) < count);
      if (!there) {
        throw row.error(
            "the column %s of --ignore-column".formatted(NumberText.shown(column)),
            names.isEmpty() ? count + " columns" : "columns " + shownNames(),
            "name it by its number from 1, or as the header does");
      }
    }
  }

  /**
   * The index of the label in a row; -1 if rows have no label.
   *
   * @throws InvalidInputException if the row has no such column
   */
  int label(int count, SeriesBuilder row) {
    if (layout.unlabelled()) {
      return -1;
    }
    String column = layout.labelColumn() == null ? "first" : layout.labelColumn();
    int found =
        switch (column) {
          case "first" -> taken(count, 1);
          case "last" -> taken(count, -1);
          default -> index(column);
        };
    if (found < 0 || found >= count || isIgnored(found, count)) {
      throw row.error(
          "the label in column %s of those that are read".formatted(NumberText.shown(column)),
          names.isEmpty() || found >= 0 ? count + " columns" : "columns " + shownNames(),
          "--label-column takes a name that occurs once, or a number from 1");
    }
    return found;
  }

  /** The first or last column that is not ignored. */
  private int taken(int count, int direction) {
    int at = direction > 0 ? 0 : count - 1;
    while (at >= 0 && at < count && isIgnored(at, count)) {
      at += direction;
    }
    return at;
  }

  private String shownNames() {
    return NumberText.shown(String.join(", ", names));
  }

  /**
   * The index of a column given by its name in the header or by its number from 1; -1 if there is
   * none.
   */
  private int index(String column) {
    int named = names.indexOf(column);
    if (named != names.lastIndexOf(column)) {
      return -1; // ambiguous
    }
    boolean number = column.matches("[1-9][0-9]{0,8}");
    return named >= 0 ? named : number ? Integer.parseInt(column) - 1 : -1;
  }

  boolean isIgnored(int index, int count) {
    if (layout.ignoredColumns().isEmpty()) {
      return false;
    }
    if (count != ignoredCount) {
      ignored.clear();
      for (String column : layout.ignoredColumns()) {
        int at = column.equals("first") ? 0 : column.equals("last") ? count - 1 : index(column);
        ignored.add(at);
      }
      ignoredCount = count;
    }
    return ignored.contains(index);
  }

  /**
   * The remedy for a text that is not a number.
   *
   * @param names whether it is in the first row and most fields of that row are not numbers
   * @param first whether it is the first field of its row
   * @param last whether it is the last field of its row
   */
  String remedy(String text, boolean names, boolean first, boolean last) {
    if (HeaderRow.couldBeValue(text)) {
      return "";
    }
    if (names && layout.header() == null) {
      return "this looks like a header: --header";
    }
    boolean label = !layout.namesLabelColumn() && (last || (first && layout.unlabelled()));
    return label ? "is it the label? --label-column " + (first ? "first" : "last") : "";
  }

  /**
   * Whether a label consists of several numbers, which means that the line was split at the wrong
   * characters.
   */
  boolean looksLikeValues(String label) {
    if (label.indexOf(' ') < 0 && label.indexOf('\t') < 0) {
      return false;
    }
    String[] words = label.split("\\s+", -1);
    for (String word : words) {
      if (NumberText.number(word).isEmpty()) {
        return false;
      }
    }
    return words.length > 1;
  }
}
