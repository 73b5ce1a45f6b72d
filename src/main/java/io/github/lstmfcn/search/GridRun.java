package io.github.lstmfcn.search;

import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of a run of a grid.
 *
 * @param point the run
 * @param folder the folder of the run
 * @param description what is trained
 * @param status the status
 * @param epochs the number of epochs so far
 * @param metrics the result; null unless the run is finished
 * @param seconds the seconds that the processes of the run have taken
 * @param reason why the run failed, in one line; empty if it did not
 */
public record GridRun(
    GridPoint point,
    Path folder,
    RunDescription description,
    Status status,
    int epochs,
    RunMetrics metrics,
    double seconds,
    String reason) {

  /** The status of a run. */
  public enum Status {
    /** Not begun. */
    WAITING,
    /** Going on in a process that this command has not started. */
    RUNNING,
    /** Begun, but neither finished nor failed. */
    INTERRUPTED,
    /** Ended by its recipe. */
    FINISHED,
    /** Ended by an error. */
    FAILED
  }

  /**
   * The state of a run, read from its folder.
   *
   * @param description what is trained
   * @param seconds the seconds that the processes of the run have taken
   * @param reason why the last of the processes failed; empty if it did not
   * @throws io.github.lstmfcn.error.InvalidInputException if a file of the folder is damaged
   */
  public static GridRun in(
      Path folder, GridPoint point, RunDescription description, double seconds, String reason) {
    Optional<RunMetrics> finished = TrainingRun.finished(folder);
    boolean running = finished.isEmpty() && TrainingRun.isInUse(folder);
    // It may have ended between the two questions.
    RunMetrics metrics = finished.or(() -> TrainingRun.finished(folder)).orElse(null);
    int epochs = metrics == null ? TrainingRun.epochs(folder) : metrics.epochs();
    Status status = Status.INTERRUPTED;
    if (metrics != null) {
      status = Status.FINISHED;
    } else if (running) {
      status = Status.RUNNING;
    } else if (!reason.isEmpty()) {
      status = Status.FAILED;
    } else if (epochs == 0) {
      status = Status.WAITING;
    }
    return new GridRun(
        point,
        folder,
        description,
        status,
        epochs,
        metrics,
        seconds,
        status == Status.RUNNING ? "" : reason);
  }

  /** Whether the run has ended, successfully or not. */
  public boolean isFinished() {
    return status == Status.FINISHED || status == Status.FAILED;
  }

  /** This run without its score on TEST. */
  public GridRun withoutTest() {
    return metrics == null
        ? this
        : new GridRun(
            point, folder, description, status, epochs, metrics.withoutTest(), seconds, reason);
  }
}
