package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import java.util.Objects;

/**
 * What a network is fed with.
 *
 * @param normalization of every series
 * @param labelEncoding how labels become classes
 */
public record Inputs(Normalization normalization, LabelEncoding labelEncoding) {

  /** Refuses null. */
  public Inputs {
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(labelEncoding, "labelEncoding");
  }
}
