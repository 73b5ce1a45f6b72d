package io.github.lstmfcn.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.model.ModelKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code evaluate --json} printed as a result.
 *
 * @param file with it
 */
record EvaluationFile(Path file) {

  /** Whether JSON is what {@code evaluate} prints. */
  static boolean isOne(JsonNode json) {
    return Stream.of("set", "split", "estimator", "correct", "total", "confusion")
        .allMatch(json::has);
  }

  /**
   * The result; empty if TRAIN was evaluated.
   *
   * @throws InvalidInputException if the counts are none
   */
  Optional<Result> result(JsonNode json) {
    return json.path("split").asText().equals(Split.TEST.name())
        ? Optional.of(ofTest(json))
        : Optional.empty();
  }

  private Result ofTest(JsonNode json) {
    int correct = json.path("correct").asInt(-1);
    int total = json.path("total").asInt(-1);
    if (total < 1 || correct < 0 || correct > total) {
      throw new InvalidInputException(
          file,
          "correct, total",
          "so many of so many series",
          json.path("correct") + " of " + json.path("total"),
          "evaluate again with --json");
    }
    String set = json.path("set").asText();
    String estimator = json.path("estimator").asText();
    String chosenOn = json.path("chosen_on").asText();
    return new Result(
        estimator,
        json.path("cells").asInt(0),
        set,
        json.path("classes").size(),
        correct,
        total,
        chosenOn,
        ReportedCounterpart.find(set, kind(estimator), chosenOn, total),
        json.path("weights").asText(),
        file);
  }

  /** The kind that a name stands for; null if it is another name. */
  static ModelKind kind(String estimator) {
    return Stream.of(ModelKind.values())
        .filter(kind -> kind.toString().equalsIgnoreCase(estimator))
        .findFirst()
        .orElse(null);
  }
}
