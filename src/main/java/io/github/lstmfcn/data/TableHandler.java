package io.github.lstmfcn.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns the fields of delimited text into a label and values. Where the label is first, or there is
 * none, that is done while they are split, straight from the splitter's buffer: no text of a value
 * is ever made, which is what makes reading fast. The first row, which may be a header, and rows of
 * any other layout are looked at as a whole.
 *
 * <p>Gives nothing for a blank line and for a header.
 */
final class TableHandler extends AbstractBaseCsvCallbackHandler<Optional<Row>> {
  private final char separator;
  private final TableColumns columns;
  private final DecimalPoint decimal;
  private final boolean marked;
  private final SeriesBuilder series;
  private final List<Field> fields = new ArrayList<>();
  private char[] texts = {};
  private int textsEnd;
  private boolean whole;
  private boolean first;
  private int column;
  private int firstEmpty;
  private String label;

  /** A field of a row that is looked at as a whole. */
  private record Field(int offset, int length) {}

  /**
   * @param separator blanks may repeat; tabs and blanks may end a line
   */
  TableHandler(Place place, char separator, TableColumns columns, DecimalPoint decimal) {
    this.separator = separator;
    this.columns = columns;
    this.decimal = decimal;
    marked = decimal.concerns(separator);
    series = new SeriesBuilder(place);
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    series.begin(startingLineNumber);
    whole = !columns.areSettled();
    first = !columns.haveBegun();
    fields.clear();
    textsEnd = 0;
    column = 0;
    firstEmpty = 0;
    label = null;
  }

  @Override
  protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
    int start = offset;
    int end = offset + length;
    while (start < end && isWhite(text[start])) {
      start++;
    }
    while (start < end && isWhite(text[end - 1])) {
      end--;
    }
    if (start == end && !quoted && separator == ' ') {
      return;
    }
    column++;
    if (start == end && !quoted && firstEmpty == 0) {
      firstEmpty = column;
    }
    if (whole) {
      keep(text, start, end - start);
    } else if (start < end || quoted) {
      if (firstEmpty != 0) {
        throw emptyField(firstEmpty, false);
      }
      take(text, start, end - start);
    }
  }

  /** Control characters are not: they are what binary data has. */
  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }

  private void keep(char[] text, int offset, int length) {
    if (textsEnd + length > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(2 * texts.length, textsEnd + length + 1024));
    }
    System.arraycopy(text, offset, texts, textsEnd, length);
    fields.add(new Field(textsEnd, length));
    textsEnd += length;
  }

  private void take(char[] text, int offset, int length) {
    if (label == null && !columns.layout().isUnlabelled()) {
      setLabel(text, offset, length);
    } else {
      addValue(text, offset, length, column);
    }
  }

  @Override
  protected Optional<Row> buildRecord() {
    boolean blank = column == 0 || (firstEmpty == 1 && (column == 1 || separator == '\t'));
    if (blank && (column <= 1 || !whole || areAllEmpty())) {
      return Optional.empty();
    }
    if (whole) {
      return fromFields();
    }
    if (firstEmpty != 0 && separator != '\t') {
      throw emptyField(firstEmpty, firstEmpty == column);
    }
    return Optional.of(row());
  }

  private boolean areAllEmpty() {
    return fields.stream().allMatch(field -> field.length() == 0);
  }

  private Optional<Row> fromFields() {
    int count = fields.size();
    while (separator == '\t' && count > 0 && fields.get(count - 1).length() == 0) {
      count--;
    }
    if (columns.isHeader(count, this::text, series)) {
      return Optional.empty();
    }
    columns.check(count, series);
    int labelAt = columns.label(count, series);
    for (int i = 0; i < count; i++) {
      Field field = fields.get(i);
      column = i + 1;
      if (columns.isIgnored(i, count)) {
        continue;
      }
      if (field.length() == 0 && (i == labelAt || !columns.layout().emptyIsMissing())) {
        throw emptyField(i + 1, i == fields.size() - 1 && i != labelAt);
      }
      if (i == labelAt) {
        setLabel(texts, field.offset(), field.length());
      } else if (field.length() == 0) {
        series.add(Float.NaN);
      } else {
        addValue(texts, field.offset(), field.length(), i + 1);
      }
    }
    return Optional.of(row());
  }

  private String text(int index) {
    Field field = fields.get(index);
    return new String(texts, field.offset(), field.length());
  }

  private Row row() {
    if (series.count() == 0) {
      String only = label == null ? "" : label;
      Separator other = Separator.of(only);
      throw series.error(
          "a label and values separated by " + Separator.plural(separator),
          only.isEmpty() ? "neither" : "only " + NumberText.shown(only),
          other == Separator.BLANK ? "" : "the line has " + other.plural());
    }
    return series.row(label == null ? "" : label);
  }

  private InvalidInputException emptyField(int at, boolean last) {
    return series.error(
        at,
        "a value",
        "an empty field",
        "write NaN or ? where a value is missing, or read it so with --empty-as-missing"
            + (last ? "; --ignore-column last leaves out what a separator ends" : ""));
  }

  private void addValue(char[] text, int offset, int length, int at) {
    try {
      series.add(
          marked ? decimal.value(text, offset, length) : NumberText.value(text, offset, length));
    } catch (NumberFormatException e) {
      String found = new String(text, offset, length);
      String remedy = decimal.remedy(found);
      throw series.error(
          at,
          "a finite number, NaN or ?",
          NumberText.shown(found),
          remedy.isEmpty() ? columns.remedy(found, first, at == fields.size()) : remedy);
    }
  }

  private void setLabel(char[] text, int offset, int length) {
    String found = new String(text, offset, length);
    label = series.label(marked ? decimal.label(found) : found);
    if (label.isEmpty() || NumberText.isMissing(label)) {
      throw series.error(column, "a label", NumberText.shown(label), "");
    }
    if (columns.looksLikeValues(label) || (marked && isCommaFraction(found))) {
      throw series.error(
          column,
          "a label",
          NumberText.shown(found),
          "which separator is meant? tabs, semicolons, commas or blanks, one kind per file;"
              + " --decimal-comma, --label-column");
    }
  }

  /** Between semicolons, {@code 1,5} can be two fields as well as a fraction. */
  private boolean isCommaFraction(String found) {
    return found.indexOf(',') >= 0
        && columns.layout().labelColumn() == null
        && !columns.layout().decimalComma()
        && NumberText.number(label).map(n -> n.stripTrailingZeros().scale() > 0).orElse(false);
  }
}
