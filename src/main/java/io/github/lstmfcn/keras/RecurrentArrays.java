package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.WeightArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Converts an LSTM's kernel, recurrent kernel and bias from the three existing layouts to that of
 * Keras 2's {@code LSTM}, with the gates in the order i, f, c, o.
 */
final class RecurrentArrays {
  private static final int GATES = 4;

  private RecurrentArrays() {}

  static Map<String, WeightArray> of(Path file, KerasLayer layer) {
    if (layer.arrays().size() == 3 * GATES) {
      return keras1(file, layer);
    }
    return isCudnn(layer)
        ? cudnn(file, layer)
        : named(layer.array(0), layer.array(1), layer.array(2));
  }

  /**
   * Whether a layer is a CuDNNLSTM, which has a bias for the input and one for the recurrence:
   * {@code 8 * units}.
   */
  static boolean isCudnn(KerasLayer layer) {
    return layer.arrays().size() == 3
        && layer.array(2).size() == 2 * GATES * layer.array(1).shape()[0]
        && layer.array(2).size() > 0;
  }

  private static Map<String, WeightArray> named(
      KerasArray kernel, KerasArray recurrent, KerasArray bias) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    arrays.put("lstm/kernel", new WeightArray(kernel.shape(), kernel.values()));
    arrays.put("lstm/recurrent_kernel", new WeightArray(recurrent.shape(), recurrent.values()));
    arrays.put("lstm/bias", new WeightArray(bias.shape(), bias.values()));
    return arrays;
  }

  /** Converts twelve arrays, three per gate, in the order i, c, f, o. */
  private static Map<String, WeightArray> keras1(Path file, KerasLayer layer) {
    int[] gateOf = {0, 2, 1, 3};
    int length = layer.array(0).shape()[0];
    int cells = layer.array(0).shape()[1];
    float[] kernel = new float[length * GATES * cells];
    float[] recurrent = new float[cells * GATES * cells];
    float[] bias = new float[GATES * cells];
    for (int position = 0; position < GATES; position++) {
      int gate = gateOf[position];
      KerasArray w = layer.array(3 * position);
      KerasArray u = layer.array(3 * position + 1);
      KerasArray b = layer.array(3 * position + 2);
      expect(file, layer, w, length, cells);
      expect(file, layer, u, cells, cells);
      expect(file, layer, b, cells);
      for (int row = 0; row < length; row++) {
        System.arraycopy(w.values(), row * cells, kernel, (row * GATES + gate) * cells, cells);
      }
      for (int row = 0; row < cells; row++) {
        System.arraycopy(u.values(), row * cells, recurrent, (row * GATES + gate) * cells, cells);
      }
      System.arraycopy(b.values(), 0, bias, gate * cells, cells);
    }
    return arrays(length, cells, kernel, recurrent, bias);
  }

  /**
   * Converts CuDNN's layout: within each gate the recurrent kernel is transposed, the kernel is
   * written column by column, and the two biases are added.
   */
  private static Map<String, WeightArray> cudnn(Path file, KerasLayer layer) {
    int cells = layer.array(1).shape()[0];
    int length = layer.array(0).shape()[0];
    int width = GATES * cells;
    expect(file, layer, layer.array(0), length, width);
    expect(file, layer, layer.array(1), cells, width);
    float[] kernel = new float[length * width];
    float[] recurrent = new float[cells * width];
    float[] bias = new float[width];
    float[] w = layer.array(0).values();
    float[] u = layer.array(1).values();
    float[] b = layer.array(2).values();
    for (int gate = 0; gate < GATES; gate++) {
      for (int row = 0; row < length; row++) {
        for (int cell = 0; cell < cells; cell++) {
          int flat = row * cells + cell;
          kernel[flat % length * width + gate * cells + flat / length] =
              w[row * width + gate * cells + cell];
        }
      }
      for (int row = 0; row < cells; row++) {
        for (int cell = 0; cell < cells; cell++) {
          recurrent[cell * width + gate * cells + row] = u[row * width + gate * cells + cell];
        }
      }
    }
    for (int index = 0; index < width; index++) {
      bias[index] = b[index] + b[width + index];
    }
    return arrays(length, cells, kernel, recurrent, bias);
  }

  private static Map<String, WeightArray> arrays(
      int length, int cells, float[] kernel, float[] recurrent, float[] bias) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    arrays.put("lstm/kernel", new WeightArray(new int[] {length, GATES * cells}, kernel));
    arrays.put(
        "lstm/recurrent_kernel", new WeightArray(new int[] {cells, GATES * cells}, recurrent));
    arrays.put("lstm/bias", new WeightArray(new int[] {GATES * cells}, bias));
    return arrays;
  }

  private static void expect(Path file, KerasLayer layer, KerasArray array, int... shape) {
    if (!java.util.Arrays.equals(array.shape(), shape)) {
      throw new InvalidInputException(
          file,
          "layer " + layer.name() + ", " + array.name(),
          "shape " + java.util.Arrays.toString(shape),
          array.shapeText(),
          "");
    }
  }
}
