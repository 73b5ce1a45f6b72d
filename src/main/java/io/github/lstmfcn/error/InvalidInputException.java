package io.github.lstmfcn.error;

import io.github.lstmfcn.text.ShortText;
import io.github.lstmfcn.text.VisibleText;
import java.nio.file.Path;

/**
 * Input from the user that cannot be used: a file, a line of a file, a layer, an option.
 *
 * <p>The facts are fields; the message is one line made of them: {@code source: place: expected X,
 * found Y; remedy}, with control characters escaped ({@link VisibleText}). It has at most 480
 * characters: what is long in it is cut in the middle ({@link ShortText}).
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The maximum number of characters of a message; with the program's name it is below 500. */
  private final transient Path source;

  /** The line, column, layer or option within the source; empty for the whole of it. */
  private final String place;

  /** What would have been valid. */
  private final String expected;

  /** What was there instead. */
  private final String found;

  /** What the user can do about it; empty if that is obvious. */
  private final String remedy;

  /**
   * Creates an exception without a cause.
   *
   * @param source the file; null where the input was not a file
   * @param place the line, column, layer or option within the source; empty for the whole of it
   * @param expected what would have been valid
   * @param found what was there instead
   * @param remedy what the user can do about it; empty if that is obvious
   */
  public InvalidInputException(
      Path source, String place, String expected, String found, String remedy) {
    super(sentence(source, place, expected, found, remedy));
    this.source = source;
    this.place = place;
    this.expected = expected;
    this.found = found;
    this.remedy = remedy;
  }

  /**
   * Creates an exception with a cause.
   *
   * @param source the file; null where the input was not a file
   * @param place the line, column, layer or option within the source; empty for the whole of it
   * @param expected what would have been valid
   * @param found what was there instead
   * @param remedy what the user can do about it; empty if that is obvious
   * @param cause the exception that revealed the problem
   */
  public InvalidInputException(
      Path source, String place, String expected, String found, String remedy, Throwable cause) {
    this(source, place, expected, found, remedy);
    initCause(cause);
  }

  /**
   * A copy with another file as its source.
   *
   * @param file the file; null where the input was not a file
   * @return the copy, with this exception as its cause
   */
  public InvalidInputException of(Path file) {
    return new InvalidInputException(file, place, expected, found, remedy, this);
  }

  /**
   * The exception with the file that its place lies in.
   *
   * @param file the file; null if it is not known
   * @return a copy with the file as its source; this exception if it has a source already or the
   *     file is null
   */
  public InvalidInputException in(Path file) {
    return source == null && file != null ? of(file) : this;
  }

  /** {@return the file; null where the input was not a file} */
  public Path source() {
    return source;
  }

  /** {@return the line, column, layer or option within the source; empty for the whole of it} */
  public String place() {
    return place;
  }

  /** {@return what would have been valid} */
  public String expected() {
    return expected;
  }

  /** {@return what was there instead} */
  public String found() {
    return found;
  }

  /** {@return what the user can do about it; empty if that is obvious} */
  public String remedy() {
    return remedy;
  }

  private static String sentence(
      Path source, String place, String expected, String found, String remedy) {
    String[] parts = {
      source == null ? "" : source.toString(), place, expected, found, remedy,
    };
    for (int part = 0; part < parts.length; part++) {
      parts[part] = VisibleText.of(String.valueOf(parts[part]));
    }
    String line = sentence(parts);
    while (line.length() > ShortText.LONGEST_MESSAGE) {
      int longest = 0;
      for (int part = 0; part < parts.length; part++) {
        longest = parts[part].length() > parts[longest].length() ? part : longest;
      }
      int length = parts[longest].length();
      parts[longest] =
          ShortText.of(
              parts[longest],
              Math.max(2 * length / 3, length - line.length() + ShortText.LONGEST_MESSAGE));
      line = sentence(parts);
    }
    return line;
  }

  private static String sentence(String[] parts) {
    StringBuilder line = new StringBuilder();
    if (!parts[0].isEmpty()) {
      line.append(parts[0]).append(": ");
    }
    if (!parts[1].isEmpty()) {
      line.append(parts[1]).append(": ");
    }
    line.append("expected ").append(parts[2]).append(", found ").append(parts[3]);
    if (!parts[4].isEmpty()) {
      line.append("; ").append(parts[4]);
    }
    return line.toString();
  }
}
