package io.github.lstmfcn.spark.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells whether a file has changed.
 *
 * @param length the number of bytes
 * @param modified when it was changed last, in milliseconds
 */
record FileState(long length, long modified) {
  /** The state of no file. */
  static final FileState NONE = new FileState(-1, 0);

  /** The state of a file of this machine. */
  static FileState of(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? new FileState(Files.size(file), Files.getLastModifiedTime(file).toMillis())
        : NONE;
  }
}
