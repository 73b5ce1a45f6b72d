package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Delimited text with one line per step of a series. Its header names the columns {@code series},
 * {@code step}, {@code label} (needed only where labels are) and one per variable, in any order.
 * The lines of a series stand together, and its steps count from 0 or from 1.
 *
 * <p>A row is complete when the next series begins or the text ends. What is wrong with a series is
 * thrown then, once.
 */
public final class LongTable implements RowParser {
  private static final String SERIES = "series";
  private static final String STEP = "step";
  private static final int LONGEST = 1 << 22;

  private final LongTableColumns columns;
  private final Place place;
  private final boolean labelled;
  private final DecimalPoint decimal;

  /** The series that have ended; kept only where the number of series is bounded by a file. */
  private final Set<String> ended = new HashSet<>();

  private Block block;
  private String last = "";
  private int firstStep = -1;

  private LongTable(LongTableColumns columns, Place place, TableLayout layout, boolean labelled) {
    this.columns = columns;
    this.place = place;
    this.labelled = labelled;
    decimal = new DecimalPoint(layout.decimalComma());
  }

  /** The lines of one series. */
  private static final class Block {
    private final String id;
    private final long line;
    private final float[][] values;
    private String label;
    private int step;
    private int steps;
    private InvalidInputException wrong;

    Block(String id, long line, int variables) {
      this.id = id;
      this.line = line;
      values = new float[variables][64];
    }
  }

  /** Whether a line has the names of the columns {@code series} and {@code step}. */
  static boolean isHeader(String line) {
    List<String> names = Separator.of(line).fields(line, LongTableColumns.MOST);
    return names.stream().anyMatch(SERIES::equalsIgnoreCase)
        && names.stream().anyMatch(STEP::equalsIgnoreCase);
  }

  /**
   * Reads the header and returns the parser of the lines.
   *
   * @param lines the lines of the text, from the first on
   * @param layout which column is the label and which are ignored
   * @param labelled whether labels are required
   * @return the parser
   * @throws IOException if the text cannot be read
   * @throws InvalidInputException if the header lacks a column
   */
  public static LongTable of(LineReader lines, TableLayout layout, boolean labelled)
      throws IOException {
    String header = lines.next();
    while (header != null && (header.isBlank() || TsHeader.isComment(header.strip()))) {
      header = lines.next();
    }
    String names = header == null ? "" : header.strip();
    LongTableColumns columns =
        LongTableColumns.of(names, lines.place(), lines.lines(), layout, labelled);
    return new LongTable(columns, lines.place(), layout, labelled);
  }

  @Override
  public Optional<Row> parse(String line, long number) {
    String content = line.strip();
    if (content.isEmpty() || content.startsWith("#")) {
      return Optional.empty();
    }
    List<String> fields = columns.separator().fields(line, columns.size());
    String id =
        columns.series() < fields.size()
            ? fields.get(columns.series())
            : block == null ? "" : block.id;
    Block before = block != null && !block.id.equals(id) ? block : null;
    if (block == null || before != null) {
      block = new Block(id, number, columns.variables());
    }
    if (block.wrong == null) {
      try {
        take(fields, number, before == null ? last : before.id);
      } catch (InvalidInputException wrong) {
        block.wrong = wrong;
      }
    }
    return before == null ? Optional.empty() : Optional.of(complete(before));
  }

  @Override
  public Optional<Row> end() {
    Block before = block;
    block = null;
    return before == null ? Optional.empty() : Optional.of(complete(before));
  }

  private Row complete(Block done) {
    last = done.id;
    if (labelled) {
      ended.add(done.id);
    }
    if (done.wrong != null) {
      throw done.wrong;
    }
    if (decimal.isAmbiguous()) {
      throw DelimitedText.ambiguous(place, done.line);
    }
    float[][] series = new float[done.values.length][];
    for (int variable = 0; variable < series.length; variable++) {
      series[variable] = Arrays.copyOf(done.values[variable], done.steps);
      if (Dataset.isMissing(series[variable])) {
        throw place.inVariable(
            done.line,
            variable + 1,
            "at least one value of " + columns.name(variable),
            "only missing values",
            "leave the series out");
      }
    }
    return new Row(done.line, done.label, series);
  }

