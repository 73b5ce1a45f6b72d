package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A source of labelled series and how they are read: enough to read exactly the same again.
 *
 * @param file the file with the series
 * @param labels the {@code .npy} file with the labels; null if the labels are in the file of the
 *     series, or in the one whose name corresponds to it ({@code X_train.npy}, {@code y_train.npy})
 * @param part the split to read, if the file contains both or is divided into both; null for the
 *     whole file
 * @param share how the file is divided into splits; null if it is not
 * @param layout the layout, where the format leaves it open
 */
public record DataSource(Path file, Path labels, Split part, TestShare share, TableLayout layout) {

  /**
   * Checks that the split to read is named.
   *
   * @param file the component {@code file}
   * @param labels the component {@code labels}
   * @param part the component {@code part}
   * @param share the component {@code share}
   * @param layout the component {@code layout}
   * @throws IllegalArgumentException if the file is to be divided and no split is named
   */
  public DataSource {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(layout, "layout");
    if (share != null && part == null) {
      throw new IllegalArgumentException(
          "expected TRAIN or TEST of a file that is divided, found none");
    }
  }

  /**
   * A whole file, read with the standard layout.
   *
   * @param file the file with series and labels
   * @return the source
   */
  public static DataSource of(Path file) {
    return new DataSource(file, null, null, null, TableLayout.STANDARD);
  }

  /**
   * A file of labelled series, read with a given layout.
   *
   * @param file the file with series and labels
   * @param part the split to read, if the file contains both; may be null if it does not
   * @param layout the layout, where the format leaves it open
   * @return the source
   */
  public static DataSource of(Path file, Split part, TableLayout layout) {
    return new DataSource(file, null, part, null, layout);
  }

  /**
   * {@return the file with the labels, given or found by its name; empty if the labels are in the
   * file of the series}
   */
  public Optional<Path> labelsFile() {
    return labels != null ? Optional.of(labels) : NpyPair.labelsBeside(file);
  }

  /**
   * Reads the series.
   *
   * @return the dataset
   * @throws InvalidInputException as {@link DatasetFile#read}
   */
  public Dataset read() {
    Dataset all = DatasetFile.read(this);
    return share == null ? all : share.part(all, part);
  }
}
