package io.github.lstmfcn.report;

import java.nio.file.Path;

/**
 * Where results are.
 *
 * @param name that its methods are to have; empty for their own
 * @param path a file or a folder, which is looked through in depth
 */
public record ResultSource(String name, Path path) {
  /** {@code PATH} or {@code NAME=PATH}. */
  public static ResultSource parse(String text) {
    int sign = text.indexOf('=');
    boolean named = sign > 0 && text.lastIndexOf('/', sign) < 0;
    return named
        ? new ResultSource(text.substring(0, sign), Path.of(text.substring(sign + 1)))
        : new ResultSource("", Path.of(text));
  }
}
