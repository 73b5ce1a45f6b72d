package io.github.lstmfcn.cli;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process's standard error, as native code sees it. */
final class StandardError {
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private StandardError() {}

  /** POSIX, as far as it is needed here. */
  @SuppressWarnings("checkstyle:MethodName")
  interface CLibrary extends Library {
    int isatty(int descriptor);

    int dup(int descriptor);

    int dup2(int from, int to);

    int open(String path, int flags);

    int close(int descriptor);
  }

  /** Whether a person looks at it; asked before {@link #silenceNativeCode}. */
  static boolean isTerminal() {
    return !Platform.isWindows() && c().isatty(STANDARD_ERROR) == 1;
  }

  private static CLibrary c() {
    return Native.load("c", CLibrary.class);
  }

  /**
   * Keeps out what native libraries log. TensorFlow writes through its own file descriptor, some of
   * it before any setting is read, so the descriptor itself is moved: Java's standard error keeps
   * the terminal, the native one goes nowhere. Does nothing where that does not work.
   */
  static void silenceNativeCode() {
    if (Platform.isWindows()) {
      return;
    }
    CLibrary c = c();
    int terminal = c.dup(STANDARD_ERROR);
    int nowhere = c.open("/dev/null", WRITE_ONLY);
    if (terminal < 0 || nowhere < 0) {
      return;
    }
    try {
      // The process's lifetime is the stream's.
      FileOutputStream stream = new FileOutputStream("/dev/fd/" + terminal, true);
      System.setErr(new PrintStream(stream, true, StandardCharsets.UTF_8));
      c.dup2(nowhere, STANDARD_ERROR);
      c.close(nowhere);
    } catch (FileNotFoundException noSuchFolder) {
      c.close(terminal);
    }
  }
}
