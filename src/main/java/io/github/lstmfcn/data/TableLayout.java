package io.github.lstmfcn.data;

import io.github.lstmfcn.json.OrNull;
import java.util.List;
import java.util.Objects;

/**
 * How labelled series are laid out in a file where its format leaves that open. A column is named
 * by {@code first}, {@code last}, its number from 1, or its name in the header.
 *
 * @param header whether the first row of delimited text has names; null to recognise one that is
 *     unmistakable
 * @param labelColumn the column of the label, or {@code none}; null for the format's own: the first
 *     column of delimited text, the nominal attribute of {@code .arff}
 * @param ignoredColumns columns that are neither label nor value
 * @param decimalComma whether numbers have a decimal comma; if false, such numbers are read only
 *     between semicolons and where nothing speaks against it
 * @param emptyIsMissing whether an empty field of delimited text is a missing value rather than an
 *     error
 */
public record TableLayout(
    @OrNull Boolean header,
    @OrNull String labelColumn,
    List<String> ignoredColumns,
    boolean decimalComma,
    boolean emptyIsMissing) {
  static final String NONE = "none";

  /** What every file is read with unless something else is said. */
  public static final TableLayout STANDARD = new TableLayout(null, null, List.of(), false, false);

  /** Copies the list; null is none. */
  public TableLayout {
    ignoredColumns = ignoredColumns == null ? List.of() : List.copyOf(ignoredColumns);
  }

  /** The same without labels, unless a column is named. */
  public TableLayout unlabelledByDefault() {
    return labelColumn != null
        ? this
        : new TableLayout(header, NONE, ignoredColumns, decimalComma, emptyIsMissing);
  }

  /** Whether the label's column was named. */
  public boolean namesLabel() {
    return labelColumn != null && !unlabelled();
  }

  public boolean unlabelled() {
    return Objects.equals(labelColumn, NONE);
  }
}
