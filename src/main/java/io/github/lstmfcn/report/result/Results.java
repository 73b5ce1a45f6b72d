package io.github.lstmfcn.report.result;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.data.UeaDataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.verification.MultivariateCatalog;
import io.github.lstmfcn.verification.MultivariateDataset;
import io.github.lstmfcn.verification.ReportedAccuracies;
import io.github.lstmfcn.verification.ReportedScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Results of many models on many datasets.
 *
 * @param list the results, one per model and dataset
 * @param skipped the runs and files without a result
 */
public record Results(List<Result> list, List<SkippedResult> skipped) {
  /** Copies the lists. */
  public Results {
    list = List.copyOf(list);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads all results of files and folders. A model that is found twice with the same count counts
   * once. Models of one kind are one method; if a dataset has several models of a kind that differ
   * in their number of cells, or in the split on which they were selected, they are different
   * methods.
   *
   * @throws InvalidInputException if a source does not exist, has no results, or a result is
   *     damaged
   */
  public static Results read(List<ResultSource> sources) {
    ResultFinder finder = new ResultFinder();
    List<Result> results = new ArrayList<>();
    for (ResultSource source : sources) {
      results.addAll(named(source.name(), finder.find(source.path())));
    }
    if (results.isEmpty() && !sources.isEmpty()) {
      SkippedResult first = finder.skipped().get(0);
      throw new InvalidInputException(
          sources.get(0).path(),
          "",
          "a result on TEST",
          "none, but " + first.reason() + ": " + first.name(),
          "");
    }
    List<Result> all = once(results.stream().map(Results::canonical).toList());
    all = apart(all, result -> result.cells() > 0, result -> result.cells() + " cells");
    all = apart(all, result -> !result.chosenOn().isEmpty(), Results::choice);
    return new Results(all, finder.skipped());
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

  /** Renames a dataset of an archive to its name there, of the UCR archive to that of 2018. */
  private static Result canonical(Result result) {
    return UcrCatalog.published()
        .find(result.set())
        .map(UcrDataset::name2018)
        .or(() -> UeaCatalog.published().find(result.set()).map(UeaDataset::name))
        .or(() -> MultivariateCatalog.find(result.set()).map(MultivariateDataset::name))
        .map(result::on)
        .orElse(result);
  }

  private static List<Result> once(Collection<Result> results) {
    Map<List<Object>, Result> byModel = new LinkedHashMap<>();
    for (Result result : results) {
      byModel.putIfAbsent(
          List.of(result.model(), result.set(), result.correct(), result.total()), result);
    }
    return List.copyOf(byModel.values());
  }

  private static String choice(Result result) {
    return "selected on " + result.chosenOn();
  }

  /**
   * Splits methods that have results on one dataset that differ in a property.
   *
   * @param has whether the property of a result is known
   * @param what the property, as text
   */
  private static List<Result> apart(
      List<Result> results, Predicate<Result> has, Function<Result, String> what) {
    Map<List<String>, String> first = new HashMap<>();
    Set<String> split = new HashSet<>();
    for (Result result : results) {
      if (has.test(result)) {
        String other = first.putIfAbsent(key(result), what.apply(result));
        if (other != null && !other.equals(what.apply(result))) {
          split.add(result.method());
        }
      }
    }
    return results.stream()
        .map(
            result ->
                has.test(result) && split.contains(result.method())
                    ? result.of(result.method() + ", " + what.apply(result))
                    : result)
        .toList();
  }

  private static List<String> key(Result result) {
    return List.of(result.method(), result.set());
  }

  /** The accuracies that were reported on the UCR archive; each column is a method. */
  public static Results published() {
    return new Results(
        ReportedAccuracies.all().stream().map(Results::published).toList(), List.of());
  }

  static Result published(ReportedScore score) {
    return new Result(
        score.column(),
        0,
        score.chosenOn(),
        score.set(),
        score.classes(),
        score.correct(),
        score.total(),
        score.accuracy(),
        null,
        score.column(),
        "",
        null);
  }

  /**
   * These results with the reported accuracies to set beside them; each column is a method. Of the
   * columns on multivariate datasets only the accuracies on the same series are taken, since these
   * columns have hardly a dataset in common; the columns on the UCR archive are left out if all
   * datasets are multivariate.
   */
  public Results withPublished() {
    Results columns = PublishedColumns.beside(list).multivariate();
    boolean univariate = list.isEmpty() || !list.stream().allMatch(Results::isMultivariate);
    return univariate ? and(published()).and(columns) : and(columns);
  }

  private static boolean isMultivariate(Result result) {
    return UcrCatalog.published().find(result.set()).isEmpty()
        && (UeaCatalog.published().find(result.set()).isPresent()
            || MultivariateCatalog.find(result.set()).isPresent());
  }

  /** These results and others. */
  public Results and(Results others) {
    return new Results(
        Stream.concat(list.stream(), others.list.stream()).toList(),
        Stream.concat(skipped.stream(), others.skipped.stream()).toList());
  }

  /** The results of a method. */
  public List<Result> of(String method) {
    return list.stream().filter(result -> result.method().equals(method)).toList();
  }
}
