package io.github.lstmfcn.chart;

import org.hipparchus.stat.descriptive.moment.Variance;
import org.hipparchus.stat.projection.PCA;

/**
 * The first two principal components of points.
 *
 * @param scores float32 {@code [N][2]}: the coordinates of each point along the two components
 * @param shares the shares of the variance, {@code [2]}, each 0 to 1
 */
public record PrincipalComponents(float[][] scores, double[] shares) {

  /**
   * Computes the components of the unscaled points. The sign of a component is chosen so that its
   * score of largest magnitude is positive.
   *
   * @param points float32 {@code [≥ 2][≥ 2]}
   * @throws IllegalArgumentException if there are fewer points or coordinates
   */
  public static PrincipalComponents of(float[][] points) {
    if (points.length < 2 || points[0].length < 2) {
      throw new IllegalArgumentException("expected at least two points of two values each");
    }
    double[][] exact = new double[points.length][points[0].length];
    double[] total = new double[1];
    for (int column = 0; column < exact[0].length; column++) {
      double[] values = new double[points.length];
      for (int row = 0; row < points.length; row++) {
        exact[row][column] = points[row][column];
        values[row] = points[row][column];
      }
      total[0] += new Variance().evaluate(values);
    }
    PCA pca = new PCA(2);
    double[][] projected = pca.fitAndTransform(exact);
    double[] shares = new double[2];
    float[][] scores = new float[points.length][2];
    for (int component = 0; component < 2; component++) {
      shares[component] = total[0] == 0 ? 0 : pca.getVariance()[component] / total[0];
      double sign = signOfLargest(projected, component);
      for (int row = 0; row < scores.length; row++) {
        scores[row][component] = (float) (sign * projected[row][component]);
      }
    }
    return new PrincipalComponents(scores, shares);
  }

  private static double signOfLargest(double[][] scores, int component) {
    double largest = 0;
    for (double[] row : scores) {
      largest = Math.abs(row[component]) > Math.abs(largest) ? row[component] : largest;
    }
    return largest < 0 ? -1 : 1;
  }
}
