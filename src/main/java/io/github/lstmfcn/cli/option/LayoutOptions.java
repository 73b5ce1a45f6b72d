package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.TableLayout;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the layout of data files, where their format leaves it open. */
public final class LayoutOptions {
  @Option(
      names = "--header",
      negatable = true,
      description =
          "Whether the first row of delimited text has the names of the columns. Default: a first "
              + "row of names only is a header.")
  Boolean header;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "Column of the label in delimited text and .arff files: first, last, its number "
              + "counted from 1, its name, or none. Default: the first column, or the nominal "
              + "attribute; predict assumes that delimited text has none.")
  public String labelColumn;

  @Option(
      names = "--ignore-column",
      paramLabel = "COLUMN",
      description = "Column that is neither label nor value, such as an index; may be repeated.")
  List<String> ignoredColumns = List.of();

  @Option(
      names = "--decimal-comma",
      description =
          "Read numbers with a decimal comma. Recognised by itself in text separated by "
              + "semicolons where it is unambiguous.")
  boolean decimalComma;

  @Option(
      names = "--empty-as-missing",
      description = "Treat an empty field of delimited text as a missing value.")
  boolean emptyIsMissing;

  @Option(
      names = "--layout",
      paramLabel = "ORDER",
      converter = NamedValues.AxisOrders.class,
      completionCandidates = NamedValues.AxisOrders.class,
      description =
          "Order of the axes of a NumPy array of multivariate series: ${COMPLETION-CANDIDATES}. "
              + "Default: variables-first for X_train.npy and X_test.npy; other arrays are refused.")
  AxisOrder axes;

  /** The layout that the options describe. */
  public TableLayout layout() {
    return new TableLayout(header, labelColumn, ignoredColumns, decimalComma, emptyIsMissing, axes);
  }

  /** The layout for a file that always has labels. */
  TableLayout labelled() {
    String column = "none".equals(labelColumn) ? null : labelColumn;
    return new TableLayout(header, column, ignoredColumns, decimalComma, emptyIsMissing, axes);
  }
}
