package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.format.ArffFormat;
import io.github.lstmfcn.data.format.DatasetFormat;
import io.github.lstmfcn.data.format.DelimitedText;
import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.JsonArrays;
import io.github.lstmfcn.data.format.LabelCheck;
import io.github.lstmfcn.data.format.LineReader;
import io.github.lstmfcn.data.format.LongTable;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads files of labelled series.
 *
 * <p>{@code .tsv} is the format of the 2018 UCR archive, {@code .ts} that of sktime and aeon,
 * {@code .arff} that of Weka, {@code .npy} and {@code .npz} those of NumPy. A file of any other
 * name is delimited text (a label and values, separated by commas, semicolons, tabs or blanks), as
 * in the 2015 archive, unless its text begins as one of the other formats. A file whose name ends
 * in {@code .gz} is decompressed.
 */
public final class DatasetFile {
  private DatasetFile() {}

  /**
   * Reads a file. Series are returned as they are: not padded, not normalised, with the lengths of
   * their lines. The name of the dataset is the file's name without extensions, {@code _TRAIN} and
   * {@code _TEST}.
   *
   * <p>{@code NaN}, {@code NA} and {@code ?} are missing values (NaN); an empty field or an
   * infinity is an error.
   *
   * @param file the file
   * @return the dataset
   * @throws InvalidInputException if the file cannot be read, does not have its format, contains no
   *     series or multivariate ones, or has no class labels; the message names line and column (the
   *     field, from 1)
   */
  public static Dataset read(Path file) {
    return DataSource.of(file).read();
  }

  /**
   * {@return whether a file contains both TRAIN and TEST, as a {@code .npz} with four arrays does}
   *
   * @param file the file
   */
  public static boolean hasBothSplits(Path file) {
    return FileName.of(file).kind() == FileName.Kind.NPZ && NpyPair.hasBothSplits(file);
  }

  /**
   * {@return whether a file stands for several, as {@code XDimension1_TRAIN.arff} does for the
   * files of all dimensions beside it}
   *
   * @param file the file
   */
  public static boolean isOneOfSeveral(Path file) {
    try {
      return DimensionFiles.of(file).isPresent();
    } catch (IOException unreadable) {
      return false; // reading it says why
    }
  }

  /**
   * {@return the name of a file's dataset, by the file's name}
   *
   * @param file the file, which need not exist
   */
  public static String nameOf(Path file) {
    return FileName.of(file).set();
  }

  /**
   * {@return the split that a file contains, by its name; empty if the name does not tell}
   *
   * @param file the file, which need not exist
   */
  public static Optional<Split> splitOf(Path file) {
    return FileName.of(file).split();
  }

  /** Reads the whole file, or one of its two splits. */
  static Dataset read(DataSource source) {
    Path file = source.file();
    FileName name = FileName.of(file);
    try {
      Optional<DimensionFiles> dimensions = DimensionFiles.of(file);
      if (dimensions.isPresent()) {
        List<Dataset> variables = new ArrayList<>();
        for (Path variable : dimensions.get().files()) {
          variables.add(readText(DataSource.of(variable, null, source.layout()), name));
        }
        return dimensions.get().together(variables);
      }
      NumpyKind kind = NumpyKind.of(file, name.kind());
      return kind == NumpyKind.NONE
          ? readText(source, name)
          : checked(NpyPair.read(source, name.set(), kind == NumpyKind.ARCHIVE), source, true);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    } catch (OutOfMemoryError tooLarge) {
      throw TextFile.tooLarge(file, tooLarge);
    }
  }

  private static Dataset readText(DataSource source, FileName name) throws IOException {
    Path file = source.file();
    List<String> labels = new ArrayList<>();
    List<float[][]> series = new ArrayList<>();
    Map<String, String> known = new HashMap<>(); // so that equal labels are one string
    Consumer<Row> rows =
        row -> {
          labels.add(known.computeIfAbsent(row.label(), label -> label));
          if (known.size() > LabelCheck.MOST) {
            throw new InvalidInputException(
                file,
                "line " + row.line(),
                "at most " + LabelCheck.MOST + " different labels",
                "more",
                "is the label in another column? --label-column");
          }
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
            source.labels() != null ? "text, which contains its labels" : "none",
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
        new Dataset(name.set(), file, labels, series.toArray(float[][][]::new)), source, !declared);
  }

  private static void read(
      DatasetFormat.Kind kind, LineReader lines, TableLayout layout, Consumer<Row> rows)
      throws IOException {
    RowParser parser = parser(kind, lines, layout, true);
    for (String line = lines.next(); line != null; line = lines.next()) {
      parser.parse(line, lines.lines()).ifPresent(rows);
    }
    parser.end().ifPresent(rows);
  }

  /** The parser of the lines behind a format's header. */
  static RowParser parser(
      DatasetFormat.Kind kind, LineReader lines, TableLayout layout, boolean labelled)
      throws IOException {
    return switch (kind) {
      case TS -> TsFormat.of(lines, labelled);
      case ARFF -> ArffFormat.of(lines, layout, labelled);
      case LONG -> LongTable.of(lines, layout, labelled);
      case JSON -> JsonArrays.of(lines, labelled);
      case DELIMITED -> DelimitedText.lines(lines.place(), layout);
    };
  }

  private static Dataset checked(Dataset data, DataSource source, boolean undeclared) {
    for (int i = 0; i < data.size(); i++) {
      MissingValues.check(source.file(), "series " + (i + 1), data.series()[i]);
    }
    if (undeclared && data.variables() == 1) {
      List<float[]> series = Stream.of(data.series()).map(variables -> variables[0]).toList();
      if (source.layout().header() == null) {
        LabelCheck.checkFirst(source.file(), data.labels());
      }
      LabelCheck.check(
          data.name(), source.file(), data.labels(), series, source.layout().namesLabelColumn());
      LabelCheck.checkIndex(source.file(), series);
    }
    return data;
  }
}
