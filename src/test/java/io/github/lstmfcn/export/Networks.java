package io.github.lstmfcn.export;

import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Small multivariate networks of every kind, and series for them. */
final class Networks {
  static final int VARIABLES = 3;
  static final int LENGTH = 10;
  static final int CLASSES = 4;

  private Networks() {}

  /** Networks with one small block, and those that have a recurrence of their own. */
  static Stream<ModelSpec> all() {
    ModelSpec full = of(ModelKind.MALSTM_FCN);
    RecurrentBranch branch = full.recurrent();
    Subsampling subsampling = new Subsampling(2, 4, 3);
    return Stream.concat(
        Stream.of(ModelKind.values()).map(Networks::of),
        Stream.of(
            of(ModelKind.MLSTM_FCN)
                .with(of(ModelKind.MLSTM_FCN).recurrent().with(Orientation.OVER_STEPS)),
            full.with(branch.with(Orientation.OVER_STEPS)),
            full.with(branch.with(subsampling)),
            full.with(branch.with(subsampling).with(Orientation.OVER_STEPS)),
            full.with(branch.withMasking(false)),
            full.with(GateActivation.SIGMOID)));
  }

  static ModelSpec of(ModelKind kind) {
    ModelSpec spec = ModelSpec.of(kind, VARIABLES, LENGTH, CLASSES, 4, GateActivation.HARD_SIGMOID);
    List<ConvolutionBlock> blocks =
        spec.blocks().stream()
            .limit(2)
            .map(block -> new ConvolutionBlock(16, block.kernelSize(), block.bottleneck()))
            .toList();
    return spec.with(blocks);
  }

  /** A preparation whose means and standard deviations, if it has any, are all one number. */
  static Preparation preparation(
      Normalization normalization, int variables, int length, double mean, double deviation) {
    int scales =
        switch (normalization) {
          case NONE, SAMPLE -> 0;
          case UPSTREAM -> 1;
          case TRAIN, POOLED -> variables;
        };
    return new Preparation(
        variables,
        length,
        false,
        normalization,
        Collections.nCopies(scales, mean),
        Collections.nCopies(scales, deviation));
  }

  /**
   * Series far from zero, in turn whole, with missing values, shorter, and with a variable that is
   * 0 or constant.
   */
  static float[][][] series(int count, long seed) {
    Random random = new Random(seed);
    float[][][] series = new float[count][VARIABLES][];
    for (int row = 0; row < count; row++) {
      for (int variable = 0; variable < VARIABLES; variable++) {
        float[] steps = new float[row % 5 == 2 ? LENGTH - 4 : LENGTH];
        for (int step = 0; step < steps.length; step++) {
          steps[step] = (float) (variable + (1 + variable) * random.nextGaussian());
          steps[step] = row % 5 == 1 && step % 4 == variable ? Float.NaN : steps[step];
          steps[step] = row % 5 == 3 && variable == row % 3 ? 0 : steps[step];
          steps[step] = row % 5 == 4 && variable == row % 3 ? 7 : steps[step];
        }
        series[row][variable] = steps;
      }
    }
    return series;
  }
}
