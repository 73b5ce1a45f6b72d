package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;

/**
 * How the training of a run has ended on a machine of the cluster.
 *
 * @param seconds the seconds that it took there
 * @param reason why it failed, in one line; empty if it did not
 */
record TrainingOutcome(double seconds, String reason) {
  private static final JsonFormat<TrainingOutcome> FORMAT =
      new JsonFormat<>(TrainingOutcome.class, 1, "run the same version on all machines");

  static TrainingOutcome parse(String text) {
    return FORMAT.parse(null, "the result of a task", text);
  }

  String text() {
    return Json.line(FORMAT.document(this));
  }
}
