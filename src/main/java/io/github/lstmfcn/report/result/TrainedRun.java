package io.github.lstmfcn.report.result;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a training as a result.
 *
 * @param folder with its {@code run.json}
 */
record TrainedRun(Path folder) {

  /** Whether a folder is one. */
  static boolean isAt(Path folder) {
    return TrainingRun.isAt(folder);
  }

  /** Why there is no result, where there is none. */
  SkippedResult skipped() {
    boolean finished = TrainingRun.finished(folder).isPresent();
    return new SkippedResult(folder.toString(), finished ? "set without TEST" : "run not finished");
  }

  /**
   * Its score on TEST; empty while it is not finished, or if there is no TEST.
   *
   * @param method what it is one of; empty for its kind
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
