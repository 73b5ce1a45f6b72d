package io.github.lstmfcn.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares ways to compute the same by their least times. They take turns, so that whatever else
 * the machine does meanwhile slows all of them.
 */
public final class Comparison {
  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 20;

  private Comparison() {}

  /**
   * Measures every way. Each is run once before, which builds what it needs.
   *
   * @param ways what to run, by name
   * @param seconds the time after which no further round begins, once there were three
   * @return the least milliseconds of each, in the same order
   */
  public static Map<String, Double> leastMilliseconds(Map<String, Runnable> ways, double seconds) {
    ways.values().forEach(Runnable::run);
    Map<String, Double> least = new LinkedHashMap<>();
    long start = System.nanoTime();
    for (int round = 0;
        round < FEWEST_ROUNDS
            || (round < MOST_ROUNDS && (System.nanoTime() - start) / 1e9 < seconds);
        round++) {
      ways.forEach((name, way) -> least.merge(name, milliseconds(way), Math::min));
    }
    return least;
  }

  private static double milliseconds(Runnable way) {
    long start = System.nanoTime();
    way.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
