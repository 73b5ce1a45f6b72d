package io.github.lstmfcn.data.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.Optional;
import java.util.stream.IntStream;

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
  private final FieldTexts fields = new FieldTexts();
  private boolean whole;
  private boolean first;
  private int column;
  private int firstEmpty;
  private String label;

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
    if (whole || start == end) {
      takeRare(text, start, end - start, quoted);
      return;
    }
    if (firstEmpty != 0) {
      throw emptyField(firstEmpty, false);
    }
    column++;
    take(text, start, end - start);
  }

  /** A field of a row that is looked at as a whole, or an empty one. */
  private void takeRare(char[] text, int offset, int length, boolean quoted) {
    boolean empty = length == 0 && !quoted;
    if (empty && separator == ' ') {
      return;
    }
    column++;
    if (whole) {
      keep(text, offset, length);
    } else if (!empty) {
      if (firstEmpty != 0) {
        throw emptyField(firstEmpty, false);
      }
      take(text, offset, length);
    }
    firstEmpty = empty && firstEmpty == 0 ? column : firstEmpty;
  }

  /** Control characters are not: they are what binary data has. */
  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }

  private void keep(char[] text, int offset, int length) {
    if (!fields.add(text, offset, length)) {
      throw series.error(
          "at most " + FieldTexts.LONGEST + " characters a line",
          "more",
          "is it text with one series a line?");
    }
  }

  private void take(char[] text, int offset, int length) {
    if (label == null && !columns.layout().unlabelled()) {
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
    return IntStream.range(0, fields.size()).allMatch(i -> fields.length(i) == 0);
  }

  private Optional<Row> fromFields() {
    int count = fields.size();
    while (separator == '\t' && count > 0 && fields.length(count - 1) == 0) {
      count--;
    }
    if (columns.isHeader(count, fields::text, series)) {
      return Optional.empty();
    }
    columns.check(count, series);
    int labelAt = columns.label(count, series);
    for (int i = 0; i < count; i++) {
      column = i + 1;
      if (columns.isIgnored(i, count)) {
        continue;
      }
      if (fields.length(i) == 0 && (i == labelAt || !columns.layout().emptyIsMissing())) {
        throw emptyField(i + 1, i == fields.size() - 1 && i != labelAt);
      }
      if (i == labelAt) {
        setLabel(fields.characters(), fields.offset(i), fields.length(i));
      } else if (fields.length(i) == 0) {
        series.add(Float.NaN);
      } else {
        addValue(fields.characters(), fields.offset(i), fields.length(i), i + 1);
      }
    }
    return Optional.of(row());
  }

  private boolean areMostlyNames() {
    long names =
        IntStream.range(0, fields.size())
            .filter(i -> !HeaderRow.couldBeValue(fields.text(i)))
            .count();
    return 2 * names > fields.size();
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
          remedy.isEmpty()
              ? columns.remedy(found, first && areMostlyNames(), at == 1, at == fields.size())
              : remedy);
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
