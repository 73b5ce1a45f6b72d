package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads lines of bounded length and counts them. A line ends with a line feed, a carriage return or
 * both. No character after the end of a line is read before the next line is requested.
 */
public final class LineReader implements AutoCloseable {
  /**
   * The maximum number of characters of a line, which bounds the memory on input without line ends.
   */
  private static final int LONGEST_LINE = 1 << 24;

  private final BufferedReader text;
  private final Path file;
  private final String prefix;
  private long lines;
  private String unread;

  /** Whether the last line ended with a carriage return, which a line feed may follow. */
  private boolean returned;

  /**
   * Creates a reader.
   *
   * @param text the text, which is closed with the reader
   * @param file the file, for messages; null if the text is not from a file
   * @param prefix what precedes the line number in messages, see {@link Place}
   */
  public LineReader(BufferedReader text, Path file, String prefix) {
    this.text = text;
    this.file = file;
    this.prefix = prefix;
  }

  /** {@return the number of lines read so far} */
  public long lines() {
    return lines;
  }

  /** {@return where the lines come from} */
  public Place place() {
    return new Place(file, prefix, 0);
  }

  /**
   * {@return whether a character can be read without blocking}
   *
   * @throws IOException if the text cannot be read
   */
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
   * {@return the next line without its end; null at the end of the text}
   *
   * @throws IOException if the text cannot be read
   * @throws InvalidInputException if the line is longer than 16 Mi characters
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
                "at most " + LONGEST_LINE + " characters per line",
                "more",
                "is it text with one series per line?");
      }
      returned = c == '\r';
      if (!returned) {
        read.append((char) c);
      }
    }
    lines++;
    return withoutMark(read);
  }

  /**
   * Returns the last line, so that it is read again.
   *
   * @param line the line; null to return none
   */
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
