package io.github.lstmfcn.search;

import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;

/**
 * How far a run of a grid has come.
 *
 * @param point which one
 * @param folder where it lives
 * @param status how far
 * @param epochs so far
 * @param metrics what came of it; null unless it is finished
 * @param seconds that its processes have taken
 * @param reason why it failed, in one line; empty if it did not
 */
public record GridRun(
    GridPoint point,
    Path folder,
    Status status,
    int epochs,
    RunMetrics metrics,
    double seconds,
    String reason) {

  /** How far a run has come. */
  public enum Status {
    /** Not begun. */
    WAITING,
    /** Begun, but neither finished nor failed. */
    INTERRUPTED,
    /** Ended by its recipe. */
    FINISHED,
    /** Ended by an error. */
    FAILED
  }

  /**
   * As its folder has it.
   *
   * @param seconds that its processes have taken
   * @param reason why the last of them failed; empty if it did not
   * @throws io.github.lstmfcn.error.InvalidInputException if a file of the folder is damaged
   */
  public static GridRun in(Path folder, GridPoint point, double seconds, String reason) {
    RunMetrics metrics = TrainingRun.finished(folder).orElse(null);
    int epochs = metrics == null ? TrainingRun.epochs(folder) : metrics.epochs();
    Status status =
        metrics != null ? Status.FINISHED : epochs == 0 ? Status.WAITING : Status.INTERRUPTED;
    boolean failed = metrics == null && !reason.isEmpty();
    return new GridRun(
        point, folder, failed ? Status.FAILED : status, epochs, metrics, seconds, reason);
  }

  /** Whether it is over, well or not. */
  public boolean isFinished() {
    return status == Status.FINISHED || status == Status.FAILED;
  }

  /** The same without its score on TEST. */
  public GridRun withoutTest() {
    return metrics == null
        ? this
        : new GridRun(point, folder, status, epochs, metrics.withoutTest(), seconds, reason);
  }
}
