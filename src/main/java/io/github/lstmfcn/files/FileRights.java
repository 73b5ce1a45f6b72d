package io.github.lstmfcn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Permissions, owner and group of a file that takes the place of another. */
final class FileRights {

  private FileRights() {}

  /**
   * Gives a new file or folder the permissions of the one that it replaces, and its owner and group
   * as far as the process may. Does nothing where there are none.
   *
   * @throws IOException if the permissions cannot be read or set
   */
  static void copy(Path replaced, Path fresh) throws IOException {
    PosixFileAttributeView from =
        Files.getFileAttributeView(replaced, PosixFileAttributeView.class);
    PosixFileAttributeView to = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (from == null || to == null) {
      return;
    }
    PosixFileAttributes kept = from.readAttributes();
    PosixFileAttributes own = to.readAttributes();
    if (!kept.group().equals(own.group())) {
      ifPermitted(() -> to.setGroup(kept.group()));
    }
    if (!kept.owner().equals(own.owner())) {
      ifPermitted(() -> to.setOwner(kept.owner()));
    }
    to.setPermissions(kept.permissions()); // last: a change of the owner can remove permissions
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  private static void ifPermitted(Change change) {
    try {
      change.make();
    } catch (IOException onlyRootMay) {
      // The file then belongs to who wrote it, as any new one.
    }
  }
}
