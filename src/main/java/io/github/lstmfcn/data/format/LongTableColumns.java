package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table with one line per step; indices count from 0.
 *
 * @param separator the separator of fields
 * @param names the names of all columns
 * @param series the column of the series
 * @param step the column of the step
 * @param label the column of the label; -1 if there is none
 * @param values the column of each variable
 * @param emptyIsMissing whether an empty field is a missing value rather than an error
 */
record LongTableColumns(
    Separator separator,
    List<String> names,
    int series,
    int step,
    int label,
    List<Integer> values,
    boolean emptyIsMissing) {

  /**
   * The columns that a header names.
   *
   * @param line the number of the header's line
   * @throws InvalidInputException if a column is missing or named twice
   */
  static LongTableColumns of(
      String header, Place place, long line, TableLayout layout, boolean labelled) {
    Separator separator = Separator.of(header);
    List<String> names = separator.fields(header);
    List<String> known = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (name.isEmpty() || known.stream().anyMatch(name::equalsIgnoreCase)) {
        throw place.at(
            line,
            column + 1,
            "a name for each column",
            name.isEmpty() ? "an empty field" : NumberText.shown(name) + " again",
            "");
      }
      known.add(name);
    }
    int series = index(names, "series");
    int step = index(names, "step");
    int label = label(names, layout, place);
    if (labelled && label < 0) {
      throw place.at(
          line,
          "columns series, step, label and one per variable",
          "no column label",
          "--label-column says which column has the label");
    }
    List<Integer> values = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      boolean spare = column == index(names, "label") && layout.unlabelled();
      if (column != series
          && column != step
          && column != label
          && !spare
          && !isIgnored(column, names, layout)) {
        values.add(column);
      }
    }
    if (values.isEmpty()) {
      throw place.at(line, "a column of values beside series and step", "none", "");
    }
    return new LongTableColumns(
        separator, names, series, step, label, values, layout.emptyIsMissing());
  }

  private static int index(List<String> names, String name) {
    for (int column = 0; column < names.size(); column++) {
      if (names.get(column).equalsIgnoreCase(name)) {
        return column;
      }
    }
    return -1;
  }

  private static int label(List<String> names, TableLayout layout, Place place) {
    if (layout.unlabelled()) {
      return -1;
    }
    String column = layout.labelColumn();
    if (column == null) {
      return index(names, "label");
    }
    for (int i = 0; i < names.size(); i++) {
      if (isNamed(column, i, names)) {
        return i;
      }
    }
    throw new InvalidInputException(
        place.file(),
        "--label-column",
        "the name or number of one of the " + names.size() + " columns",
        NumberText.shown(column),
        "");
  }

  private static boolean isIgnored(int column, List<String> names, TableLayout layout) {
    return layout.ignoredColumns().stream().anyMatch(name -> isNamed(name, column, names));
  }

  /** Whether an option means a column: its name, its number, or first or last. */
  private static boolean isNamed(String option, int column, List<String> names) {
    if (names.contains(option)) {
      return names.get(column).equals(option);
    }
    return switch (option) {
      case "first" -> column == 0;
      case "last" -> column == names.size() - 1;
      default -> option.equals(Integer.toString(column + 1));
    };
  }

  int size() {
    return names.size();
  }

  int variables() {
    return values.size();
  }

  /** The column of a variable. */
  int column(int variable) {
    return values.get(variable);
  }

  /** The name of a variable. */
  String name(int variable) {
    return NumberText.shown(names.get(column(variable)));
  }
}
