package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.text.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Escapes what would act on a terminal in all that a command prints, since names and labels come
 * from files. Only tabs and line ends are passed on. An escape is as in JSON, so that JSON keeps
 * its meaning.
 */
public final class VisibleWriter extends Writer {
  private final PrintWriter to;
  private final boolean redraws;

  /** A character that depends on the next one: a carriage return or half a character. */
  private int pending = -1;

  /**
   * Creates a writer.
   *
   * @param redraws whether a carriage return alone is passed on, as a progress line needs it
   */
  public VisibleWriter(PrintWriter to, boolean redraws) {
    super(to);
    this.to = to;
    this.redraws = redraws;
  }

  /** A writer that is flushed after every line. */
  public static PrintWriter printer(PrintWriter to, boolean redraws) {
    return new PrintWriter(new VisibleWriter(to, redraws), true);
  }

  @Override
  public void write(char[] text, int offset, int length) {
    int from = offset;
    for (int at = offset; at < offset + length; at++) {
      if (pending >= 0 || !isPlain(text[at])) {
        to.write(text, from, at - from);
        take(text[at]);
        from = at + 1;
      }
    }
    to.write(text, from, offset + length - from);
  }

  private static boolean isPlain(char character) {
    return character == '\n'
        || character == '\t'
        || !(VisibleText.isActive(character) || Character.isSurrogate(character));
  }

  private void take(char character) {
    int before = pending;
    pending = -1;
    if (before >= 0 && Character.isLowSurrogate(character) && before != '\r') {
      to.write(before);
      to.write(character);
      return;
    }
    if (before == '\r' && (character == '\n' || redraws)) {
      to.write(before);
    } else if (before >= 0) {
      to.write(VisibleText.escaped((char) before));
    }
    if (character == '\r' || Character.isHighSurrogate(character)) {
      pending = character;
    } else {
      to.write(isPlain(character) ? String.valueOf(character) : VisibleText.escaped(character));
    }
  }

  @Override
  public void flush() throws IOException {
    if (pending == '\r' && redraws) {
      to.write(pending);
      pending = -1;
    }
    if (to.checkError()) {
      throw new IOException("output cannot be written");
    }
  }

  @Override
  public void close() throws IOException {
    if (pending >= 0) {
      take('\n');
    }
    flush();
  }
}
