package io.github.lstmfcn.report.result;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Reads result files of tsml and aeon. The format has no quotes, and its first two lines are free
 * text; therefore lines are split at commas.
 *
 * @param file the file
 * @param lines the lines of the file
 */
record AeonReader(Path file, List<String> lines) {
  /**
   * Reads a file.
   *
   * @throws InvalidInputException if the file is not a result file; the message names the line
   */
  static AeonFile read(Path file) {
    try {
      String text =
          WholeFile.text(file, WholeFile.MOST_OF_LINES)
              .replaceFirst("^\\uFEFF", "")
              .stripTrailing();
      return new AeonReader(file, text.lines().toList()).parse();
    } catch (IOException e) {
      throw new InvalidInputException(file, "", "a readable text file", FailureReason.of(e), "", e);
    }
  }

  private AeonFile parse() {
    if (lines.size() < 4) {
      throw wrong(
          Math.max(1, lines.size()), "three lines, then one per series", lines.size() + " lines");
    }
    String[] head = fields(1, 5);
    String[] summary = fields(3, 6);
    int classes = whole(3, summary[5]);
    List<float[]> probabilities = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    List<Integer> predicted = new ArrayList<>();
    for (int line = 4; line <= lines.size(); line++) {
      String[] fields = fields(line, 3 + classes);
      truth.add(classIndex(line, fields[0], classes));
      float[] row = new float[classes];
      for (int k = 0; k < classes; k++) {
        row[k] = (float) number(line, fields[3 + k]);
      }
      predicted.add(classIndex(line, fields[1], classes));
      probabilities.add(row);
    }
    AeonFile parsed = aeonFile(head, truth, predicted, probabilities);
    double accuracy = number(3, summary[0]);
    if (!(Math.abs(accuracy - (double) parsed.correct() / truth.size()) <= 1e-6)) {
      throw wrong(
          3,
          "the accuracy of the lines below, " + parsed.correct() + "/" + truth.size(),
          summary[0]);
    }
    return parsed;
  }

  private AeonFile aeonFile(
      String[] head, List<Integer> truth, List<Integer> predicted, List<float[]> probabilities) {
    for (int index = 0; index < 2; index++) {
      if (!AeonFile.isName(head[index])) {
        throw wrong(1, "the names of a dataset and an estimator", "'" + head[index] + "'");
      }
    }
    return new AeonFile(
        head[0],
        head[1],
        resample(),
        lines.get(1),
        truth.stream().mapToInt(Integer::intValue).toArray(),
        predicted.stream().mapToInt(Integer::intValue).toArray(),
        probabilities.toArray(float[][]::new));
  }

  private int resample() {
    Matcher name = AeonFile.NAME.matcher(file.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
  }

  private String[] fields(int line, int fewest) {
    String[] fields = lines.get(line - 1).split(",", -1);
    if (fields.length < fewest) {
      throw wrong(line, "at least " + fewest + " values", fields.length + "");
    }
    return fields;
  }

  private int classIndex(int line, String text, int classes) {
    int index = whole(line, text.replaceFirst("\\.0*$", "")); // some programs write 1.0
    if (index >= classes) {
      throw wrong(line, "a class from 0 to " + (classes - 1), text);
    }
    return index;
  }

  private int whole(int line, String text) {
    if (!text.strip().matches("\\d{1,6}")) {
      throw wrong(line, "a whole number", "'" + text + "'");
    }
    return Integer.parseInt(text.strip());
  }

  private double number(int line, String text) {
    try {
      double number = Double.parseDouble(text);
      if (!Double.isFinite(number)) {
        throw new NumberFormatException();
      }
      return number;
    } catch (NumberFormatException notOne) {
      throw wrong(line, "a number", "'" + text + "'");
    }
  }

  private InvalidInputException wrong(int line, String expected, String found) {
    return new InvalidInputException(
        file, "line " + line, expected, found, "is it a result file of tsml or aeon?");
  }
}
