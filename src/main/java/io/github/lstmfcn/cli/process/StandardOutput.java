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

/** The standard output of the process, which unlike Java's own stores why a write failed. */
public final class StandardOutput extends OutputStream {
  /**
   * The exit code that a shell reports for a process ended by SIGPIPE: 128 plus the signal's
   * number.
   */
  static final int READER_HAS_GONE = 141;

  private final OutputStream stream;
  private IOException failure;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** The standard output of this process, which goes nowhere if the process got none. */
  public static StandardOutput of(StandardDescriptors descriptors) {
    return new StandardOutput(
        descriptors.output()
            ? new FileOutputStream(FileDescriptor.out)
            : OutputStream.nullOutputStream());
  }

  /** A writer that is flushed after every line. */
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
   * The exit code of a command, which is a failure if output could not be written.
   *
   * @param exitCode the exit code of the command itself
   * @param err receives a message if output could not be written, unless the reader has ended, as
   *     {@code head} does
   */
  public int exitCode(int exitCode, PrintWriter err) {
    if (failure == null) {
      return exitCode;
    }
    if (String.valueOf(failure.getMessage()).contains("Broken pipe")) {
      return exitCode == CommandLine.ExitCode.OK ? READER_HAS_GONE : exitCode;
    }
    err.println(
        ("lstmfcn: standard output: expected all output to be written, found %s; the output "
                + "is incomplete")
            .formatted(FailureReason.of(failure)));
    return exitCode == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : exitCode;
  }
}
