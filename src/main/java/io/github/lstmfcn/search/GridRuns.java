package io.github.lstmfcn.search;

import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has the runs of a grid trained, and writes the tables of the runs. */
public final class GridRuns {
  private final GridFolder folder;
  private final Function<List<GridRun>, GridReport> report;
  private final Consumer<GridReport> observer;
  private final Map<GridPoint, GridRun> runs = new LinkedHashMap<>();

  /**
   * Starts without runs.
   *
   * @param folder the folder of the grid
   * @param report makes a report of all runs, without the scores on TEST that are not to be shown
   * @param observer receives the report whenever the tables were replaced
   */
  public GridRuns(
      GridFolder folder,
      Function<List<GridRun>, GridReport> report,
      Consumer<GridReport> observer) {
    this.folder = folder;
    this.report = report;
    this.observer = observer;
  }

  /** The report of the runs so far. */
  public GridReport report() {
    return report.apply(all());
  }

  /** All runs so far. */
  public List<GridRun> all() {
    return List.copyOf(runs.values());
  }

  /**
   * Trains the given runs unless they are finished.
   *
   * @param descriptions the descriptions of the runs, whose folders may exist
   * @param place where the runs are trained
   * @param stop whether to stop: then no further run is started
   * @param begun creates the progress once all folders are checked; returns null if progress is not
   *     to be shown
   * @throws io.github.lstmfcn.error.InvalidInputException if a folder has another run; then no run
   *     is started
   */
  public void train(
      Map<GridPoint, RunDescription> descriptions,
      TrainingPlace place,
      BooleanSupplier stop,
      Supplier<GridProgress> begun) {
    describe(descriptions);
    try (GridProgress progress = begun.get()) {
      Map<Path, GridPoint> open = open(descriptions.keySet(), progress);
      place.run(
          List.copyOf(open.keySet()),
          stop,
          (path, seconds, reason) -> {
            GridPoint point = open.get(path);
            GridRun before = runs.get(point);
            runs.put(point, run(point, before.description(), before.seconds() + seconds, reason));
            write();
            step(progress, point);
          });
    }
  }

  private void describe(Map<GridPoint, RunDescription> descriptions) {
    descriptions.forEach(
        (point, description) -> {
          TrainingRun.check(folder.folder(point), description);
          runs.put(point, run(point, description, folder.seconds(point), ""));
        });
    write();
    descriptions.forEach(
        (point, description) -> TrainingRun.prepare(folder.folder(point), description));
  }

  private void write() {
    GridReport now = report();
    folder.write(now);
    observer.accept(now);
  }

  private Map<Path, GridPoint> open(Set<GridPoint> points, GridProgress progress) {
    Map<Path, GridPoint> open = new LinkedHashMap<>();
    for (GridPoint point : points) {
      if (!step(progress, point)) {
        open.put(folder.folder(point), point);
      }
    }
    return open;
  }

  /** Advances the progress if a run has ended; returns whether it has. */
  private boolean step(GridProgress progress, GridPoint point) {
    boolean over = runs.get(point).isFinished();
    if (over && progress != null) {
      progress.step(point.toString());
    }
    return over;
  }

  private GridRun run(GridPoint point, RunDescription description, double seconds, String reason) {
    return GridRun.in(folder.folder(point), point, description, seconds, reason);
  }
}
