package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines of bounded length, counted, that end as anywhere: with a line feed, a carriage return or
 * both. Takes no character behind a line's end before it is asked.
 */
public final class LineReader implements AutoCloseable {
  /** Bounds the memory on input without line ends. */
  private static final int LONGEST_LINE = 1 << 24;

  private final BufferedReader text;
  private final Path file;
  private final String prefix;
  private long lines;
  private String unread;

  /** Whether the last line ended with a carriage return, to which a line feed may belong. */
  private boolean returned;

  /**
   * @param file for messages, or null
   * @param prefix of a place in messages, see {@link Place}
   */
  public LineReader(BufferedReader text, Path file, String prefix) {
    this.text = text;
    this.file = file;
    this.prefix = prefix;
  }

  /** Lines read so far. */
  public long lines() {
    return lines;
  }

  /** Where the lines come from. */
  public Place place() {
    return new Place(file, prefix, 0);
  }

  /** Whether something can be read without waiting. */
  public boolean ready() throws IOException {
    if (returned && text.ready()) {
      text.mark(1);
      if (text.read() != '\n') {
        text.reset();
      }
      returned = false;
    }
    return text.ready();
  }

  /**
   * The next line without its end, or null.
   *
   * @throws InvalidInputException if it is longer than 16 Mi characters
   */
  public String next() throws IOException {
    if (unread != null) {
      String again = unread;
      unread = null;
      lines++;
      return again;
    }
    StringBuilder read = new StringBuilder();
    int first = text.read();
    if (returned && first == '\n') {
      first = text.read();
    }
    returned = false;
    for (int c = first; c != '\n' && !returned; c = returned ? c : text.read()) {
      if (c < 0) {
        lines += read.isEmpty() ? 0 : 1;
        return read.isEmpty() ? null : withoutMark(read);
      }
      if (read.length() == LONGEST_LINE) {
        throw place()
            .at(
                lines + 1,
                "at most " + LONGEST_LINE + " characters a line",
                "more",
                "is it text with one series a line?");
      }
      returned = c == '\r';
      if (!returned) {
        read.append((char) c);
      }
    }
    lines++;
    return withoutMark(read);
  }

  /** Has the last line read again; null for not. */
  public void unread(String line) {
    unread = line;
    lines -= line == null ? 0 : 1;
  }

  private String withoutMark(StringBuilder read) {
    return lines == 1 && !read.isEmpty() && read.charAt(0) == '\uFEFF'
        ? read.substring(1)
        : read.toString();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
