package io.github.lstmfcn.files;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Path;

/**
 * The exchange of two folders in one step, which Linux can do and Java has no method for. It needs
 * the optional library JNA.
 */
final class FolderExchange {
  private static final int CURRENT_FOLDER = -100;
  private static final int EXCHANGE = 2;

  private FolderExchange() {}

  /** The function of the C library that is used here. */
  interface CLibrary extends Library {
    int renameat2(int oldFolder, String oldPath, int newFolder, String newPath, int flags);
  }

  /**
   * Exchanges two folders on one file system.
   *
   * @param one the absolute path of one
   * @param other the absolute path of the other
   * @return whether they were exchanged; if not, nothing was changed
   */
  static boolean exchange(Path one, Path other) {
    try {
      if (!Platform.isLinux()) {
        return false;
      }
      CLibrary c = Native.load("c", CLibrary.class);
      return c.renameat2(CURRENT_FOLDER, "" + one, CURRENT_FOLDER, "" + other, EXCHANGE) == 0;
    } catch (LinkageError | RuntimeException withoutJna) {
      return false; // nor without the function, which glibc has since 2.28
    }
  }
}
