package io.github.lstmfcn.keras;

import io.github.lstmfcn.keras.config.ConfiguredLayer;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import java.util.OptionalInt;

/**
 * How a network reads its input, as far as the shapes of its arrays do not tell.
 *
 * @param variables the number of variables of a series; 0 if only the shapes tell
 * @param length the number of steps of a series; 0 if only the shapes tell
 * @param orientation the axis that the recurrent layer takes step by step
 * @param masking whether the recurrent layer skips steps that are all zero
 * @param stride the stride of the subsampling; not used without one
 */
record InputReading(
    int variables, int length, Orientation orientation, boolean masking, int stride) {

  /** That of a network whose specification is known. */
  static InputReading of(ModelSpec spec) {
    RecurrentBranch recurrent = spec.recurrent();
    boolean strided = recurrent != null && recurrent.subsampling() != null;
    return new InputReading(
        spec.variables(),
        spec.length(),
        recurrent == null ? Orientation.OVER_VARIABLES : recurrent.orientation(),
        recurrent != null && recurrent.masking(),
        strided ? recurrent.subsampling().stride() : 1);
  }

  /** That of a network of which there is a configuration. */
  static InputReading of(ConfiguredNetwork network) {
    ConfiguredLayer subsampling = network.layers().get(Subsampling.NAME);
    return new InputReading(
        network.variables(),
        network.length(),
        network.orientation(),
        network.masking(),
        subsampling == null ? 1 : subsampling.stride());
  }

  /** A copy with a given length, if its own is not known. */
  InputReading orLength(OptionalInt given) {
    return length > 0 || given.isEmpty()
        ? this
        : new InputReading(variables, given.getAsInt(), orientation, masking, stride);
  }
}
