package io.github.lstmfcn.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the output of {@code evaluate --json} as a result.
 *
 * @param file the file with the output
 */
record EvaluationFile(Path file) {

  /** Whether JSON is the output of {@code evaluate}. */
  static boolean isOne(JsonNode json) {
    return Stream.of("set", "split", "estimator", "correct", "total", "confusion")
        .allMatch(json::has);
  }

  /**
   * The result; empty if TRAIN was evaluated.
   *
   * @throws InvalidInputException if a name or a count is invalid
   */
  Optional<Result> result(JsonNode json) {
    return json.path("split").asText().equals(Split.TEST.name())
        ? Optional.of(ofTest(json))
        : Optional.empty();
  }

  private Result ofTest(JsonNode json) {
    int correct = count(json, "correct");
    int total = count(json, "total");
    if (!Result.isCount(correct, total)) {
      throw wrong(
          "correct, total",
          "correct between 0 and total, and total above 0",
          correct + " of " + total);
    }
    String set = name(json, "set");
    String chosenOn = json.path("chosen_on").asText();
    String weights = json.path("weights").asText();
    return new Result(
        name(json, "estimator"),
        json.path("cells").asInt(0),
        chosenOn,
        set,
        json.path("classes").size(),
        correct,
        total,
        (double) correct / total,
        ReportedCounterpart.find(
            set, ReportedCounterpart.kind(json.path("kind").asText()), chosenOn, total),
        model(weights),
        weights,
        file);
  }

  /** Identifies a model: one path by its real path, an ensemble by the given names. */
  static String model(String weights) {
    return weights.indexOf('\0') < 0 ? RealPath.of(Path.of(weights)).toString() : weights;
  }

  private int count(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isInt()) {
      throw wrong(field, "a whole number", value.toString());
    }
    return value.intValue();
  }

  private String name(JsonNode json, String field) {
    String text = json.path(field).isTextual() ? json.path(field).textValue() : "";
    if (!AeonFile.isLine(text)) {
      throw wrong(field, "a name", json.path(field).toString());
    }
    return text;
  }

  private InvalidInputException wrong(String place, String expected, String found) {
    return new InvalidInputException(file, place, expected, found, "evaluate again with --json");
  }
}
