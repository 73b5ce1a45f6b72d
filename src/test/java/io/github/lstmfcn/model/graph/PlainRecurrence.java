package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.Arrays;

/**
 * The recurrences written out in double, straight from their equations: no TensorFlow, nothing
 * shared with the graph.
 */
final class PlainRecurrence {
  private final ModelSpec spec;
  private final ModelWeights weights;

  PlainRecurrence(ModelWeights weights) {
    this.spec = weights.spec();
    this.weights = weights;
  }

  /**
   * @param h the last output, {@code [N][cells]}
   * @param attention what the last context is the sum of, {@code [N][steps or 1][D]}
   */
  record Output(double[][] h, double[][][] attention) {}

  /**
   * @param x {@code [N][steps][D]}
   */
  Output run(double[][][] x) {
    int cells = spec.cells();
    double[][] h = new double[x.length][cells];
    double[][] c = new double[x.length][cells];
    double[][][] attention = new double[x.length][][];
    for (int step = 0; step < x[0].length; step++) {
      for (int n = 0; n < x.length; n++) {
        double[] z = values("lstm/bias");
        addProduct(z, x[n][step], "lstm/kernel");
        addProduct(z, h[n], "lstm/recurrent_kernel");
        if (spec.kind() == ModelKind.ALSTM_FCN) {
          attention[n] =
              spec.dependsOnBatch() ? batchSum(x, step) : weighted(x[n], alignment(x[n], h[n]));
          addProduct(z, sum(attention[n]), "lstm/attention_kernel");
        }
        double[] next = new double[cells];
        for (int k = 0; k < cells; k++) {
          double i = gate(z[k]);
          double f = gate(z[cells + k]);
          double g = Math.tanh(z[2 * cells + k]);
          double o = gate(z[3 * cells + k]);
          c[n][k] = f * c[n][k] + i * g;
          next[k] = o * Math.tanh(c[n][k]);
        }
        h[n] = next;
      }
    }
    return new Output(h, attention);
  }

  private static double[][] batchSum(double[][][] x, int step) {
    return new double[][] {
      sum(Arrays.stream(x).map(series -> series[step]).toArray(double[][]::new))
    };
  }

  /** {@code softmax_j(v' tanh(U h + W x_j + b))}. */
  private double[] alignment(double[][] steps, double[] h) {
    double[] v = values("lstm/attention_v");
    double[] weight = new double[steps.length];
    for (int j = 0; j < steps.length; j++) {
      double[] energy = values("lstm/attention_b");
      addProduct(energy, h, "lstm/attention_U");
      addProduct(energy, steps[j], "lstm/attention_W");
      double score = 0;
      for (int k = 0; k < v.length; k++) {
        score += v[k] * Math.tanh(energy[k]);
      }
      weight[j] = Math.exp(score);
    }
    double total = Arrays.stream(weight).sum();
    return Arrays.stream(weight).map(w -> w / total).toArray();
  }

  private static double[][] weighted(double[][] rows, double[] weight) {
    double[][] weighted = new double[rows.length][];
    for (int j = 0; j < rows.length; j++) {
      double factor = weight[j];
      weighted[j] = Arrays.stream(rows[j]).map(value -> factor * value).toArray();
    }
    return weighted;
  }

  private static double[] sum(double[][] rows) {
    double[] sum = new double[rows[0].length];
    for (double[] row : rows) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += row[d];
      }
    }
    return sum;
  }

  private double gate(double z) {
    return spec.gateActivation() == GateActivation.SIGMOID
        ? 1 / (1 + Math.exp(-z))
        : Math.max(0, Math.min(1, 0.2 * z + 0.5));
  }

  private double[] values(String name) {
    float[] floats = weights.arrays().get(name).values();
    double[] values = new double[floats.length];
    for (int index = 0; index < values.length; index++) {
      values[index] = floats[index];
    }
    return values;
  }

  private void addProduct(double[] sum, double[] row, String matrix) {
    float[] m = weights.arrays().get(matrix).values();
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += row[i] * m[i * sum.length + j];
      }
    }
  }
}
