package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.format.ArffFormat;
import io.github.lstmfcn.data.format.DatasetFormat;
import io.github.lstmfcn.data.format.DelimitedText;
import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.LabelCheck;
import io.github.lstmfcn.data.format.LineReader;
import io.github.lstmfcn.data.format.NumpyKind;
import io.github.lstmfcn.data.format.Row;
import io.github.lstmfcn.data.format.RowParser;
import io.github.lstmfcn.data.format.TextFile;
import io.github.lstmfcn.data.format.TsFormat;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a file of labelled series.
 *
 * <p>{@code .tsv} is the 2018 UCR archive's format, {@code .ts} sktime's and aeon's, {@code .arff}
 * Weka's, {@code .npy} and {@code .npz} NumPy's. Any other name is delimited text (a label and
 * values, separated by commas, semicolons, tabs or blanks), as in the 2015 archive, unless the text
 * begins as one of the others. With {@code .gz} at the end, the file is unzipped.
 */
public final class DatasetFile {
  private DatasetFile() {}

  /**
   * The file's series, as they are there: unfilled, unscaled, rows of the lengths that the lines
   * have. The dataset's name is the file's without endings, {@code _TRAIN} and {@code _TEST}.
   *
   * <p>{@code NaN}, {@code NA} and {@code ?} are missing values (NaN); an empty field or an
   * infinity is an error.
   *
   * @throws InvalidInputException if the file cannot be read, is not of its format, holds no series
   *     or multivariate ones, or has no class labels; names line and column (the field, from 1)
   */
  public static Dataset read(Path file) {
    return DataSource.of(file).read();
  }

  /** Whether a file has both TRAIN and TEST, as a {@code .npz} with four arrays has. */
  public static boolean hasBothParts(Path file) {
    return FileName.of(file).kind() == FileName.Kind.NPZ && NpyPair.hasBothParts(file);
  }

  /** The name of the dataset that a file is of, by the file's name. */
  public static String nameOf(Path file) {
    return FileName.of(file).set();
  }

  /** The part of a dataset that a file is, if its name says so. */
  public static Optional<Split> partOf(Path file) {
    return FileName.of(file).split();
  }

  /** The whole of a file, or of one of its two parts. */
  static Dataset read(DataSource source) {
    Path file = source.file();
    FileName name = FileName.of(file);
    try {
      NumpyKind kind = NumpyKind.of(file, name.kind());
      return kind == NumpyKind.NONE
          ? readText(source, name)
          : checked(NpyPair.read(source, name.set(), kind == NumpyKind.ARCHIVE), source, true);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }

  private static Dataset readText(DataSource source, FileName name) throws IOException {
    Path file = source.file();
    List<String> labels = new ArrayList<>();
    List<float[]> series = new ArrayList<>();
    Consumer<Row> rows =
        row -> {
          labels.add(row.label());
          series.add(row.values());
        };
    boolean declared;
    try (BufferedReader text = TextFile.open(file)) {
      DatasetFormat format = DatasetFormat.of(name.kind(), text);
      declared = format.kind() != DatasetFormat.Kind.DELIMITED;
      if (source.labels() != null || source.layout().unlabelled()) {
        throw new InvalidInputException(
            file,
            source.labels() != null ? "--labels-file" : "--label-column",
            source.labels() != null ? "series in a .npy file" : "a column",
            source.labels() != null ? "text, which has its labels in it" : "none",
            "");
      }
      if (declared) {
        read(format.kind(), new LineReader(text, file, ""), source.layout(), rows);
      } else {
        DelimitedText.read(text, file, format.separator(), source.layout(), rows);
      }
    }
    if (series.isEmpty()) {
      throw new InvalidInputException(file, "", "at least one series", "none", "");
    }
    return checked(
        new Dataset(name.set(), file, labels, series.toArray(float[][]::new)), source, !declared);
  }

  private static void read(
      DatasetFormat.Kind kind, LineReader lines, TableLayout layout, Consumer<Row> rows)
      throws IOException {
    RowParser parser = parser(kind, lines, layout, true);
    for (String line = lines.next(); line != null; line = lines.next()) {
      parser.parse(line, lines.lines()).ifPresent(rows);
    }
  }

  /** What parses the lines behind the header of a format that has one. */
  static RowParser parser(
      DatasetFormat.Kind kind, LineReader lines, TableLayout layout, boolean labelled)
      throws IOException {
    return switch (kind) {
      case TS -> TsFormat.of(lines, labelled);
      case ARFF -> ArffFormat.of(lines, layout, labelled);
      case DELIMITED -> DelimitedText.lines(lines.place(), layout);
    };
  }

  private static Dataset checked(Dataset data, DataSource source, boolean undeclared) {
    List<float[]> series = List.of(data.series());
    Optional<Integer> missing = firstMissing(series);
    if (missing.isPresent()) {
      throw new InvalidInputException(
          source.file(),
          "series " + (missing.get() + 1),
          "at least one value of the series",
          "missing ones only",
          "leave the series out");
    }
    if (undeclared) {
      if (source.layout().header() == null) {
        LabelCheck.checkFirst(source.file(), data.labels());
      }
      LabelCheck.check(
          data.name(), source.file(), data.labels(), series, source.layout().namesLabel());
      LabelCheck.checkIndex(source.file(), series);
    }
    return data;
  }

  private static Optional<Integer> firstMissing(List<float[]> series) {
    for (int i = 0; i < series.size(); i++) {
      if (Dataset.isMissing(series.get(i))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
