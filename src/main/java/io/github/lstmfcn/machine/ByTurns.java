package io.github.lstmfcn.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several ways to do a thing by turns, so that what else the machine does meets all of them.
 * The least time counts: what is added to it is somebody else's.
 *
 * @param turns of each way, after one that warms up
 * @param seconds the time of a turn; it has at least one call, however long that takes
 */
public record ByTurns(int turns, double seconds) {

  /**
   * Measures.
   *
   * @param ways what to run, by name
   * @return the least milliseconds of a call, in the order of the ways
   */
  public Map<String, Double> least(Map<String, Runnable> ways) {
    ways.values().forEach(this::turn);
    Map<String, Double> least = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(ways.keySet());
    order.forEach(name -> least.put(name, Double.POSITIVE_INFINITY));
    for (int turn = 0; turn < turns; turn++) {
      order.forEach(name -> least.merge(name, turn(ways.get(name)), Math::min));
      Collections.reverse(order); // a way's threads may spin for a while, in the next one's time
    }
    return least;
  }

  private double turn(Runnable way) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long start = System.nanoTime();
    do {
      way.run();
      long now = System.nanoTime();
      least = Math.min(least, now - start);
      start = now;
    } while (start < end);
    return least / 1e6;
  }
}
