package io.github.lstmfcn.report.result;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where results are.
 *
 * @param name that its methods are to have; empty for their own
 * @param path a file or a folder, which is looked through in depth
 */
public record ResultSource(String name, Path path) {
  /**
   * {@code PATH} or {@code NAME=PATH}; what exists is a path.
   *
   * @throws IllegalArgumentException if there is no path
   */
  public static ResultSource parse(String text) {
    int sign = text.indexOf('=');
    if (sign <= 0 || Files.exists(Path.of(text))) {
      sign = -1;
    }
    String path = text.substring(sign + 1);
    if (path.isBlank()) {
      throw new IllegalArgumentException("expected a path, found none in '" + text + "'");
    }
    return new ResultSource(sign < 0 ? "" : text.substring(0, sign), Path.of(path));
  }
}
