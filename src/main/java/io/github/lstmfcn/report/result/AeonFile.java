package io.github.lstmfcn.report.result;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.text.FailureReason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The answers of one estimator on TEST of one set, as tsml and aeon's tools keep them: {@code
 * <estimator>/Predictions/<set>/testResample<n>.csv}.
 *
 * <p>Line 1: set, estimator, TEST, resample, unit of time, a comment. Line 2: parameters. Line 3:
 * accuracy, times of fitting, prediction and a benchmark, memory, classes, and three values on an
 * estimate from TRAIN. Then a line a series: true class, predicted class, an empty value, the
 * probability of each class.
 *
 * @param set the data set's name
 * @param estimator who answered
 * @param resample 0 for the archive's own TRAIN and TEST
 * @param parameters of the estimator, in words
 * @param truth class index of each series
 * @param predicted class index of each series
 * @param probabilities float32 {@code [N][classes]}
 */
public record AeonFile(
    String set,
    String estimator,
    int resample,
    String parameters,
    int[] truth,
    int[] predicted,
    float[][] probabilities) {
  private static final Pattern PARAMETERS =
      Pattern.compile("weights (.+); normalization \\S+; labels \\S+");

  static final Pattern NAME = Pattern.compile("testResample(\\d{1,6})\\.csv");

  /** Times and memory that were not measured. */
  private static final String UNKNOWN = "-1";

  /**
   * @throws IllegalArgumentException if a name cannot stand in a path and a line, or there is not
   *     one of everything a series
   */
  public AeonFile {
    for (String name : List.of(set, estimator)) {
      if (!isName(name)) {
        throw new IllegalArgumentException("no name for a folder: '" + name + "'");
      }
    }
    int series = truth.length;
    if (series == 0 || series != predicted.length || series != probabilities.length) {
      throw new IllegalArgumentException(
          "one of everything a series: found %d, %d and %d"
              .formatted(series, predicted.length, probabilities.length));
    }
  }

  /** The likeliest classes on the archive's own TEST. */
  public static AeonFile of(
      String set, String estimator, String parameters, int[] truth, float[][] probabilities) {
    int[] predicted = Stream.of(probabilities).mapToInt(Predictor::mostProbable).toArray();
    return new AeonFile(set, estimator, 0, parameters, truth, predicted, probabilities);
  }

  /** Characters that no folder of every system can have, and the comma of the file's lines. */
  public static final String NO_NAME_HAS = ",/\\:*?\"<>|";

  /** Whether a text can name a folder and stand between commas. */
  public static boolean isName(String text) {
    return isLine(text)
        && !text.startsWith(".")
        && text.chars().noneMatch(character -> NO_NAME_HAS.indexOf(character) >= 0);
  }

  /** Whether a text can stand in a line. */
  static boolean isLine(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether a file has the name of one. */
  static boolean isAt(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** Series whose predicted class is the true one. */
  int correct() {
    return (int) IntStream.range(0, truth.length).filter(i -> predicted[i] == truth[i]).count();
  }

  /**
   * Writes it into a folder of results.
   *
   * @return the file
   * @throws InvalidInputException if it cannot be written
   */
  public Path write(Path results) {
    Path folder = results.resolve(estimator).resolve("Predictions").resolve(set);
    Path file = folder.resolve("testResample" + resample + ".csv");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          folder, "", "a folder that can be made", FailureReason.of(e), "", e);
    }
    AtomicFile.write(file, this::writeTo);
    return file;
  }

  private void writeTo(Path file) throws IOException {
    int classes = probabilities[0].length;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "%s,%s,TEST,%d,MILLISECONDS,lstmfcn evaluate\n".formatted(set, estimator, resample));
      out.write(parameters.replaceAll("\\R", " ") + "\n");
      String accuracy = Double.toString((double) correct() / truth.length);
      out.write(
          String.join(
              ",",
              accuracy,
              UNKNOWN,
              UNKNOWN,
              UNKNOWN,
              UNKNOWN,
              "" + classes,
              "N/A",
              UNKNOWN,
              UNKNOWN));
      out.write('\n');
      for (int series = 0; series < truth.length; series++) {
        StringBuilder line = new StringBuilder();
        line.append(truth[series]).append(',').append(predicted[series]).append(',');
        for (float probability : probabilities[series]) {
          line.append(',').append(probability);
        }
        out.write(line.append('\n').toString());
      }
    }
  }

  /** As a result. */
  Result result(Path file) {
    boolean original = resample == 0;
    Optional<ModelKind> kind = original ? ReportedCounterpart.kind(estimator) : Optional.empty();
    Matcher ours = PARAMETERS.matcher(parameters);
    String weights = ours.matches() ? ours.group(1) : "";
    return new Result(
        estimator,
        0,
        "",
        set,
        probabilities[0].length,
        correct(),
        truth.length,
        (double) correct() / truth.length,
        ReportedCounterpart.find(set, kind, /* chosenOn= */ "", truth.length),
        weights.isEmpty() ? RealPath.of(file).toString() : EvaluationFile.model(weights),
        weights.isEmpty() ? file.getFileName().toString() : weights,
        file);
  }

  /** The parameters of a model that {@code evaluate} scored. */
  public static String parameters(String weights, String normalization, String labels) {
    return "weights %s; normalization %s; labels %s".formatted(weights, normalization, labels);
  }
}
