package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Concludes from the weights alone how a network reads its input.
 *
 * @param file the file, for messages
 * @param places the layers by their place in the network
 * @param weightless the layers without weights
 * @param length the length of a series, if the user gives it
 */
record ShapeReading(
    Path file, Map<String, KerasLayer> places, WeightlessLayers weightless, OptionalInt length) {
  private static final String WHOLE = "save the whole model, whose configuration tells it";

  /** The strides of the original. */
  private static final int[] STRIDES = {2, 3};

  /**
   * A conclusion.
   *
   * @param reading how the network reads its input
   * @param assumptions what was assumed, one sentence each
   */
  record Conclusion(InputReading reading, List<String> assumptions) {}

  /**
   * Concludes.
   *
   * @throws InvalidInputException if the shapes leave it open
   */
  Conclusion conclusion() {
    KerasLayer recurrent = places.get("lstm");
    int given = length.orElse(0);
    if (recurrent == null) {
      return new Conclusion(
          new InputReading(0, given, Orientation.OVER_VARIABLES, false, 1), List.of());
    }
    int variables = variables();
    List<String> assumptions = new ArrayList<>();
    int stride = stride(variables, assumptions);
    Orientation orientation = orientation(recurrent, variables, stride);
    boolean masking = masking(variables, orientation, assumptions);
    return new Conclusion(
        new InputReading(variables, given, orientation, masking, stride), assumptions);
  }

  private boolean isSubsampled() {
    return places.containsKey(Subsampling.NAME);
  }

  private int filters() {
    int[] shape = ConvolutionKernel.shape(places.get(Subsampling.NAME).array(0));
    return shape[shape.length - 1];
  }

  private int variables() {
    KerasLayer first = places.get(ConvolutionBlock.convolution(1));
    if (first == null) {
      throw new InvalidInputException(
          file,
          "",
          "convolutions, whose shapes tell the number of variables",
          "the weights of a recurrent layer alone",
          WHOLE);
    }
    return ConvolutionKernel.shape(first.array(0))[1];
  }

  /** The stride of the original with which a subsampling has its number of filters. */
  private int stride(int variables, List<String> assumptions) {
    if (!isSubsampled()) {
      return 1;
    }
    int[] fitting = IntStream.of(STRIDES).filter(s -> variables / s == filters()).toArray();
    if (fitting.length != 1) {
      KerasLayer layer = places.get(Subsampling.NAME);
      throw new InvalidInputException(
          file,
          "layer " + layer.name(),
          "a subsampling of %s variables to a half or a third, which tells its stride"
              .formatted(variables),
          layer.shapesText(),
          WHOLE);
    }
    assumptions.add(
        "the file does not say which stride its subsampling has; assumed %s as in the original, as"
                .formatted(fitting[0])
            + " %s variables become %s".formatted(variables, filters()));
    return fitting[0];
  }

  /**
   * The orientation. Over variables, the features of a step are the times of a series; over steps,
   * they are its variables.
   */
  private Orientation orientation(KerasLayer recurrent, int variables, int stride) {
    int features = recurrent.array(0).shape()[0];
    int series = isSubsampled() ? filters() : variables;
    if (features != series) {
      return Orientation.OVER_VARIABLES;
    }
    boolean univariate = variables == 1;
    boolean square = length.isPresent() && (length.getAsInt() + stride - 1) / stride == features;
    if (univariate || (length.isPresent() && !square)) {
      return Orientation.OVER_STEPS; // with one variable and one step, both are the same
    }
    long permutations = weightless.complete() ? weightless.count("permute") : -1;
    if (isSubsampled() && permutations >= 3) {
      return Orientation.OVER_VARIABLES; // in front of either branch, and behind the subsampling
    }
    if (permutations == 0 && weightless.byClass()) {
      return Orientation.OVER_STEPS;
    }
    throw new InvalidInputException(
        file,
        "layer " + recurrent.name(),
        "weights that tell whether the layer reads a series step by step or variable by variable",
        "a kernel %s of a network of %s variables"
            .formatted(recurrent.array(0).shapeText(), variables),
        length.isPresent() ? WHOLE : ConfiguredNetwork.GIVE_LENGTH);
  }

  private boolean masking(int variables, Orientation orientation, List<String> assumptions) {
    boolean strided = isSubsampled();
    boolean overSteps = orientation == Orientation.OVER_STEPS;
    boolean univariate = variables == 1 && !hasSqueezes() && !strided;
    boolean ofOriginal = !univariate && (strided || !overSteps);
    if (weightless.count("masking") > 0) {
      return true;
    }
    if (weightless.complete()) {
      if (!weightless.byClass() && (overSteps || !univariate)) {
        assumptions.add(
            "no layer of the file is named masking; assumed that the recurrent layer takes steps of"
                + " zeros like all others; a whole model would say it");
      }
      return false;
    }
    if (ofOriginal) {
      assumptions.add(
          "the file does not say whether the network has a mask; assumed as in the original: the"
              + " recurrent layer skips steps of zeros; a whole model would say it");
    }
    return ofOriginal;
  }

  private boolean hasSqueezes() {
    return IntStream.rangeClosed(1, ModelSpec.MOST_BLOCKS)
        .anyMatch(block -> places.containsKey(ConvolutionBlock.reduction(block)));
  }
}
