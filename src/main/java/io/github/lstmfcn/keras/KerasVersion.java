package io.github.lstmfcn.keras;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as Keras writes it: {@code 2.0.8}, {@code 2.2.4-tf}.
 *
 * @param tensorFlow whether tf.keras wrote it under Keras' numbering
 */
record KerasVersion(int major, int minor, boolean tensorFlow) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*?(-tf)?");

  /** Reads a version; one that makes no sense is 0.0. */
  static KerasVersion parse(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches()
        ? new KerasVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            matcher.group(3) != null)
        : new KerasVersion(0, 0, false);
  }

  boolean isBefore(int otherMajor, int otherMinor) {
    return major < otherMajor || (major == otherMajor && minor < otherMinor);
  }
}
