package io.github.lstmfcn.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Attempt;
import io.github.lstmfcn.evaluation.VerifiedFile;
import io.github.lstmfcn.text.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code verify} wrote as results, one a weight file that could be measured.
 *
 * @param file a {@code verification.json}
 */
record VerificationFile(Path file) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whether JSON is what {@code verify} writes. */
  static boolean isOne(JsonNode json) {
    return json.path("files").isArray() && json.has("unrecognised");
  }

  /**
   * The measured files.
   *
   * @param skipped receives the weight files that were not measured
   * @throws InvalidInputException if the file is damaged or of another version
   */
  List<Result> results(JsonNode json, List<Skipped> skipped) {
    List<Result> results = new ArrayList<>();
    int index = 0;
    for (JsonNode node : json.path("files")) {
      VerifiedFile verified = verified(node, index++);
      if (verified.best() == null) {
        skipped.add(new Skipped(verified.weights(), "weights " + verified.verdict()));
      } else {
        results.add(result(verified, verified.best()));
      }
    }
    return results;
  }

  private VerifiedFile verified(JsonNode node, int index) {
    try {
      VerifiedFile verified = MAPPER.treeToValue(node, VerifiedFile.class);
      if (isSound(verified)) {
        return verified;
      }
      throw damaged(index, node.toString(), null);
    } catch (IOException | RuntimeException other) {
      throw other instanceof InvalidInputException known
          ? known
          : damaged(index, Reason.of(other), other);
    }
  }

  private static boolean isSound(VerifiedFile verified) {
    boolean named =
        verified.set() != null && verified.weights() != null && verified.verdict() != null;
    Attempt best = verified.best();
    if (best == null) {
      return named;
    }
    double figure = best.figure() == null ? 0 : best.figure().accuracy();
    return named
        && verified.model() != null
        && Result.isCount(best.correct(), best.total())
        && 0 <= figure
        && figure <= 1;
  }

  private InvalidInputException damaged(int index, String found, Exception cause) {
    return new InvalidInputException(
        file,
        "files[" + index + "]",
        "a verified file as this version writes it",
        found,
        "verify again with --out",
        cause);
  }

  private Result result(VerifiedFile verified, Attempt best) {
    return new Result(
        verified.model().kind().toString(),
        verified.model().cells(),
        "",
        verified.set(),
        verified.model().classes(),
        best.correct(),
        best.total(),
        (double) best.correct() / best.total(),
        best.figure(),
        RealPath.of(file) + ": " + verified.weights(),
        verified.weights() + " on " + best.settings(),
        file);
  }
}
