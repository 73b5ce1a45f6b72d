package io.github.lstmfcn.report.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.verification.Attempt;
import io.github.lstmfcn.verification.VerifiedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the document of {@code verify} as results, one per weight file that was measured.
 *
 * @param file the file, as {@code verification.json}
 */
record VerificationFile(Path file) {
  /** Whether JSON is a document of {@code verify}. */
  static boolean isOne(JsonNode json) {
    return json.path("files").isArray() && json.has("unrecognised");
  }

  /**
   * The measured files.
   *
   * @param skipped receives the weight files that were not measured
   * @throws InvalidInputException if the file is damaged or of another version
   */
  List<Result> results(JsonNode json, List<SkippedResult> skipped) {
    List<Result> results = new ArrayList<>();
    int index = 0;
    for (VerifiedFile verified : VerificationDocument.FORMAT.value(file, "", json).files()) {
      if (!verified.isSound()) {
        throw new InvalidInputException(
            file,
            "files[" + index + "].best",
            "correct between 0 and total, and an accuracy from 0 to 1 with decimals",
            verified.best().toString(),
            "verify again with --out");
      }
      if (verified.best() == null) {
        skipped.add(new SkippedResult(verified.weights(), "weights " + verified.verdict()));
      } else {
        results.add(result(verified, verified.best()));
      }
      index++;
    }
    return results;
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
