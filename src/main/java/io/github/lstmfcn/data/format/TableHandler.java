package io.github.lstmfcn.data.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns the fields of delimited text into a label and values. If the label is the first field, or
 * there is none, this is done while the line is split, straight from the parser's buffer: no string
 * is created for a value, which makes reading fast. The first row, which may be a header, and the
 * rows of any other layout are processed as a whole.
 *
 * <p>Returns nothing for a blank line and for a header.
 */
final class TableHandler extends AbstractBaseCsvCallbackHandler<Optional<Row>> {
  private final char separator;
  private final TableColumns columns;
  private final DecimalPoint decimal;
  private final boolean commaPossible;
  private final SeriesBuilder series;
  private final FieldTexts fields = new FieldTexts();
  private boolean whole;
  private boolean first;
  private int column;
  private int firstEmpty;
  private String label;

  /**
   * Creates a handler.
   *
   * @param separator the separator of fields; blanks may be repeated, tabs and blanks may end a
   *     line
   */
  TableHandler(Place place, char separator, TableColumns columns, DecimalPoint decimal) {
    this.separator = separator;
    this.columns = columns;
    this.decimal = decimal;
    commaPossible = decimal.concerns(separator);
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
      takeWholeOrEmpty(text, start, end - start, quoted);
      return;
    }
    if (firstEmpty != 0) {
      throw emptyField(firstEmpty, false);
    }
    column++;
    take(text, start, end - start);
  }

  /** Handles a field of a row that is processed as a whole, or an empty field. */
  private void takeWholeOrEmpty(char[] text, int offset, int length, boolean quoted) {
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

  /**
   * Whether a character is white space; control characters are not, as they indicate binary data.
   */
  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }

  private void keep(char[] text, int offset, int length) {
    if (!fields.add(text, offset, length)) {
      throw series.error(
          "at most " + FieldTexts.LONGEST + " characters per line",
          "more",
          "is it text with one series per line?");
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
        "write NaN or ? where a value is missing, or use --empty-as-missing"
            + (last ? "; if the line ends with a separator, use --ignore-column last" : ""));
  }

  private void addValue(char[] text, int offset, int length, int at) {
    try {
      series.add(
          commaPossible
              ? decimal.value(text, offset, length)
              : NumberText.value(text, offset, length));
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
    label = series.label(commaPossible ? decimal.label(found) : found);
    if (label.isEmpty() || NumberText.isMissing(label)) {
      throw series.error(column, "a label", NumberText.shown(label), "");
    }
    if (columns.looksLikeValues(label) || (commaPossible && isCommaFraction(found))) {
      throw series.error(
          column,
          "a label",
          NumberText.shown(found),
          "which separator is meant? tabs, semicolons, commas or blanks, one kind per file;"
              + " --decimal-comma, --label-column");
    }
  }

  /**
   * Whether a label such as {@code 1,5} between semicolons could be two fields as well as a decimal
   * fraction.
   */
  private boolean isCommaFraction(String found) {
    return found.indexOf(',') >= 0
        && columns.layout().labelColumn() == null
        && !columns.layout().decimalComma()
        && NumberText.number(label).map(n -> n.stripTrailingZeros().scale() > 0).orElse(false);
  }
}
