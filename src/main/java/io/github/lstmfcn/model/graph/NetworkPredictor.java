package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;

/** A predictor that is one network, whose specification has its sizes. */
public interface NetworkPredictor extends Predictor {

  /** The specification of the network. */
  ModelSpec spec();

  @Override
  default int variables() {
    return spec().variables();
  }

  @Override
  default int length() {
    return spec().length();
  }

  @Override
  default int classes() {
    return spec().classes();
  }

  @Override
  default boolean dependsOnBatch() {
    return spec().dependsOnBatch();
  }
}
