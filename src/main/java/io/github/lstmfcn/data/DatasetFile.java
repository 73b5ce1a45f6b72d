package io.github.lstmfcn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of labelled series.
 *
 * <p>{@code .tsv} is the 2018 UCR archive's format, {@code .ts} sktime's and aeon's, {@code .arff}
 * Weka's. Any other name is the 2015 archive's format (a label and values, separated by commas,
 * semicolons, tabs or blanks) unless the text begins as one of the others. With {@code .gz} at the
 * end, the file is unzipped.
 */
public final class DatasetFile {
  private DatasetFile() {}

  /**
   * The file's series, as they are there: unfilled, unscaled, rows of the lengths that the lines
   * have. The set's name is the file's without endings, {@code _TRAIN} and {@code _TEST}.
   *
   * <p>{@code NaN} and {@code ?} are missing values (NaN); an empty field or an infinity is an
   * error.
   *
   * @throws InvalidInputException if the file cannot be read, is not of its format, holds no series
   *     or multivariate ones, or has no class labels; names line and column (the field, from 1)
   */
  public static Dataset read(Path file) {
    List<String> labels = new ArrayList<>();
    List<float[]> series = new ArrayList<>();
    FileName name = FileName.of(file);
    try (BufferedReader text = TextFile.open(file)) {
      DatasetFormat.of(name.kind(), text)
          .read(
              text,
              file,
              row -> {
                labels.add(row.label());
                series.add(row.values());
              });
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
    if (series.isEmpty()) {
      throw new InvalidInputException(file, "", "at least one series", "none", "");
    }
    return new Dataset(name.set(), file, labels, series.toArray(float[][]::new));
  }
}
