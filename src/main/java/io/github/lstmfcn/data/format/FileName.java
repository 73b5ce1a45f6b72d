package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file tells about its content.
 *
 * @param set the name of the dataset: the stem without {@code _TRAIN} or {@code _TEST}; for {@code
 *     X_train.npy} and {@code train.csv}, the name of the folder
 * @param split the split, if the name states it
 * @param kind the format
 * @param zipped whether the file is compressed ({@code .gz})
 */
public record FileName(String set, Optional<Split> split, Kind kind, boolean zipped) {

  /** The formats, in the order in which an archive prefers them. */
  public enum Kind {
    TSV(Era.ARCHIVE_2018),
    BARE(Era.ARCHIVE_2015),
    TS(Era.OTHER),
    ARFF(Era.OTHER),
    DELIMITED(Era.OTHER),
    NPZ(Era.OTHER),
    NPY(Era.OTHER);

    private final Era era;

    Kind(Era era) {
      this.era = era;
    }

    /** The archive that files of this format come from. */
    public Era era() {
      return era;
    }

    private static Kind ofExtension(String extension) {
      return switch (extension.toLowerCase(Locale.ROOT)) {
        case ".tsv" -> TSV;
        case ".ts" -> TS;
        case ".arff" -> ARFF;
        case ".csv", ".txt" -> DELIMITED;
        case ".npy" -> NPY;
        case ".npz" -> NPZ;
        default -> BARE;
      };
    }
  }

  private static final Pattern PARTS =
      Pattern.compile(
          "(?<set>.+?)(_(?<split>TRAIN|TEST))?(?<extension>\\.(tsv|ts|arff|csv|txt|npy|npz))?(?<zip>\\.gz)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Parses the name of a file, which need not exist. */
  public static FileName of(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    Matcher parts = PARTS.matcher(name);
    if (!parts.matches()) {
      return new FileName(name, Optional.empty(), Kind.BARE, false);
    }
    String split = parts.group("split");
    String extension = parts.group("extension");
    if (extension != null && extension.equalsIgnoreCase(".npy")) {
      switch (parts.group("set").toLowerCase(Locale.ROOT)) {
        case "x" -> {
          return new FileName(folderName(file), split(split), Kind.NPY, parts.group("zip") != null);
        }
        case "y" -> split = null; // the labels of an X
        default -> {}
      }
    }
    String stem = parts.group("set");
    if (split == null && extension != null && stem.matches("(?i)train|test")) {
      split = stem; // train.csv and test.csv in a folder named like the dataset
      stem = folderName(file);
    }
    return new FileName(
        stem,
        split(split),
        Kind.ofExtension(extension == null ? "" : extension),
        parts.group("zip") != null);
  }

  /**
   * The name of the folder, for {@code X_train.npy} and {@code train.csv}, which do not name the
   * dataset.
   */
  private static String folderName(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "X" : name.toString();
  }

  private static Optional<Split> split(String text) {
    return Optional.ofNullable(text).map(s -> Split.valueOf(s.toUpperCase(Locale.ROOT)));
  }
}
