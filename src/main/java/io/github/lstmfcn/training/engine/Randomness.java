package io.github.lstmfcn.training.engine;

import java.util.SplittableRandom;

/** Independent sources of random numbers, each a function of the recipe's seed alone. */
public enum Randomness {
  /** The initial weights, or those of a new dense layer. */
  WEIGHTS(0),
  /** The selection of held-out series. */
  HOLD_OUT(1),
  /** The order of the series in an epoch. */
  ORDER(2);

  private final int stream;

  Randomness(int stream) {
    this.stream = stream;
  }

  /** The source with the given number, such as that of an epoch. */
  public SplittableRandom of(long seed, int number) {
    SplittableRandom streams = new SplittableRandom(seed);
    for (int before = 0; before < stream; before++) {
      streams.nextLong();
    }
    return new SplittableRandom(streams.nextLong() + number);
  }
}
