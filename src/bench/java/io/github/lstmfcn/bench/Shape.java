package io.github.lstmfcn.bench;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A size to measure at: an LSTM-FCN for one variable, an MLSTM-FCN for several.
 *
 * @param variables variables of a series
 * @param length steps of a series
 * @param batch series at once
 * @param cells of the LSTM
 */
record Shape(int variables, int length, int batch, int cells) {
  static final List<String> LABELS = List.of("0", "1", "2", "3", "4");

  /** From {@code 1x128x128x8}: variables, length, batch, cells. */
  static Shape parse(String text) {
    int[] sizes = Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    return new Shape(sizes[0], sizes[1], sizes[2], sizes[3]);
  }

  Shape ofBatch(int size) {
    return new Shape(variables, length, size, cells);
  }

  ModelKind kind() {
    return variables > 1 ? ModelKind.MLSTM_FCN : ModelKind.LSTM_FCN;
  }

  ModelSpec spec() {
    return ModelSpec.of(
        kind(), variables, length, LABELS.size(), cells, GateActivation.HARD_SIGMOID);
  }

  /** A model whose activations neither die nor grow: variance 1 / fan-in. */
  ModelWeights weights() {
    Random random = new Random(1);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec())
        .forEach((name, shape) -> arrays.put(name, array(name, shape, random)));
    return new ModelWeights(spec(), arrays);
  }

  /** The same as a caller has it, from a file. */
  Model model() {
    try {
      Path file = Files.createTempFile("bench", ".h5");
      KerasWeights.write(weights(), file);
      Model model = Model.load(file);
      Files.delete(file);
      return model;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static WeightArray array(String name, int[] shape, Random random) {
    int outputs = shape[shape.length - 1];
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double scale = shape.length == 1 ? 0.1 : Math.sqrt((double) outputs / values.length);
    double center = name.endsWith("gamma") || name.endsWith("moving_variance") ? 1 : 0;
    for (int index = 0; index < values.length; index++) {
      // Bounded, so that a variance stays positive.
      double value = Math.max(-3, Math.min(3, random.nextGaussian()));
      values[index] = (float) (center + scale * value);
    }
    return new WeightArray(shape, values);
  }

  /** Every class in turn. */
  int[] classes() {
    return IntStream.range(0, batch).map(row -> row % LABELS.size()).toArray();
  }

  static float[] equalClassWeights() {
    float[] equal = new float[LABELS.size()];
    Arrays.fill(equal, 1);
    return equal;
  }

  /** float32 {@code [batch][variables × length]}. */
  float[][] series() {
    Random random = new Random(2);
    float[][] series = new float[batch][variables * length];
    for (float[] row : series) {
      for (int value = 0; value < row.length; value++) {
        row[value] = (float) random.nextGaussian();
      }
    }
    return series;
  }

  /** The same series, float32 {@code [batch][variables][length]}. */
  float[][][] unprepared() {
    float[][] flat = series();
    float[][][] series = new float[batch][variables][];
    for (int row = 0; row < batch; row++) {
      for (int variable = 0; variable < variables; variable++) {
        int first = variable * length;
        series[row][variable] = Arrays.copyOfRange(flat[row], first, first + length);
      }
    }
    return series;
  }
}
