package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.Fold;
import io.github.lstmfcn.training.engine.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A stratified division of series into two parts.
 *
 * @param train the series to train on, in their original order
 * @param validation the held-out series, in their original order
 */
public record HoldOut(Examples train, Examples validation) {

  /**
   * Holds out a random share of each class, rounded, at least one series and never all.
   *
   * @param all all series
   * @param share the share to hold out, in (0, 1)
   * @param random the source of random numbers
   * @throws InvalidInputException if a class has only one series
   */
  static HoldOut stratified(Examples all, double share, RandomGenerator random) {
    boolean[] heldOut = new boolean[all.size()];
    for (int k = 0; k < all.names().size(); k++) {
      List<Integer> members = members(all, k);
      if (members.size() == 1) {
        throw new InvalidInputException(
            null,
            "class " + all.names().get(k),
            "at least two series, as one is held out",
            "1",
            "train without validation, or remove the class");
      }
      int count = (int) Math.round(share * members.size());
      count = Math.min(Math.max(count, 1), members.size() - 1);
      for (int taken = 0; taken < count; taken++) {
        heldOut[members.remove(random.nextInt(members.size()))] = true;
      }
    }
    return new HoldOut(select(all, heldOut, false), select(all, heldOut, true));
  }

  /**
   * Holds out a fold. The series of each class are assigned to the folds in turn, in random order,
   * and each class continues with the fold after the last one, so that the sizes of the folds
   * differ by at most one series. With the same random numbers, the folds of a cross-validation are
   * disjoint and contain all series.
   *
   * @throws InvalidInputException if a class has fewer series than there are folds
   */
  static HoldOut fold(Examples all, Fold fold, RandomGenerator random) {
    boolean[] heldOut = new boolean[all.size()];
    int dealt = 0;
    for (int k = 0; k < all.names().size(); k++) {
      List<Integer> members = members(all, k);
      Fold.check(null, all.names().get(k), members.size(), fold.of());
      while (!members.isEmpty()) {
        int series = members.remove(random.nextInt(members.size()));
        heldOut[series] = dealt++ % fold.of() == fold.number() - 1;
      }
    }
    return new HoldOut(select(all, heldOut, false), select(all, heldOut, true));
  }

  private static List<Integer> members(Examples all, int k) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.classes()[i] == k) {
        members.add(i);
      }
    }
    return members;
  }

  private static Examples select(Examples all, boolean[] heldOut, boolean which) {
    return all.select(IntStream.range(0, all.size()).filter(i -> heldOut[i] == which).toArray());
  }
}
