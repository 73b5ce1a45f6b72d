package io.github.lstmfcn.search;

/** Receives the runs of a grid as they end. */
public interface GridProgress extends AutoCloseable {

  /**
   * Called when a run has ended.
   *
   * @param run the name of the run
   */
  void step(String run);

  @Override
  void close();
}
