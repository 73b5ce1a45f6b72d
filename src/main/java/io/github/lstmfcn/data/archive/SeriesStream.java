package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.format.DatasetFormat;
import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.LineReader;
import io.github.lstmfcn.data.format.NumpyKind;
import io.github.lstmfcn.data.format.Row;
import io.github.lstmfcn.data.format.RowParser;
import io.github.lstmfcn.data.format.TextFile;
import io.github.lstmfcn.data.format.TsFormat;
import io.github.lstmfcn.data.format.TsHeader;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A stream of series to be classified, from a file of any format that {@link DatasetFile} reads or
 * from a stream that may never end. Each series is returned as soon as it is complete. Labels, if
 * there are any, are skipped.
 *
 * <p>Delimited text has one series per line and no label, unless a {@link TableLayout} names the
 * label's column; values are separated by tabs, commas, semicolons or blanks, detected anew on each
 * line; {@code ?}, {@code NaN} and {@code NA} are missing values. Blank lines and lines that begin
 * with {@code #} are skipped. If the first line has numbers in front of a colon, every line is a
 * row of {@code .ts} with several variables; its last part is a label if it alone has no comma. The
 * stream holds one line in memory. After a line that was refused, {@link #next()} continues with
 * the following line.
 */
public final class SeriesStream implements Iterator<float[][]>, AutoCloseable {
  private final SeriesSource source;
  private final String sourceName;
  private Row waiting;
  private InvalidInputException refused;
  private long waitingLine;
  private long line;

  private SeriesStream(SeriesSource source, String sourceName) {
    this.source = source;
    this.sourceName = sourceName;
  }

  /**
   * {@return whether the text could contain labels without declaring them, as delimited text can}
   */
  public boolean mayContainLabels() {
    return source.isDelimited();
  }

  /**
   * Opens a stream over UTF-8 text with the standard layout; see {@link #open(InputStream, String,
   * TableLayout)}.
   *
   * @param in the text, which is closed with the stream
   * @param sourceName the name of the input in messages, as {@code stdin}
   * @return the stream, which the caller closes
   */
  public static SeriesStream open(InputStream in, String sourceName) {
    return open(in, sourceName, TableLayout.STANDARD);
  }

  /**
   * Opens a stream over UTF-8 text. Text that begins with {@code @} is {@code .ts} or {@code
   * .arff}.
   *
   * @param in the text, which is closed with the stream
   * @param sourceName the name of the input in messages, as {@code stdin}
   * @param layout the layout, where the format leaves it open
   * @return the stream, which the caller closes
   */
  public static SeriesStream open(InputStream in, String sourceName, TableLayout layout) {
    // Both readers return what is available and block only while nothing is.
    BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    LineReader lines = new LineReader(text, null, sourceName + ": ");
    return new SeriesStream(new Lines(lines, null, layout), sourceName);
  }

  /**
   * Opens a stream over the series of a file.
   *
   * @param file the file, or a pipe
   * @param layout the layout, where the format leaves it open
   * @param part the split to read, if a {@code .npz} contains both; null if it does not
   * @return the stream, which the caller closes
   * @throws InvalidInputException if the file cannot be read or does not have its format
   */
  public static SeriesStream open(Path file, TableLayout layout, Split part) {
    FileName name = FileName.of(file);
    try {
      if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
        return open(Files.newInputStream(file), file.toString(), layout); // a pipe
      }
      NumpyKind kind = NumpyKind.of(file, name.kind());
      if (kind != NumpyKind.NONE) {
        float[][][] series = NpyPair.series(file, part, layout.axes(), kind == NumpyKind.ARCHIVE);
        return new SeriesStream(new ArraySource(file, series), file.toString());
      }
      BufferedReader text = TextFile.open(file);
      try {
        DatasetFormat format = DatasetFormat.of(name.kind(), text);
        LineReader lines = new LineReader(text, file, "");
        return new SeriesStream(new Lines(lines, format.kind(), layout), file.toString());
      } catch (IOException | RuntimeException e) {
        text.close();
        throw e;
      }
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    } catch (OutOfMemoryError tooLarge) {
      throw TextFile.tooLarge(file, tooLarge);
    }
  }

  /**
   * Whether another series follows, including one that {@link #next()} will refuse; blocks until a
   * line is complete or the input ends.
   *
   * @throws InvalidInputException if the input cannot be read, its header is invalid, or a line is
   *     longer than 16 Mi characters
   */
  @Override
  public boolean hasNext() {
    if (waiting != null || refused != null) {
      return true;
    }
    long before = source.line();
    try {
      waiting = source.next();
    } catch (InvalidInputException wrong) {
      if (source.line() == before && !source.hasEnded()) {
        throw wrong; // nothing was read: there is no next line to go on with
      }
      refused = wrong;
    } catch (IOException e) {
      throw new InvalidInputException(
          null,
          sourceName + ": line " + (source.line() + 1),
          "readable input",
          FailureReason.of(e),
          "",
          e);
    } catch (OutOfMemoryError tooLarge) {
      throw new InvalidInputException(
          null,
          sourceName + ": line " + (source.line() + 1),
          "text that fits in the memory of Java",
          "more",
          "LSTMFCN_JAVA_OPTIONS=-Xmx8g allows 8 GiB",
          tooLarge);
    }
    waitingLine = waiting == null ? source.line() : waiting.line();
    return waiting != null || refused != null;
  }

  /**
   * The next series, float32 {@code [variable][step]}.
   *
   * @throws InvalidInputException if its line contains something other than numbers, or no number;
   *     the message names line and column. The next call continues with the following line.
   * @throws NoSuchElementException at the end of the input
   */
  @Override
  public float[][] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    line = waitingLine;
    if (refused != null) {
      InvalidInputException wrong = refused;
      refused = null;
      throw wrong;
    }
    float[][] series = waiting.values();
    waiting = null;
    return series;
  }

  /** {@return whether another series can probably be read without blocking} */
  public boolean ready() {
    try {
      return waiting != null || refused != null || source.ready();
    } catch (IOException e) {
      return false; // the next read says why
    }
  }

  /**
   * {@return the line, from 1, of the series that {@link #next()} returned or refused last; 0
   * before the first. The number of the series if the file has no lines}
   */
  public long line() {
    return line;
  }

  /**
   * {@return the place of the series that {@link #next()} returned or refused last: the input and
   * the line, or the number of the series if the file has no lines; the input alone before the
   * first}
   */
  public String place() {
    return line == 0 ? sourceName : sourceName + ": " + source.rowName() + " " + line;
  }

  /**
   * Closes the input.
   *
   * @throws InvalidInputException if the input cannot be closed
   */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new InvalidInputException(
          null, sourceName, "input that can be closed", FailureReason.of(e), "", e);
    }
  }

  /** The rows of a text. */
  private static final class Lines implements SeriesSource {
    private final LineReader lines;
    private final TableLayout layout;
    private DatasetFormat.Kind kind;
    private RowParser parser;
    private boolean headerRefused;
    private boolean ended;

    /**
     * @param kind the format of the text; null to detect it by the first line
     */
    Lines(LineReader lines, DatasetFormat.Kind kind, TableLayout layout) {
      this.lines = lines;
      this.kind = kind;
      this.layout = layout;
    }

    @Override
    public Row next() throws IOException {
      if (headerRefused) {
        return null;
      }
      if (parser == null && kind != null) {
        parser = parser();
      }
      for (String read = lines.next(); read != null; read = lines.next()) {
        if (parser == null && !read.isBlank() && !TsHeader.isComment(read.strip())) {
          kind = DatasetFormat.ofFirstLine(read);
          boolean header = kind != DatasetFormat.Kind.DELIMITED && kind != DatasetFormat.Kind.JSON;
          lines.unread(header ? read : null);
          parser =
              kind == DatasetFormat.Kind.DELIMITED && TsFormat.isRow(read)
                  ? TsFormat.ofRows(lines, read)
                  : parser();
          if (header) {
            continue;
          }
        }
        Optional<Row> row = parser == null ? Optional.empty() : parser.parse(read, lines.lines());
        if (row.isPresent()) {
          return row.get();
        }
      }
      ended = true;
      return parser == null ? null : parser.end().orElse(null);
    }

    private RowParser parser() throws IOException {
      try {
        return DatasetFile.parser(
            kind,
            lines,
            kind == DatasetFormat.Kind.DELIMITED ? layout.unlabelledByDefault() : layout,
            false);
      } catch (InvalidInputException wrong) {
        headerRefused = true; // no line behind it can be understood
        throw wrong;
      }
    }

    @Override
    public long line() {
      return lines.lines();
    }

    @Override
    public String rowName() {
      return "line";
    }

    @Override
    public boolean hasEnded() {
      return ended;
    }

    @Override
    public boolean ready() throws IOException {
      return lines.ready();
    }

    @Override
    public boolean isDelimited() {
      return kind == DatasetFormat.Kind.DELIMITED;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
