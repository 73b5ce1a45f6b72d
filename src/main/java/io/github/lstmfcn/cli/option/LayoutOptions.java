package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.TableLayout;
import java.util.List;
import picocli.CommandLine.Option;

/** How files of data are laid out where their format leaves that open. */
public final class LayoutOptions {
  @Option(
      names = "--header",
      negatable = true,
      description =
          "Delimited text: the first row has the names of the columns, or it has not. Default: a row "
              + "of names alone is a header.")
  Boolean header;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "Delimited text and .arff: the column of the label: first, last, its number from 1, its "
              + "name, or none. Default: the first column, or the nominal attribute; predict takes "
              + "delimited text to have none.")
  public String labelColumn;

  @Option(
      names = "--ignore-column",
      paramLabel = "COLUMN",
      description = "A column that is neither label nor value, such as an index; may be repeated.")
  List<String> ignoredColumns = List.of();

  @Option(
      names = "--decimal-comma",
      description =
          "Numbers have a decimal comma. Recognised between semicolons where it is clear.")
  boolean decimalComma;

  @Option(
      names = "--empty-as-missing",
      description = "An empty field of delimited text is a missing value.")
  boolean emptyIsMissing;

  /** What was asked for. */
  public TableLayout layout() {
    return new TableLayout(header, labelColumn, ignoredColumns, decimalComma, emptyIsMissing);
  }

  /** The same for a file that has labels in any case. */
  TableLayout labelled() {
    String column = "none".equals(labelColumn) ? null : labelColumn;
    return new TableLayout(header, column, ignoredColumns, decimalComma, emptyIsMissing);
  }
}