  private void take(List<String> fields, long number, String previous) {
    if (fields.size() != columns.size()) {
      throw place.at(
          number,
          columns.size() + " fields, as the header has",
          fields.size() > columns.size() ? "more" : Integer.toString(fields.size()),
          "");
    }
    if (block.id.isEmpty()) {
      throw place.at(number, columns.series() + 1, "a series", "an empty field", "");
    }
    boolean first = block.line == number;
    if (first && ended.contains(block.id)) {
      throw place.at(
          number,
          "the lines of series " + NumberText.shown(block.id) + " together",
          "more of them after series " + NumberText.shown(previous),
          "sort the lines by series and step");
    }
    checkStep(fields.get(columns.step()), number, first);
    takeLabel(fields, number);
    if (block.steps == LONGEST) {
      throw place.at(number, "at most " + LONGEST + " steps", "more", "");
    }
    for (int variable = 0; variable < block.values.length; variable++) {
      if (block.steps == block.values[variable].length) {
        block.values[variable] = Arrays.copyOf(block.values[variable], 2 * block.steps);
      }
      int column = columns.column(variable);
      block.values[variable][block.steps] = value(fields.get(column), number, column + 1);
    }
    block.steps++;
  }

  private void checkStep(String text, long number, boolean first) {
    int found =
        NumberText.number(text)
            .filter(step -> step.stripTrailingZeros().scale() <= 0 && step.signum() >= 0)
            .filter(step -> step.precision() - step.scale() <= 9)
            .map(Number::intValue)
            .orElse(-1);
    int expected = first ? Math.max(firstStep, 0) : block.step + 1;
    boolean begins = first && firstStep < 0 && (found == 0 || found == 1);
    if (found != expected && !begins) {
      String wanted =
          !first
              ? "step " + expected + " after step " + block.step
              : firstStep < 0
                  ? "step 0 or 1 as the first"
                  : "step " + firstStep + " as the first, as in the series before";
      throw place.at(
          number,
          columns.step() + 1,
          wanted,
          NumberText.shown(text),
          "a series has one line per step, in their order");
    }
    firstStep = first ? found : firstStep;
    block.step = found;
  }

  private void takeLabel(List<String> fields, long number) {
    if (columns.label() < 0) {
      block.label = "";
      return;
    }
    int column = columns.label() + 1;
    String label = NumberText.label(fields.get(columns.label()));
    if (label.length() > LabelCheck.LONGEST) {
      throw place.at(number, column, LabelCheck.SHORT, NumberText.shown(label), "");
    }
    if (label.indexOf('\uFFFD') >= 0) {
      throw place.at(
          number, column, "a label in UTF-8", NumberText.shown(label), "save the file as UTF-8");
    }
    boolean missing = label.isEmpty() || NumberText.isMissing(label);
    if (missing && labelled) {
      throw place.at(number, column, "a label", NumberText.shown(label), "");
    }
    String found = missing ? "" : label;
    if (block.label != null && !block.label.equals(found)) {
      throw place.at(
          number,
          column,
          "label " + NumberText.shown(block.label) + ", as in the lines of the series before",
          NumberText.shown(label),
          "");
    }
    block.label = found;
  }

  private float value(String text, long number, int column) {
    if (text.isEmpty()) {
      if (columns.emptyIsMissing()) {
        return Float.NaN;
      }
      throw place.at(
          number,
          column,
          "a value",
          "an empty field",
          "write NaN or ? where a value is missing, or use --empty-as-missing");
    }
    char[] characters = text.toCharArray();
    try {
      return decimal.concerns(columns.separator().character())
          ? decimal.value(characters, 0, characters.length)
          : NumberText.value(characters, 0, characters.length);
    } catch (NumberFormatException e) {
      throw place.at(
          number,
          column,
          "a finite number, NaN or ?",
          NumberText.shown(text),
          decimal.remedy(text));
    }
  }
}
