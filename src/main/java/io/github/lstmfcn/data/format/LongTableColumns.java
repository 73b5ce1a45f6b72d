package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
  /** The maximum number of columns. */
  static final int MOST = SeriesBuilder.MOST_VARIABLES;

  /**
   * The columns that a header names.
   *
   * @param line the number of the header's line
   * @throws InvalidInputException if a column is missing or named twice
   */
  static LongTableColumns of(
      String header, Place place, long line, TableLayout layout, boolean labelled) {
    Separator separator = Separator.of(header);
    List<String> names = separator.fields(header, MOST);
    if (names.size() > MOST) {
      throw place.at(line, "at most " + MOST + " columns", "more", "");
    }
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (name.isEmpty() || !known.add(name)) {
        throw place.at(
            line,
            column + 1,
            "a name for each column",
            name.isEmpty() ? "an empty field" : NumberText.shown(name) + " again",
            "");
      }
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
    int named = index(names, "label");
    Set<Integer> ignored =
        layout.ignoredColumns().stream()
            .map(option -> column(option, names))
            .collect(Collectors.toSet());
    List<Integer> values = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      boolean spare = column == named && layout.unlabelled();
      if (column != series
          && column != step
          && column != label
          && !spare
          && !ignored.contains(column)) {
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
    int found = column(column, names);
    if (found >= 0) {
      return found;
    }
    throw new InvalidInputException(
        place.file(),
        "--label-column",
        "the name or number of one of the " + names.size() + " columns",
        NumberText.shown(column),
        "");
  }

  /** The index of the column that an option means: by name, number, first or last; else -1. */
  private static int column(String option, List<String> names) {
    int named = names.indexOf(option);
    if (named >= 0) {
      return named;
    }
    return switch (option) {
      case "first" -> 0;
      case "last" -> names.size() - 1;
      default -> {
        int number = option.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(option) : 0;
        yield number <= names.size() ? number - 1 : -1;
      }
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
