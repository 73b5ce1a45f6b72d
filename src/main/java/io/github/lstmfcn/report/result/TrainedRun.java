package io.github.lstmfcn.report.result;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the folder of a training run as a result.
 *
 * @param folder the folder, with its {@code run.json}
 */
record TrainedRun(Path folder) {

  /** Whether a folder is that of a run. */
  static boolean isAt(Path folder) {
    return TrainingRun.isAt(folder);
  }

  /** The reason why there is no result. */
  SkippedResult skipped() {
    boolean finished = TrainingRun.finished(folder).isPresent();
    return new SkippedResult(
        folder.toString(), finished ? "dataset without TEST" : "run not finished");
  }

  /**
   * The score on TEST; empty while the run is not finished, or if there is no TEST.
   *
   * @param method the name of the method; empty for the kind of the network
   * @throws InvalidInputException if a file is damaged
   */
  Optional<Result> result(String method) {
    return TrainingRun.describe(folder)
        .flatMap(
            run ->
                TrainingRun.finished(folder)
                    .filter(metrics -> metrics.test() != null)
                    .map(metrics -> result(method, run, metrics)));
  }

  private Result result(String method, RunDescription run, RunMetrics metrics) {
    int correct = Math.toIntExact(metrics.test().correct());
    int total = metrics.test().total();
    return new Result(
        method.isEmpty() ? run.kind().toString() : method,
        run.cells(),
        metrics.chosenOn(),
        run.set(),
        metrics.classes(),
        correct,
        total,
        (double) correct / total,
        ReportedCounterpart.find(run.set(), Optional.of(run.kind()), metrics.chosenOn(), total),
        RealPath.of(folder).toString(),
        folder.getFileName().toString(),
        folder);
  }
}
