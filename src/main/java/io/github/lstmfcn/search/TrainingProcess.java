package io.github.lstmfcn.search;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that trains one run. Its standard input is a pipe that stays open and ends with this
 * process, by which the other one notices that end. Its standard error goes to a file in the run's
 * folder: a pipe would be full at some time, and broken after this process.
 *
 * @param folder the folder of the run
 * @param process the process
 * @param startedNanos when it was started, by {@link System#nanoTime}
 */
record TrainingProcess(Path folder, Process process, long startedNanos) {
  private static final String ERRORS = "errors.txt";

  /** More than the last line of what a process prints. */
  private static final int TAIL_BYTES = 16_384;

  /**
   * Starts a process.
   *
   * @param environment variables beside those of this process
   * @throws InvalidInputException if the system cannot start it
   */
  static TrainingProcess start(Path folder, List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(folder.resolve(ERRORS).toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new TrainingProcess(folder, process, System.nanoTime());
    } catch (IOException e) {
      throw new InvalidInputException(
          folder, "", "a process that trains the run", FailureReason.of(e), "", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the process to stop after its epoch. */
  void stop() {
    process.destroy();
  }

  /** Whether the process has ended, other than with success. */
  boolean failed() {
    return !process.isAlive() && process.exitValue() != 0;
  }

  /** Seconds since the start. */
  double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /**
   * Why the process has failed: the last line that it printed on standard error, or else its exit
   * code; empty if it has not failed. Of a process that has not, nothing is left.
   */
  String reason() {
    if (!failed()) {
      discardErrors();
      return "";
    }
    return tail()
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((before, last) -> last)
        .map(line -> line.replaceFirst("^lstmfcn: ", ""))
        .orElse("its process ended with exit code " + process.exitValue());
  }

  /** Deletes what the process printed on standard error. */
  void discardErrors() {
    try {
      Files.deleteIfExists(folder.resolve(ERRORS));
    } catch (IOException stays) {
      // It is of no harm.
    }
  }

  private String tail() {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(ERRORS).toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(file.length(), TAIL_BYTES)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
