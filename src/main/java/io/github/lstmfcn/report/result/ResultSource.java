package io.github.lstmfcn.report.result;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A source of results.
 *
 * @param name the name for the methods of the results; empty for their own names
 * @param path a file, or a folder that is searched at any depth
 */
public record ResultSource(String name, Path path) {
  /**
   * Parses {@code PATH} or {@code NAME=PATH}; a text that is an existing path is taken as {@code
   * PATH}.
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
