package io.github.lstmfcn.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file's name tells.
 *
 * @param set the stem, without {@code _TRAIN} or {@code _TEST}
 * @param split which half, if the name says so
 */
record FileName(String set, Optional<Split> split, Kind kind, boolean zipped) {

  /** The formats in the order in which an archive prefers them. */
  enum Kind {
    TSV(Era.ARCHIVE_2018),
    BARE(Era.ARCHIVE_2015),
    TS(Era.OTHER),
    ARFF(Era.OTHER),
    DELIMITED(Era.OTHER);

    private final Era era;

    Kind(Era era) {
      this.era = era;
    }

    Era era() {
      return era;
    }

    private static Kind ofExtension(String extension) {
      return switch (extension.toLowerCase(Locale.ROOT)) {
        case ".tsv" -> TSV;
        case ".ts" -> TS;
        case ".arff" -> ARFF;
        case ".csv", ".txt" -> DELIMITED;
        default -> BARE;
      };
    }
  }

  private static final Pattern PARTS =
      Pattern.compile(
          "(?<set>.+?)(_(?<split>TRAIN|TEST))?(?<extension>\\.(tsv|ts|arff|csv|txt))?(?<zip>\\.gz)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  static FileName of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    Matcher parts = PARTS.matcher(name);
    if (!parts.matches()) {
      return new FileName(name, Optional.empty(), Kind.BARE, false);
    }
    String split = parts.group("split");
    String extension = parts.group("extension");
    return new FileName(
        parts.group("set"),
        Optional.ofNullable(split).map(s -> Split.valueOf(s.toUpperCase(Locale.ROOT))),
        Kind.ofExtension(extension == null ? "" : extension),
        parts.group("zip") != null);
  }
}
