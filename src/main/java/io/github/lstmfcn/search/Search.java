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
 * Chooses the network of each set: the one with the highest mean accuracy over its seeds and folds
 * on what its runs held out of TRAIN; of equals, the lower mean loss, then fewer cells. Of its
 * seeds, the best by the same order is taken.
 *
 * <p>The held-out part has chosen the best of several networks: good for a comparison, too good for
 * an estimate of accuracy. That is what TEST is for.
 *
 * <p>A finished run scores TEST whatever becomes of it. So that no choice is made by it, the choice
 * is among {@link Candidate}s, whose one score is that of the held-out part, and {@link #opened}
 * takes TEST out of every run but the chosen ones before anything is printed or written. Only a
 * recipe that chooses on TEST itself, as that of 2017 does, has it otherwise: there the score is
 * TEST's, as in the publication.
 *
 * @param grid among what
 * @param onTest whether the choice is by the score on TEST
 */
public record Search(Grid grid, boolean onTest) {

  /**
   * What a choice is by.
   *
   * @param point the network and its seed
   * @param accuracy on what was held out, mean over the folds
   * @param loss likewise
   */
  private record Candidate(GridPoint point, double accuracy, double loss) {
    /** Means that differ by less are equal: they differ by rounding. */
    private static final double RESOLUTION = 1e-9;

    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(
                (Candidate candidate) -> -Math.round(candidate.accuracy / RESOLUTION))
            .thenComparingDouble(Candidate::loss)
            .thenComparingInt(candidate -> candidate.point.cells())
            .thenComparing(candidate -> candidate.point.kind())
            .thenComparingLong(candidate -> candidate.point.seed());

    /** Of several with the same network: their means, under the first one's point. */
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
   * The network of a set.
   *
   * @param point network and seed; a run of its own where the search was by folds
   * @param accuracy mean over the network's seeds and folds on what they held out, or on TEST
   * @param loss likewise
   */
  public record Choice(GridPoint point, double accuracy, double loss) {}

  /**
   * The choice for a set. A network of which a run failed is none to choose.
   *
   * @param runs of the grid, in any order
   * @return empty while a run of the set is not over, or if every network failed
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

  /** One for each network and seed of which every run is finished. */
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

  /** The choices that can be made, in the order of the sets. */
  public List<Choice> choices(List<GridRun> runs) {
    return grid.sets().stream().flatMap(set -> choice(set, runs).stream()).toList();
  }

  /** The runs, with TEST only where it may be looked at: of the chosen, or of all if it chose. */
  public List<GridRun> opened(List<GridRun> runs) {
    List<GridPoint> chosen = choices(runs).stream().map(Choice::point).toList();
    return runs.stream()
        .map(run -> onTest || chosen.contains(run.point()) ? run : run.withoutTest())
        .toList();
  }
}
