package io.github.lstmfcn.table;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;

/** Text tables, as printed by the commands. */
public final class TextTable {

  private TextTable() {}

  /** A table with one row per element. */
  public static <T> String of(List<T> rows, List<ColumnData<T>> columns) {
    return AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, rows, columns);
  }

  /** A column of text. */
  public static Column left(String header) {
    return right(header).dataAlign(HorizontalAlign.LEFT);
  }

  /** A column of numbers. */
  public static Column right(String header) {
    return new Column().header(header).headerAlign(HorizontalAlign.LEFT);
  }
}
