package io.github.lstmfcn.error;

import io.github.lstmfcn.text.VisibleText;
import java.nio.file.Path;

/**
 * Something that a user handed over cannot be used: a file, a line of it, a layer of it.
 *
 * <p>The facts are fields; the message is one line made of them: {@code source: place: expected X,
 * found Y; remedy}, with control characters escaped ({@link VisibleText}).
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path source;
  private final String place;
  private final String expected;
  private final String found;
  private final String remedy;

  /**
   * States the facts.
   *
   * @param source the file, or null where the input was not a file
   * @param place line, column, layer or option within it, or empty
   * @param expected what would have been right
   * @param found what was there
   * @param remedy what to do about it, or empty
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

  /** The same with the error that revealed it. */
  public InvalidInputException(
      Path source, String place, String expected, String found, String remedy, Throwable cause) {
    this(source, place, expected, found, remedy);
    initCause(cause);
  }

  /** The same of another file. */
  public InvalidInputException of(Path file) {
    return new InvalidInputException(file, place, expected, found, remedy, this);
  }

  /** The same in a file, which the place is in; unchanged if it has one already. */
  public InvalidInputException in(Path file) {
    return source == null && file != null ? of(file) : this;
  }

  /** The file, or null where the input was not a file. */
  public Path source() {
    return source;
  }

  /** Line, column, layer or option within the source; empty for the whole. */
  public String place() {
    return place;
  }

  /** What would have been right. */
  public String expected() {
    return expected;
  }

  /** What was there. */
  public String found() {
    return found;
  }

  /** What to do about it; empty where the rest says it. */
  public String remedy() {
    return remedy;
  }

  private static String sentence(
      Path source, String place, String expected, String found, String remedy) {
    StringBuilder line = new StringBuilder();
    if (source != null) {
      line.append(source).append(": ");
    }
    if (!place.isEmpty()) {
      line.append(place).append(": ");
    }
    line.append("expected ").append(expected).append(", found ").append(found);
    if (!remedy.isEmpty()) {
      line.append("; ").append(remedy);
    }
    return VisibleText.of(line.toString());
  }
}
