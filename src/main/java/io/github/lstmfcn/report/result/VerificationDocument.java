package io.github.lstmfcn.report.result;

import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.verification.VerifiedFile;
import java.util.List;

/**
 * What {@code verify} prints as JSON and writes as {@code verification.json}.
 *
 * @param summary in a few words
 * @param good whether something was measured and nothing is wrong
 * @param files each with its verdict
 * @param unrecognised weight files of which nothing was reported
 */
public record VerificationDocument(
    String summary, boolean good, List<VerifiedFile> files, List<String> unrecognised) {
  /** As it is written. */
  public static final JsonFormat<VerificationDocument> FORMAT =
      new JsonFormat<>(VerificationDocument.class, 1, "verify again with --out");

  /** Copies the lists. */
  public VerificationDocument {
    files = List.copyOf(files);
    unrecognised = List.copyOf(unrecognised);
  }
}
