package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How one file is divided into TRAIN and TEST: a fixed share of each class's series, drawn at
 * random, becomes TEST. The same share and seed give the same splits.
 *
 * @param share the share of TEST, in (0, 1)
 * @param seed the seed of the random draw
 */
public record TestShare(double share, long seed) {

  /**
   * Checks the share.
   *
   * @param share the component {@code share}
   * @param seed the component {@code seed}
   * @throws IllegalArgumentException if the share is not in (0, 1)
   */
  public TestShare {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("expected a share in (0, 1), found " + share);
    }
  }

  /** {@code 0.3 of each class, seed 4}. */
  @Override
  public String toString() {
    return share + " of each class, seed " + seed;
  }

  /**
   * The series of one split, in the order of the file. TEST has the share of each class, rounded,
   * but at least one series and never all of them.
   *
   * @throws InvalidInputException if a class has only one series
   */
  Dataset part(Dataset all, Split split) {
    boolean[] test = new boolean[all.size()];
    SplittableRandom random = new SplittableRandom(seed);
    members(all.labels())
        .forEach(
            (label, members) -> {
              if (members.size() == 1) {
                throw new InvalidInputException(
                    all.source(),
                    "label " + NumberText.shown(label),
                    "at least two series, one for TRAIN and one for TEST",
                    "1",
                    "leave the class out, or name files with --train and --test");
              }
              int count = (int) Math.round(share * members.size());
              count = Math.min(Math.max(count, 1), members.size() - 1);
              for (int taken = 0; taken < count; taken++) {
                test[members.remove(random.nextInt(members.size()))] = true;
              }
            });
    List<String> labels = new ArrayList<>();
    List<float[][]> series = new ArrayList<>();
    for (int i = 0; i < test.length; i++) {
      if (test[i] == (split == Split.TEST)) {
        labels.add(all.labels().get(i));
        series.add(all.series()[i]);
      }
    }
    return new Dataset(all.name(), all.source(), labels, series.toArray(float[][][]::new));
  }

  private static Map<String, List<Integer>> members(List<String> labels) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      members.computeIfAbsent(labels.get(i), label -> new ArrayList<>()).add(i);
    }
    return members;
  }
}
