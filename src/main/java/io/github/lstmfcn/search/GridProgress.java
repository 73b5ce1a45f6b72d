package io.github.lstmfcn.search;

/** Is told of the runs of a grid as they end. */
public interface GridProgress extends AutoCloseable {

  /**
   * One more run is over.
   *
   * @param run its name
   */
  void step(String run);

  @Override
  void close();
}
