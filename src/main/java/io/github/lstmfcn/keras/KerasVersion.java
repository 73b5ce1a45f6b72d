package io.github.lstmfcn.keras;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Keras as it is written in files: {@code 2.0.8}, {@code 2.2.4-tf}. */
record KerasVersion(int major, int minor) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

  /** Parses a version; an empty or invalid one becomes 0.0. */
  static KerasVersion parse(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.matches()
        ? new KerasVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new KerasVersion(0, 0);
  }

  boolean isKnown() {
    return major > 0;
  }

  boolean isBefore(int otherMajor, int otherMinor) {
    return major < otherMajor || (major == otherMajor && minor < otherMinor);
  }
}
