package io.github.lstmfcn.data;

import io.github.lstmfcn.json.OrNull;
import java.util.List;
import java.util.Objects;

/**
 * How labelled series are laid out in a file, where its format leaves that open. A column is given
 * as {@code first} or {@code last}, by its number from 1, or by its name in the header.
 *
 * @param header whether the first row of delimited text is a header; null to detect a header that
 *     is unmistakable
 * @param labelColumn the column of the label, or {@code none}; null for the default of the format:
 *     the first column of delimited text, the nominal attribute of {@code .arff}
 * @param ignoredColumns the columns that are neither label nor value; null for none
 * @param decimalComma whether numbers have a decimal comma; if false, such numbers are read only
 *     between semicolons and where nothing contradicts it
 * @param emptyIsMissing whether an empty field of delimited text is a missing value rather than an
 *     error
 * @param axes the order of the axes of a NumPy array of multivariate series; null if it is not
 *     said, which is refused but for {@code X_train.npy} and {@code X_test.npy}, which have the
 *     variables first in the original code's data
 */
public record TableLayout(
    @OrNull Boolean header,
    @OrNull String labelColumn,
    List<String> ignoredColumns,
    boolean decimalComma,
    boolean emptyIsMissing,
    @OrNull AxisOrder axes) {
  static final String NONE = "none";

  /** The layout that is used unless another one is given. */
  public static final TableLayout STANDARD =
      new TableLayout(null, null, List.of(), false, false, null);

  /**
   * Copies the list of ignored columns; null stands for an empty list.
   *
   * @param header the component {@code header}
   * @param labelColumn the component {@code labelColumn}
   * @param ignoredColumns the component {@code ignoredColumns}
   * @param decimalComma the component {@code decimalComma}
   * @param emptyIsMissing the component {@code emptyIsMissing}
   * @param axes the component {@code axes}
   */
  public TableLayout {
    ignoredColumns = ignoredColumns == null ? List.of() : List.copyOf(ignoredColumns);
  }

  /**
   * A copy whose label column is {@code none}, unless a label column is given.
   *
   * @return the copy, or this layout if it gives a label column
   */
  public TableLayout unlabelledByDefault() {
    return labelColumn != null
        ? this
        : new TableLayout(header, NONE, ignoredColumns, decimalComma, emptyIsMissing, axes);
  }

  /** {@return whether the layout gives the column of the label} */
  public boolean namesLabelColumn() {
    return labelColumn != null && !unlabelled();
  }

  /** {@return whether the rows have no label} */
  public boolean unlabelled() {
    return Objects.equals(labelColumn, NONE);
  }
}
