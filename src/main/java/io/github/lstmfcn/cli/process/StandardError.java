package io.github.lstmfcn.cli.process;

import com.sun.jna.NativeLong;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The standard error of the process at the level of file descriptors. */
public final class StandardError {
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private StandardError() {}

  /** Whether standard error is a terminal; to be called before {@link #silenceNativeCode}. */
  public static boolean isTerminal() {
    return CLibrary.load().map(c -> c.isatty(STANDARD_ERROR) == 1).orElse(false);
  }

  /**
   * Suppresses the log of native libraries. TensorFlow writes to the file descriptor itself, in
   * part before it reads any setting. Therefore the descriptor is redirected to {@code /dev/null},
   * and Java's standard error writes to a duplicate of the original one. Does nothing where this is
   * not possible.
   */
  public static void silenceNativeCode() {
    CLibrary.load().ifPresent(StandardError::silenceNativeCode);
  }

  private static void silenceNativeCode(CLibrary c) {
    int terminal = c.dup(STANDARD_ERROR);
    int nowhere = c.open("/dev/null", WRITE_ONLY);
    if (terminal < 0 || nowhere < 0) {
      return;
    }
    System.setErr(new PrintStream(new Descriptor(c, terminal), true, StandardCharsets.UTF_8));
    c.dup2(nowhere, STANDARD_ERROR);
    c.close(nowhere);
  }

  /**
   * Writes to a file descriptor. Opening the file again would give a second position, which would
   * overwrite what standard output writes to the same file; a socket could not be opened at all.
   */
  private static final class Descriptor extends OutputStream {
    private final CLibrary c;
    private final int number;

    Descriptor(CLibrary c, int number) {
      this.c = c;
      this.number = number;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        byte[] rest = Arrays.copyOfRange(bytes, offset + done, offset + length);
        int written = c.write(number, rest, new NativeLong(rest.length)).intValue();
        if (written <= 0) {
          throw new IOException("standard error cannot be written");
        }
        done += written;
      }
    }
  }
}
