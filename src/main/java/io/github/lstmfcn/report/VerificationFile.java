package io.github.lstmfcn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.evaluation.Attempt;
import io.github.lstmfcn.evaluation.VerifiedFile;
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
  static final String NAME = "verification.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whether JSON is what {@code verify} writes. */
  static boolean isOne(JsonNode json) {
    return json.path("files").isArray() && json.has("unrecognised");
  }

  /**
   * The measured files.
   *
   * @param skipped receives the weight files that were not measured
   * @throws InvalidInputException if the file is of another version
   */
  List<Result> results(JsonNode json, List<Path> skipped) {
    List<Result> results = new ArrayList<>();
    for (JsonNode node : json.path("files")) {
      VerifiedFile verified;
      try {
        verified = MAPPER.treeToValue(node, VerifiedFile.class);
      } catch (IOException other) {
        throw new InvalidInputException(
            file,
            "files[" + results.size() + "]",
            "a verified file as this version writes it",
            "" + other.getMessage(),
            "verify again with --out",
            other);
      }
      if (verified.best() == null || verified.model() == null) {
        skipped.add(Path.of(verified.weights()));
      } else {
        results.add(result(verified, verified.best()));
      }
    }
    return results;
  }

  private Result result(VerifiedFile verified, Attempt best) {
    return new Result(
        verified.model().kind().toString(),
        verified.model().cells(),
        verified.set(),
        verified.model().classes(),
        best.correct(),
        best.total(),
        "",
        best.figure(),
        verified.weights(),
        file);
  }
}
