package io.github.lstmfcn.report;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.evaluation.ReportedAccuracies;
import io.github.lstmfcn.evaluation.ReportedScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Results of many models on many sets.
 *
 * @param list one a model and set
 * @param skipped models that have no result: not finished, without TEST or not measurable
 */
public record Results(List<Result> list, List<Path> skipped) {
  /** Copies the lists. */
  public Results {
    list = List.copyOf(list);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads all results of some files and folders. Models of one kind are one method; if a set has
   * several of a kind with different numbers of cells, the numbers tell the methods apart.
   *
   * @throws InvalidInputException if a source is not there, has no results, or one is damaged
   */
  public static Results read(List<ResultSource> sources) {
    List<Result> results = new ArrayList<>();
    List<Path> skipped = new ArrayList<>();
    for (ResultSource source : sources) {
      ResultFinder finder = new ResultFinder();
      finder.find(source.path());
      skipped.addAll(finder.skipped());
      results.addAll(named(source.name(), byCells(finder.results())));
    }
    return new Results(byCells(results), skipped);
  }

  private static List<Result> named(String name, List<Result> results) {
    if (name.isEmpty()) {
      return results;
    }
    boolean one = results.stream().map(Result::method).distinct().count() <= 1;
    return results.stream()
        .map(result -> result.of(one ? name : name + " " + result.method()))
        .toList();
  }

  private static List<Result> byCells(List<Result> results) {
    Map<String, Integer> cellsOf = new HashMap<>();
    Set<String> several = new HashSet<>();
    for (Result result : results) {
      Integer other = cellsOf.putIfAbsent(result.set() + '\n' + result.method(), result.cells());
      if (other != null && other != result.cells()) {
        several.add(result.method());
      }
    }
    return results.stream()
        .map(
            result ->
                several.contains(result.method()) && result.cells() > 0
                    ? result.of(result.method() + ", " + result.cells() + " cells")
                    : result)
        .toList();
  }

  /** The accuracies that were reported on the UCR archive, a column a method. */
  public static Results published() {
    return new Results(
        ReportedAccuracies.all().stream().map(Results::published).toList(), List.of());
  }

  private static Result published(ReportedScore score) {
    return new Result(
        score.column().toString(),
        0,
        score.set().name2018(),
        score.set().classes(),
        score.correct(),
        score.total(),
        score.accuracy(),
        score.column().chosenOn(),
        null,
        "",
        null);
  }

  /** These and others. */
  public Results and(Results others) {
    return new Results(
        Stream.concat(list.stream(), others.list.stream()).toList(),
        Stream.concat(skipped.stream(), others.skipped.stream()).toList());
  }

  /** Those that have a reported counterpart. */
  public List<Result> withReported() {
    return list.stream().filter(result -> result.reported() != null).toList();
  }
}
