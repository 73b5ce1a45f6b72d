package io.github.lstmfcn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Unlabelled series from a stream that may never end, one a line, each handed out as soon as its
 * line is complete.
 *
 * <p>Values are separated by tabs, commas, semicolons or blanks, looked at anew on each line;
 * {@code ?} and {@code NaN} are missing. Blank lines and lines that begin with {@code #} are
 * skipped. Memory is that of one line. After a line that was refused, {@link #next()} goes on with
 * the line after it.
 */
public final class SeriesStream implements Iterator<float[]>, AutoCloseable {
  /** Bounds the memory on input without line ends. */
  private static final int LONGEST_LINE = 1 << 24;

  private final BufferedReader text;
  private final String sourceName;
  private final Map<Separator, Rows> splitters = new EnumMap<>(Separator.class);
  private String waiting;
  private long linesRead;
  private long line;

  private SeriesStream(BufferedReader text, String sourceName) {
    this.text = text;
    this.sourceName = sourceName;
    for (Separator separator : Separator.values()) {
      splitters.put(separator, new Rows(separator.character(), '"', '\0'));
    }
  }

  /**
   * A stream over UTF-8 text, which it closes when it is closed.
   *
   * @param sourceName how messages call the input, as {@code stdin}
   */
  public static SeriesStream open(InputStream in, String sourceName) {
    // Both readers hand on what is there and block only while there is nothing.
    return new SeriesStream(
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), sourceName);
  }

  /**
   * Whether another series follows; blocks until a line is complete or the input ends.
   *
   * @throws InvalidInputException if the input cannot be read, or a line is longer than 16 Mi
   *     characters
   */
  @Override
  public boolean hasNext() {
    try {
      while (waiting == null) {
        String read = readLine();
        if (read == null) {
          return false;
        }
        linesRead++;
        String content = (linesRead == 1 && read.startsWith("\uFEFF") ? read.substring(1) : read);
        if (!content.isBlank() && !content.stripLeading().startsWith("#")) {
          waiting = content.strip();
        }
      }
      return true;
    } catch (IOException e) {
      throw new InvalidInputException(
          null, sourceName + ": line " + (linesRead + 1), "readable input", e.toString(), "", e);
    }
  }

  /**
   * The next series, float32 [step].
   *
   * @throws InvalidInputException if its line has something other than numbers; names line and
   *     column
   * @throws NoSuchElementException at the end
   */
  @Override
  public float[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String content = waiting;
    waiting = null;
    line = linesRead;
    Separator separator = Separator.of(content);
    Place place = new Place(null, sourceName + ": ", line - 1);
    Optional<Row> row =
        splitters.get(separator).read(content, place, new Handler(place, separator));
    return row.orElseThrow(() -> place.at(1, "numbers", NumberText.shown(content), "")).values();
  }

  /** Whether another series can probably be had without waiting. */
  public boolean ready() {
    try {
      return waiting != null || text.ready();
    } catch (IOException e) {
      return false; // the next read says why
    }
  }

  /** The line of the series that {@link #next()} gave last, from 1; 0 before the first. */
  public long line() {
    return line;
  }

  /**
   * @throws InvalidInputException if the input cannot be closed
   */
  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw new InvalidInputException(
          null, sourceName, "input that can be closed", e.toString(), "", e);
    }
  }

  private String readLine() throws IOException {
    StringBuilder read = new StringBuilder();
    for (int c = text.read(); c != '\n'; c = text.read()) {
      if (c < 0) {
        return read.isEmpty() ? null : read.toString();
      }
      if (read.length() == LONGEST_LINE) {
        throw new InvalidInputException(
            null,
            sourceName + ": line " + (linesRead + 1),
            "at most " + LONGEST_LINE + " characters a line",
            "more",
            "is it text with one series a line?");
      }
      read.append((char) c);
    }
    return read.toString();
  }

  private static final class Handler extends RowHandler {
    Handler(Place place, Separator separator) {
      super(place, separator.character());
    }

    @Override
    void take(char[] text, int offset, int length) {
      addValue(text, offset, length);
    }

    @Override
    void check() {}
  }
}
