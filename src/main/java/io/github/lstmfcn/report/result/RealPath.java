package io.github.lstmfcn.report.result;

import java.io.IOException;
import java.nio.file.Path;

/** Resolves paths. */
final class RealPath {
  private RealPath() {}

  /** The real path of an existing file, without links and dots; else the absolute path. */
  static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path.toAbsolutePath().normalize();
    }
  }
}
