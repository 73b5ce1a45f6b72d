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
import io.github.lstmfcn.data.format.TsHeader;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.Reason;
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
 * Series to be classified, each handed out as soon as it is complete, from a file of any format
 * that {@link DatasetFile} reads or from a stream that may never end. Labels, where there are any,
 * are left out.
 *
 * <p>Delimited text has a series per line and no label, unless a {@link TableLayout} names its
 * column; values are separated by tabs, commas, semicolons or blanks, looked at anew on each line;
 * {@code ?}, {@code NaN} and {@code NA} are missing. Blank lines and lines that begin with {@code
 * #} are skipped. Memory is that of one line. After a line that was refused, {@link #next()} goes
 * on with the line after it.
 */
public final class SeriesStream implements Iterator<float[]>, AutoCloseable {
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

  /** Whether the text does not tell by itself if there are labels in it. */
  public boolean couldHaveLabels() {
    return source.isDelimited();
  }

  /** {@link #open(InputStream, String, TableLayout)} with the standard layout. */
  public static SeriesStream open(InputStream in, String sourceName) {
    return open(in, sourceName, TableLayout.STANDARD);
  }

  /**
   * A stream over UTF-8 text, which it closes when it is closed. Text that begins with {@code @} is
   * {@code .ts} or {@code .arff}.
   *
   * @param sourceName how messages call the input, as {@code stdin}
   */
  public static SeriesStream open(InputStream in, String sourceName, TableLayout layout) {
    // Both readers hand on what is there and block only while there is nothing.
    BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    LineReader lines = new LineReader(text, null, sourceName + ": ");
    return new SeriesStream(new Lines(lines, null, layout), sourceName);
  }

  /**
   * The series of a file.
   *
   * @param layout where the format leaves something open
   * @param part which, where a {@code .npz} has both; null if that is not said
   * @throws InvalidInputException if it cannot be read or is not of its format
   */
  public static SeriesStream open(Path file, TableLayout layout, Split part) {
    FileName name = FileName.of(file);
    try {
      if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
        return open(Files.newInputStream(file), file.toString(), layout); // a pipe
      }
      NumpyKind kind = NumpyKind.of(file, name.kind());
      if (kind != NumpyKind.NONE) {
        float[][] series = NpyPair.series(file, part, kind == NumpyKind.ARCHIVE);
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
    }
  }

  /**
   * Whether another series follows, be it one that {@link #next()} refuses; blocks until a line is
   * complete or the input ends.
   *
   * @throws InvalidInputException if the input cannot be read, its header is wrong, or a line is
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
      if (source.line() == before) {
        throw wrong; // nothing was read: there is no next line to go on with
      }
      refused = wrong;
    } catch (IOException e) {
      throw new InvalidInputException(
          null,
          sourceName + ": line " + (source.line() + 1),
          "readable input",
          Reason.of(e),
          "",
          e);
    }
    waitingLine = source.line();
    return waiting != null || refused != null;
  }

  /**
   * The next series, float32 [step].
   *
   * @throws InvalidInputException if its line has something other than numbers, or none; names line
   *     and column. The line is then behind.
   * @throws NoSuchElementException at the end
   */
  @Override
  public float[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    line = waitingLine;
    if (refused != null) {
      InvalidInputException wrong = refused;
      refused = null;
      throw wrong;
    }
    float[] series = waiting.values();
    waiting = null;
    return series;
  }

  /** Whether another series can probably be had without waiting. */
  public boolean ready() {
    try {
      return waiting != null || refused != null || source.ready();
    } catch (IOException e) {
      return false; // the next read says why
    }
  }

  /**
   * The line of the series that {@link #next()} gave or refused last, from 1; 0 before the first.
   * Its number where the file has no lines.
   */
  public long line() {
    return line;
  }

  /** Where the series stood that {@link #next()} gave or refused last: the input and its line. */
  public String place() {
    return sourceName + ": line " + line;
  }

  /**
   * @throws InvalidInputException if the input cannot be closed
   */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new InvalidInputException(
          null, sourceName, "input that can be closed", Reason.of(e), "", e);
    }
  }

  /** Rows of text. */
  private static final class Lines implements SeriesSource {
    private final LineReader lines;
    private final TableLayout layout;
    private DatasetFormat.Kind kind;
    private RowParser parser;
    private boolean headerRefused;

    /**
     * @param kind of the text; null to see it by the first line
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
          boolean directive = read.strip().startsWith("@");
          kind = directive ? DatasetFormat.ofDirective(read.strip()) : DatasetFormat.Kind.DELIMITED;
          lines.unread(directive ? read : null);
          parser = parser();
          if (directive) {
            continue;
          }
        }
        Optional<Row> row = parser == null ? Optional.empty() : parser.parse(read, lines.lines());
        if (row.isPresent()) {
          return row.get();
        }
      }
      return null;
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
