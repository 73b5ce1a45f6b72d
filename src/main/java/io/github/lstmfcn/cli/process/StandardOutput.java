package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.text.FailureReason;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The process's standard output. Java's own forgets why it could not be written. */
public final class StandardOutput extends OutputStream {
  /** As a shell reports a process that SIGPIPE ended: 128 and the signal's number. */
  static final int READER_HAS_GONE = 141;

  private final OutputStream stream;
  private IOException failure;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** That of this process. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /** Prints text, a line at a time. */
  public PrintWriter printer() {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(this, StandardCharsets.UTF_8)), true);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException unwritable) {
      failure = failure == null ? unwritable : failure;
      throw unwritable;
    }
  }

  /**
   * The exit code of a command all whose output had to arrive.
   *
   * @param exitCode of the command itself
   * @param err gets a line if something did not arrive, unless the reader has gone, as {@code head}
   *     does
   */
  public int exitCode(int exitCode, PrintWriter err) {
    if (failure == null) {
      return exitCode;
    }
    if (String.valueOf(failure.getMessage()).contains("Broken pipe")) {
      return exitCode == CommandLine.ExitCode.OK ? READER_HAS_GONE : exitCode;
    }
    err.println(
        "lstmfcn: standard output: expected to be written, found %s; what was printed is incomplete"
            .formatted(FailureReason.of(failure)));
    return exitCode == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : exitCode;
  }
}
