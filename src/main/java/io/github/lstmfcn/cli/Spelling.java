package io.github.lstmfcn.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a mistyped name may have been meant to be.
 *
 * @param names the names that there are
 */
record Spelling(Collection<String> names) {

  /** The name that is nearest; empty if several are, or none is near. */
  Optional<String> nearest(String typed) {
    int least = names.stream().mapToInt(name -> distance(typed, name)).min().orElse(0);
    List<String> near = names.stream().filter(name -> distance(typed, name) == least).toList();
    boolean alike = near.size() == 1 && 3 * least <= typed.length(); // one letter in three
    return alike ? Optional.of(near.get(0)) : Optional.empty();
  }

  /** How many letters have to be changed, added, left out or exchanged with their neighbours. */
  private static int distance(String from, String to) {
    int[][] least = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        least[i][j] = i == 0 || j == 0 ? i + j : changed(least, from, to, i, j);
      }
    }
    return least[from.length()][to.length()];
  }

  private static int changed(int[][] least, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int best = Math.min(least[i - 1][j - 1] + (same ? 0 : 1), least[i - 1][j] + 1);
    best = Math.min(best, least[i][j - 1] + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(best, least[i - 2][j - 2] + 1) : best;
  }
}
