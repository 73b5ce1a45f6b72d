package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where labelled series come from, and how they are read: enough to read the very same again.
 *
 * @param file that has the series
 * @param labels the {@code .npy} file of the labels; null if they are in the file, or in the one
 *     that is named like it ({@code X_train.npy}, {@code y_train.npy})
 * @param part which part of the file, where it has two arrays or is split; null for all of it
 * @param share how the file is split; null if it is not
 * @param layout where the format leaves something open
 */
public record DataSource(Path file, Path labels, Split part, TestShare share, TableLayout layout) {

  /**
   * @throws IllegalArgumentException if it is to be split and no part is named
   */
  public DataSource {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(layout, "layout");
    if (share != null && part == null) {
      throw new IllegalArgumentException("a part of a split file expected, found none");
    }
  }

  /** A whole file, read as its format says. */
  public static DataSource of(Path file) {
    return new DataSource(file, null, null, null, TableLayout.STANDARD);
  }

  /**
   * A file of labelled series, read with a layout.
   *
   * @param part what the file is; matters where it has both parts
   */
  public static DataSource of(Path file, Split part, TableLayout layout) {
    return new DataSource(file, null, part, null, layout);
  }

  /** The file of labels beside that of the series, named or found by its name. */
  public Optional<Path> labelsFile() {
    return labels != null ? Optional.of(labels) : NpyPair.labelsBeside(file);
  }

  /**
   * The series.
   *
   * @throws InvalidInputException as {@link DatasetFile#read}
   */
  public Dataset read() {
    Dataset all = DatasetFile.read(this);
    return share == null ? all : share.part(all, part);
  }
}
