package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.ScoredSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Options that select the series to explain; by default the first of each class. */
public final class SampleOptions {
  @Option(
      names = "--samples",
      required = true,
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of the series in the file, counted from 0 and separated by commas, as 0,3.")
  List<Integer> samples;

  @Option(
      names = "--per-class",
      required = true,
      paramLabel = "COUNT",
      description = "Number of series per class, taken from the start of the file. Default: 1.")
  Integer perClass;

  @Option(names = "--all", required = true, description = "Use every series.")
  boolean all;

  /**
   * The numbers of the selected series, ascending.
   *
   * @throws InvalidInputException if a number is out of range, or {@code --per-class} is less than
   *     1
   */
  public int[] choose(ScoredSplit scored) {
    int count = scored.data().size();
    if (all) {
      return IntStream.range(0, count).toArray();
    }
    if (samples == null) {
      return firstOfEachClass(scored, perClass == null ? 1 : perClass);
    }
    for (int sample : samples) {
      if (sample < 0 || sample >= count) {
        throw new InvalidInputException(
            scored.data().source(),
            "--samples",
            "0 to " + (count - 1) + ", as it has " + count + " series",
            Integer.toString(sample),
            "");
      }
    }
    return samples.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
  }

  private static int[] firstOfEachClass(ScoredSplit scored, int perClass) {
    if (perClass < 1) {
      throw new InvalidInputException(
          null, "--per-class", "at least 1", Integer.toString(perClass), "");
    }
    int[] classes = scored.labels().indices(scored.data().labels());
    Map<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int sample = 0; sample < classes.length; sample++) {
      List<Integer> first = byClass.computeIfAbsent(classes[sample], k -> new ArrayList<>());
      if (first.size() < perClass) {
        first.add(sample);
      }
    }
    return byClass.values().stream()
        .flatMap(List::stream)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
