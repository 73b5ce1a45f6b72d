package io.github.lstmfcn.spark;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file to score.
 *
 * @param path its path with the scheme of its file system
 * @param name its name, by which its scores are found
 * @param length its length in bytes
 * @param modified when it was changed last, in milliseconds since 1970
 */
record ScoreInput(String path, String name, long length, long modified) implements Serializable {
  /** As many bytes of a file make one task, whatever the cluster, so that batches are the same. */
  private static final long BYTES_OF_TASK = 4 << 20;

  private static final char LAST_OF_ASCII = 0x7f;

  /** What Spark reads as a number or a time when it is the value of a partition. */
  private static final Pattern NOT_TEXT = Pattern.compile("[-+0-9.eEdDfFlL:TZ_ ]*");

  /**
   * A file to score.
   *
   * @throws InvalidInputException if Spark would not read its name as text
   */
  static ScoreInput of(FileStatus file) {
    if (NOT_TEXT.matcher(file.getPath().getName()).matches()) {
      throw new InvalidInputException(
          null,
          file.getPath().toString(),
          "a name with letters, as the column input has it",
          file.getPath().getName(),
          "rename it, such as to end in .csv");
    }
    return new ScoreInput(
        file.getPath().toString(),
        file.getPath().getName(),
        file.getLen(),
        file.getModificationTime());
  }

  boolean isParquet() {
    return name.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** The number of tasks that score it. */
  int tasks() {
    return Math.toIntExact(Math.max(1, (length + BYTES_OF_TASK - 1) / BYTES_OF_TASK));
  }

  /** The folder of its scores, which Spark reads as the column {@code input}. */
  String folder() {
    StringBuilder escaped = new StringBuilder("input=");
    name.chars().forEach(character -> escaped.append(escaped((char) character)));
    return escaped.toString();
  }

  private static String escaped(char character) {
    boolean isPlain =
        character > LAST_OF_ASCII
            || Character.isLetterOrDigit(character)
            || ".-_ ".indexOf(character) >= 0;
    return isPlain ? "" + character : String.format(Locale.ROOT, "%%%02X", (int) character);
  }
}
