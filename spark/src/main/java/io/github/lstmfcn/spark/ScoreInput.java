package io.github.lstmfcn.spark;

import java.io.Serializable;
import java.util.Locale;
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

  static ScoreInput of(FileStatus file) {
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
    boolean isPlain = Character.isLetterOrDigit(character) || ".-_ ".indexOf(character) >= 0;
    return isPlain ? "" + character : String.format(Locale.ROOT, "%%%02X", (int) character);
  }
}
