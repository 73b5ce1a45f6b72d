package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import java.util.Objects;

/**
 * How datasets become the input and the targets of a network.
 *
 * @param normalization how series are normalised
 * @param labelEncoding how labels become class indices
 */
public record Inputs(Normalization normalization, LabelEncoding labelEncoding) {

  /**
   * Checks that no value is null.
   *
   * @param normalization the component {@code normalization}
   * @param labelEncoding the component {@code labelEncoding}
   */
  public Inputs {
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(labelEncoding, "labelEncoding");
  }
}
