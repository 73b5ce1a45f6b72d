package io.github.lstmfcn.model.winograd;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * A convolution by minimal filtering with what its gradients need. TensorFlow's own gradients of
 * these operations would be correct too, but would add up in an order that varies from run to run.
 *
 * @param filtering the matrices of the kernel's size
 * @param length the number of steps of a series
 * @param x float32 {@code (T, N, in)}, one phase after another
 * @param y float32 {@code (T, N, out)}, one phase after another
 * @param values the values of x at the points
 * @param matrices the matrices of the kernel
 */
public record FilteredConvolution(
    MinimalFiltering filtering,
    int length,
    Operand<TFloat32> x,
    Operand<TFloat32> y,
    List<Operand<TFloat32>> values,
    List<Operand<TFloat32>> matrices) {

  /**
   * The gradients of one scalar.
   *
   * @param kernel float32 {@code (k, in, out)}
   * @param bias float32 {@code (out)}
   * @param x float32 {@code (T, N, in)}
   */
  public record Gradient(Operand<TFloat32> kernel, Operand<TFloat32> bias, Operand<TFloat32> x) {}

  /**
   * Adds the convolution to a graph.
   *
   * @param tile the number of steps of a tile, which is also that of the phases
   * @param kernel float32 {@code (k, in, out)}
   * @param bias float32 {@code (out)}
   */
  public static FilteredConvolution apply(
      Ops tf,
      int length,
      int tile,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel,
      Operand<TFloat32> bias) {
    int in = (int) kernel.shape().get(1);
    int out = (int) kernel.shape().get(2);
    MinimalFiltering filtering = new MinimalFiltering((int) kernel.shape().get(0), tile);
    List<Operand<TFloat32>> matrices = filtering.matrices(tf, kernel);
    List<Operand<TFloat32>> values = filtering.values(tf, Phases.parted(tf, length, tile, x), in);
    List<Operand<TFloat32>> products = MinimalFiltering.products(tf, values, matrices, bias);
    Phases y = filtering.steps(tf, length, products, out, step -> step);
    return new FilteredConvolution(filtering, length, x, y.joined(tf), values, matrices);
  }

  /**
   * Adds the gradients of the convolution to a graph.
   *
   * @param dy the gradient by y, float32 {@code (T, N, out)}
   */
  public Gradient gradient(Ops tf, Operand<TFloat32> dy) {
    int in = (int) matrices.get(0).shape().get(0);
    int out = (int) matrices.get(0).shape().get(1);
    List<Operand<TFloat32>> byProducts =
        filtering.stepsGradient(tf, Phases.parted(tf, length, filtering.tile(), dy), out);
    List<Operand<TFloat32>> byMatrices = new ArrayList<>();
    List<Operand<TFloat32>> byValues = new ArrayList<>();
    for (Operand<TFloat32> product : byProducts) {
      int point = byValues.size();
      byMatrices.add(tf.linalg.matMul(values.get(point), product, MatMul.transposeA(true)));
      byValues.add(tf.linalg.matMul(product, matrices.get(point), MatMul.transposeB(true)));
    }
    return new Gradient(
        filtering.kernelGradient(tf, byMatrices),
        tf.reduceSum(byProducts.get(ToomCook.ONE), tf.constant(0)),
        filtering.valuesGradient(tf, length, byValues, in).joined(tf));
  }
}
