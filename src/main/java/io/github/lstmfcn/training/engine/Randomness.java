package io.github.lstmfcn.training.engine;

import java.util.SplittableRandom;

/** Independent sources of random numbers, each a function of the recipe's seed alone. */
public enum Randomness {
  /** The initial weights, or a new head. */
  WEIGHTS(0),
  /** Which series are held out. */
  HOLD_OUT(1),
  /** The order of an epoch. */
  ORDER(2);

  private final int stream;

  Randomness(int stream) {
    this.stream = stream;
  }

  /** The source of a number, as of an epoch. */
  public SplittableRandom of(long seed, int number) {
    SplittableRandom streams = new SplittableRandom(seed);
    for (int before = 0; before < stream; before++) {
      streams.nextLong();
    }
    return new SplittableRandom(streams.nextLong() + number);
  }
}
