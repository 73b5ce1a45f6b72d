package io.github.lstmfcn.report.result;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.DurableFolder;
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
 * The predictions of one estimator on TEST of one dataset, in the format of tsml and aeon: {@code
 * <estimator>/Predictions/<set>/testResample<n>.csv}.
 *
 * <p>Line 1: dataset, estimator, TEST, resample, unit of time, a comment. Line 2: parameters. Line
 * 3: accuracy, times of fitting, prediction and a benchmark, memory, classes, and three values on
 * an estimate from TRAIN. Then one line per series: true class, predicted class, an empty value,
 * the probability of each class.
 *
 * @param set the name of the dataset
 * @param estimator the name of the estimator
 * @param resample the number of the resample; 0 for the archive's own TRAIN and TEST
 * @param parameters the parameters of the estimator, as text
 * @param truth the true class index of each series
 * @param predicted the predicted class index of each series
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
   * Checks names and sizes.
   *
   * @throws IllegalArgumentException if a name cannot be used in a path and a line, or the arrays
   *     differ in length
   */
  public AeonFile {
    for (String name : List.of(set, estimator)) {
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "expected a name that a folder can have, found '" + name + "'");
      }
    }
    int series = truth.length;
    if (series == 0 || series != predicted.length || series != probabilities.length) {
      throw new IllegalArgumentException(
          "expected a class, a prediction and probabilities of each series, found %s, %s and %s"
              .formatted(series, predicted.length, probabilities.length));
    }
  }

  /** Predicts the most probable class of each series of the archive's own TEST. */
  public static AeonFile of(
      String set, String estimator, String parameters, int[] truth, float[][] probabilities) {
    int[] predicted = Stream.of(probabilities).mapToInt(Predictor::mostProbable).toArray();
    return new AeonFile(set, estimator, 0, parameters, truth, predicted, probabilities);
  }

  /**
   * Characters that the name of a folder cannot have on some system, and the comma, which separates
   * values.
   */
  public static final String NO_NAME_HAS = ",/\\:*?\"<>|";

  /** Whether a text can be the name of a folder and a value between commas. */
  public static boolean isName(String text) {
    return isLine(text)
        && !text.startsWith(".")
        && text.chars().noneMatch(character -> NO_NAME_HAS.indexOf(character) >= 0);
  }

  /** Whether a text can be part of a line. */
  static boolean isLine(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether a file is named like a result file. */
  static boolean isAt(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** The number of series whose predicted class is the true one. */
  int correct() {
    return (int) IntStream.range(0, truth.length).filter(i -> predicted[i] == truth[i]).count();
  }

  /**
   * The path of the file for the archive's own TRAIN and TEST in a folder of results.
   *
   * @param results the folder of results
   */
  public static Path path(Path results, String estimator, String set) {
    return path(results, estimator, set, 0);
  }

  private static Path path(Path results, String estimator, String set, int resample) {
    return results
        .resolve(estimator)
        .resolve("Predictions")
        .resolve(set)
        .resolve("testResample" + resample + ".csv");
  }

  /**
   * Writes the file into a folder of results.
   *
   * @param results the folder of results
   * @param replace whether an existing file may be replaced
   * @return the path of the file
   * @throws InvalidInputException if the file exists and may not be replaced, or cannot be written
   */
  public Path write(Path results, boolean replace) {
    Path file = path(results, estimator, set, resample);
    Path folder = file.getParent();
    try {
      DurableFolder.create(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          folder, "", "a folder that can be created", FailureReason.of(e), "", e);
    }
    AtomicFile.write(file, replace, this::writeTo);
    return file;
  }

  private void writeTo(Path file) throws IOException {
    int classes = probabilities[0].length;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "%s,%s,TEST,%s,MILLISECONDS,lstmfcn evaluate\n".formatted(set, estimator, resample));
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

  /** The predictions as a result. */
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

  /** The text of line 2 for a model that {@code evaluate} scored. */
  public static String parameters(String weights, String normalization, String labels) {
    return "weights %s; normalization %s; labels %s".formatted(weights, normalization, labels);
  }
}
