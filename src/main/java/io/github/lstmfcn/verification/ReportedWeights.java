package io.github.lstmfcn.verification;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weight files of a folder that have reported accuracies: files of both publications, found by
 * their names at any depth, and files that a {@code reported.csv} lists.
 *
 * @param claims the files with their reported accuracies, by path
 * @param unrecognised weight files without a reported accuracy
 */
record ReportedWeights(List<Claim> claims, List<Path> unrecognised) {
  private static final String LIST = "reported.csv";
  private static final Pattern FOLDER_2019 =
      Pattern.compile("(lstmfcn|alstmfcn)_(\\d+)_cells_weights");
  private static final Pattern FILE = Pattern.compile("(.+)_weights\\.h5");
  private static final Pattern FOLD = Pattern.compile("(.+)_fold_([1-9]\\d?)");
  private static final Pattern ANY_WEIGHTS = Pattern.compile(".+\\.(h5|hdf5|keras)");

  /**
   * Searches a folder.
   *
   * @throws InvalidInputException if the folder cannot be read, a line of {@code reported.csv} is
   *     invalid, or no weight file with a reported accuracy is found
   */
  static ReportedWeights in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          folder,
          "",
          "a folder of weight files",
          Files.exists(folder) ? "a file" : "nothing of that name",
          "for one file use: lstmfcn evaluate");
    }
    List<Claim> claims = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals(LIST)) {
          claims.addAll(listed(file));
        } else if (ANY_WEIGHTS.matcher(name).matches()) {
          published(file).ifPresentOrElse(claims::add, () -> others.add(file));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(folder, "", "a readable folder", FailureReason.of(e), "", e);
    }
    if (claims.isEmpty()) {
      throw new InvalidInputException(
          folder,
          "",
          "<prefix>_weights.h5 (2017), {lstmfcn,alstmfcn}_<cells>_cells_weights/<set>_weights.h5"
              + " (2019), the name of a multivariate weight file or a reported.csv",
          others.isEmpty() ? "no weight file" : others.size() + " weight files of other names",
          suggestion(others) + "list them in a reported.csv: weights,set,accuracy");
    }
    List<Path> claimed = claims.stream().map(claim -> claim.weights().normalize()).toList();
    others.removeIf(file -> claimed.contains(file.normalize()));
    return new ReportedWeights(claims, others);
  }

  /** The suggestion for the first file whose name is similar to a published one. */
  private static String suggestion(List<Path> others) {
    return others.stream()
        .map(file -> file.getFileName().toString())
        .flatMap(
            name ->
                NearName.of(name)
                    .map(near -> "%s: did you mean %s? If not, ".formatted(name, near))
                    .stream())
        .findFirst()
        .orElse("");
  }

  private static Optional<Claim> published(Path file) {
    Matcher name = FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    Path parent = file.toAbsolutePath().getParent();
    Matcher folder =
        FOLDER_2019.matcher(parent.getFileName() == null ? "" : "" + parent.getFileName());
    if (folder.matches()) {
      ModelKind kind = folder.group(1).equals("lstmfcn") ? ModelKind.LSTM_FCN : ModelKind.ALSTM_FCN;
      return UcrCatalog.published()
          .find(name.group(1))
          .map(
              set -> new Claim.Published(file, Release.OF_2019, set, kind, cells(folder.group(2))));
    }
    List<UcrDataset> sets = UcrCatalog.published().findByWeightsPrefix(name.group(1));
    return sets.stream()
        .findFirst()
        .<Claim>map(set -> new Claim.Published(file, Release.OF_2017, set, null, 0))
        .or(() -> multivariate(file, name.group(1)));
  }

  private static Optional<Claim> multivariate(Path file, String prefix) {
    Matcher fold = FOLD.matcher(prefix);
    String ofSet = fold.matches() ? fold.group(1) : prefix;
    int number = fold.matches() ? Integer.parseInt(fold.group(2)) : 0;
    return MultivariateCatalog.datasets().stream()
        .filter(set -> set.weightsPrefix().equals(ofSet))
        .filter(set -> number <= set.folds() && (number > 0) == (set.folds() > 1))
        .findFirst()
        .map(set -> new Claim.Multivariate(file, set, number));
  }

  private static int cells(String digits) {
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static List<Claim> listed(Path list) throws IOException {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .ofNamedCsvRecord(WholeFile.text(list, WholeFile.MOST_OF_DOCUMENT))) {
      List<Claim> claims = new ArrayList<>();
      for (NamedCsvRecord row : reader) {
        claims.add(new Line(list, row).claim());
      }
      return claims;
    } catch (CsvParseException e) {
      throw new InvalidInputException(list, "", "comma-separated values", reason(e), "", e);
    }
  }

  /** The first cause; what it led to names the parts of the reader. */
  private static String reason(Throwable failure) {
    return failure.getCause() == null ? failure.getMessage() : reason(failure.getCause());
  }

  /** A line of a {@code reported.csv}. */
  private record Line(Path list, NamedCsvRecord row) {
    Claim claim() {
      Path weights = list.resolveSibling(required("weights"));
      return new Claim.Listed(
          weights,
          required("set"),
          ReportedFigure.exact(list.getFileName().toString(), accuracy(required("accuracy"))),
          value("split", Split.values()).orElse(Split.TEST),
          value("normalization", Normalization.values()).orElse(null),
          value("labels", LabelEncoding.values()).orElse(null),
          value("attention", AttentionScope.values()).orElse(null));
    }

    private String required(String column) {
      return row.findField(column)
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .orElseThrow(
              () -> wrong(column, "a value", "none; the columns are weights, set, accuracy"));
    }

    private <T extends Enum<T>> Optional<T> value(String column, T[] values) {
      String text = row.findField(column).map(String::strip).orElse("");
      if (text.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          Stream.of(values)
              .filter(v -> v.name().replace('_', '-').equalsIgnoreCase(text))
              .findFirst()
              .orElseThrow(() -> wrong(column, "one of " + List.of(values), text)));
    }

    private double accuracy(String text) {
      String[] parts = text.split("/", 2);
      try {
        double accuracy = Double.parseDouble(parts[0]);
        accuracy = parts.length == 2 ? accuracy / Double.parseDouble(parts[1]) : accuracy;
        if (accuracy >= 0 && accuracy <= 1) {
          return accuracy;
        }
      } catch (NumberFormatException notOne) {
        // The message below says it.
      }
      throw wrong("accuracy", "a number from 0 to 1 or correct/total", text);
    }

    private InvalidInputException wrong(String column, String expected, String found) {
      return new InvalidInputException(
          list, "line " + row.getStartingLineNumber() + ", " + column, expected, found, "");
    }
  }
}
