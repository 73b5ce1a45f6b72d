package io.github.lstmfcn.report.result;

import java.io.IOException;
import java.nio.file.Path;

/** Where a file really is, whatever links and dots lead to it. */
final class RealPath {
  private RealPath() {}

  /** The real path of what exists, else the absolute one. */
  static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      return path.toAbsolutePath().normalize();
    }
  }
}
