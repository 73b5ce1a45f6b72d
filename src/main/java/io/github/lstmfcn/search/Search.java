package io.github.lstmfcn.search;

import io.github.lstmfcn.training.run.RunMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Selects the network of each dataset: the one with the highest mean accuracy over its seeds and
 * folds on the series that its runs held out of TRAIN; among equals, the one with the lower mean
 * loss, then with fewer cells. Of its seeds the best by the same order is taken.
 *
 * <p>The accuracy on the held-out series selected the best of several networks. It serves to
 * compare networks, but is too optimistic as an estimate of accuracy; TEST serves for that.
 *
 * <p>Every finished run has been scored on TEST. To exclude that score from the selection, networks
 * are selected among {@link Candidate}s, which have the score on the held-out series only, and
 * {@link #opened} removes the score on TEST from every run but the selected ones before anything is
 * printed or written. Only a recipe that selects on TEST itself, as that of 2017 does, is an
 * exception: there the score on TEST decides, as in the publication.
 *
 * @param grid the grid
 * @param onTest whether networks are selected by their score on TEST
 */
public record Search(Grid grid, boolean onTest) {

  /**
   * A network with the score that decides on its selection.
   *
   * @param point the network and its seed
   * @param accuracy the accuracy on the held-out series, mean over the folds
   * @param loss the loss on the held-out series, mean over the folds
   */
  private record Candidate(GridPoint point, double accuracy, double loss) {
    /** Means that differ by less than this, which may be due to rounding, are equal. */
    private static final double RESOLUTION = 1e-9;

    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(
                (Candidate candidate) -> -Math.round(candidate.accuracy / RESOLUTION))
            .thenComparingDouble(Candidate::loss)
            .thenComparingInt(candidate -> candidate.point.cells())
            .thenComparing(candidate -> candidate.point.kind())
            .thenComparingLong(candidate -> candidate.point.seed());

    /** The means of several candidates of the same network, under the point of the first. */
    static Candidate mean(List<Candidate> alike) {
      return new Candidate(
          alike.get(0).point,
          mean(alike.stream().mapToDouble(Candidate::accuracy)),
          mean(alike.stream().mapToDouble(Candidate::loss)));
    }

    private static double mean(DoubleStream values) {
      return values.average().orElseThrow();
    }
  }

  /**
   * The selected network of a dataset.
   *
   * @param point the network and its seed; a separate run if the search was by folds
   * @param accuracy the accuracy on the held-out series, or on TEST, mean over the seeds and folds
   *     of the network
   * @param loss the loss on the same series, mean over the seeds and folds of the network
   */
  public record Choice(GridPoint point, double accuracy, double loss) {}

  /**
   * Selects the network of a dataset. A network of which a run failed is not selected.
   *
   * @param set the name of the dataset
   * @param runs the runs of the grid, in any order
   * @return the selected network; empty while a run of the dataset has not ended, or if every
   *     network failed
   */
  public Optional<Choice> choice(String set, List<GridRun> runs) {
    Map<GridPoint, GridRun> byPoint =
        runs.stream().collect(Collectors.toMap(GridRun::point, Function.identity()));
    List<GridPoint> points =
        grid.points().stream().filter(point -> point.set().equals(set)).toList();
    if (!points.stream().allMatch(point -> isFinished(byPoint.get(point)))) {
      return Optional.empty();
    }
    List<Candidate> candidates = candidates(points, byPoint);
    Map<String, List<Candidate>> networks =
        candidates.stream()
            .collect(Collectors.groupingBy(candidate -> candidate.point().network()));
    Optional<Candidate> best =
        networks.values().stream()
            .filter(seeds -> seeds.size() == grid.seeds())
            .map(Candidate::mean)
            .min(Candidate.BEST_FIRST);
    return best.map(mean -> choice(mean, networks.get(mean.point().network())));
  }

  private static boolean isFinished(GridRun run) {
    return run != null && run.isFinished();
  }

  /** The candidates: one for each network and seed of which every run is finished. */
  private List<Candidate> candidates(List<GridPoint> points, Map<GridPoint, GridRun> byPoint) {
    Map<String, List<GridPoint>> folds =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    point -> point.whole().toString(), TreeMap::new, Collectors.toList()));
    return folds.values().stream()
        .map(alike -> alike.stream().map(byPoint::get).toList())
        .filter(alike -> alike.stream().allMatch(run -> run.status() == GridRun.Status.FINISHED))
        .map(alike -> Candidate.mean(alike.stream().map(this::candidate).toList()))
        .toList();
  }

  private Candidate candidate(GridRun run) {
    RunMetrics.Part score = onTest ? run.metrics().test() : run.metrics().validation();
    return new Candidate(run.point().whole(), score.accuracy(), score.loss());
  }

  private static Choice choice(Candidate mean, List<Candidate> seeds) {
    Candidate best = seeds.stream().min(Candidate.BEST_FIRST).orElseThrow();
    return new Choice(best.point(), mean.accuracy(), mean.loss());
  }

  /** The selected networks of the datasets whose runs have ended, in the order of the datasets. */
  public List<Choice> choices(List<GridRun> runs) {
    return grid.sets().stream().flatMap(set -> choice(set, runs).stream()).toList();
  }

  /**
   * The runs, with their score on TEST only if they are selected, or if it decided on the
   * selection.
   */
  public List<GridRun> opened(List<GridRun> runs) {
    List<GridPoint> chosen = choices(runs).stream().map(Choice::point).toList();
    return runs.stream()
        .map(run -> onTest || chosen.contains(run.point()) ? run : run.withoutTest())
        .toList();
  }
}
