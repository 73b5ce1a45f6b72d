package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.Convolutions;

/**
 * How a machine computes a graph: results differ in their last digits only.
 *
 * @param threads the threads of TensorFlow
 * @param convolutions how convolutions are computed
 */
public record Execution(Threads threads, Convolutions convolutions) {
  /** Threads as TensorFlow has them, convolutions as they are fastest on most processors. */
  public static final Execution DEFAULT = new Execution(Threads.DEFAULT, Convolutions.WINOGRAD_6);

  /** The same on other threads. */
  public Execution with(Threads others) {
    return new Execution(others, convolutions);
  }

  /** The same with convolutions in another way. */
  public Execution with(Convolutions others) {
    return new Execution(threads, others);
  }
}
