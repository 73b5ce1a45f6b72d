package io.github.lstmfcn.cli.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.Optional;

/** The functions of the C library that are used here. */
@SuppressWarnings("checkstyle:MethodName")
interface CLibrary extends Library {
  int isatty(int descriptor);

  int dup(int descriptor);

  int dup2(int from, int to);

  int open(String path, int flags);

  int close(int descriptor);

  int fcntl(int descriptor, int command);

  NativeLong write(int descriptor, byte[] bytes, NativeLong length);

  Pointer signal(int number, Pointer handler);

  /** The C library; empty on Windows, and where JNA cannot unpack its own library. */
  static Optional<CLibrary> load() {
    try {
      return Platform.isWindows()
          ? Optional.empty()
          : Optional.of(Native.load("c", CLibrary.class));
    } catch (LinkageError unavailable) {
      return Optional.empty();
    }
  }
}
