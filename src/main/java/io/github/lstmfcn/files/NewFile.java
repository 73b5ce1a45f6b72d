package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file in a folder that nobody sees before it is complete, as {@link AtomicFolder} writes it: it
 * needs no care of its own.
 */
public final class NewFile {

  private NewFile() {}

  /**
   * Writes a file.
   *
   * @param file the file
   * @param content writes it
   * @throws InvalidInputException if it cannot be written, with the system's reason
   */
  public static void write(Path file, AtomicFile.Content content) {
    try {
      content.writeTo(file);
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException failure) {
      throw new InvalidInputException(
          file, "", "a file that can be written", FailureReason.ofCreating(failure), "", failure);
    }
  }
}
