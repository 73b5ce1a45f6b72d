package io.github.lstmfcn.report.result;

import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.verification.VerifiedFile;
import java.util.List;

/**
 * The document that {@code verify} prints as JSON and writes as {@code verification.json}.
 *
 * @param summary the number of files by verdict
 * @param good whether something was measured and no verdict is a failure
 * @param files the results, one per weight file
 * @param unrecognised the weight files without a reported accuracy
 */
public record VerificationDocument(
    String summary, boolean good, List<VerifiedFile> files, List<String> unrecognised) {
  /** The JSON format of the document. */
  public static final JsonFormat<VerificationDocument> FORMAT =
      new JsonFormat<>(VerificationDocument.class, 2, "verify again with --out");

  /** Copies the lists. */
  public VerificationDocument {
    files = List.copyOf(files);
    unrecognised = List.copyOf(unrecognised);
  }
}
