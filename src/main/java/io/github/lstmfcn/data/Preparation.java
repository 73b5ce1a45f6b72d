package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a series becomes a model's input: it is brought to the model's length, missing values are
 * replaced by 0, and it is scaled by {@code (x - mean) / (std + 1e-8)} in double precision, where
 * std is the population standard deviation.
 *
 * <p>The length of a series is counted up to its last value that is not missing, so that the
 * padding of the 2018 archive does not count. A shorter series is padded with 0 to the model's
 * length before it is scaled, so that the padding takes part in mean and standard deviation.
 *
 * <p>The original code (its {@code load_dataset_at}) pads with 0 too, but first drops the columns
 * in which all values are missing, separately in TRAIN and TEST. On GesturePebbleZ1 (TRAIN 455
 * steps, TEST 375) the two splits then differ in length and it fails; where both splits have the
 * same columns the results are equal.
 *
 * @param length the number of steps of the model's input
 * @param truncate whether a longer series is truncated at its end instead of being refused
 * @param normalization how series are normalised
 * @param trainMean the mean of TRAIN after padding; used by {@link Normalization#TRAIN} only
 * @param trainStd the population standard deviation of TRAIN after padding; used by {@link
 *     Normalization#TRAIN} only
 */
public record Preparation(
    int length, boolean truncate, Normalization normalization, double trainMean, double trainStd) {

  /**
   * The largest magnitude of a prepared value, 2^60. Sums over three convolutions stay within
   * float32 (3.4e38) if the weights amplify it by less than 1e20; beyond, infinities and NaN arise,
   * which a ReLU hides.
   */
  public static final float LARGEST_VALUE = 0x1p60f;

  /**
   * Checks length and scaling.
   *
   * @param length the component {@code length}
   * @param truncate the component {@code truncate}
   * @param normalization the component {@code normalization}
   * @param trainMean the component {@code trainMean}
   * @param trainStd the component {@code trainStd}
   * @throws IllegalArgumentException if the length is not positive, the mean or the standard
   *     deviation is not finite, or the standard deviation is negative
   */
  public Preparation {
    Objects.requireNonNull(normalization, "normalization");
    if (length < 1) {
      throw new IllegalArgumentException("length must be positive, found " + length);
    }
    if (!Double.isFinite(trainMean) || !Double.isFinite(trainStd) || trainStd < 0) {
      throw new IllegalArgumentException(
          "mean and standard deviation must be finite, found " + trainMean + " and " + trainStd);
    }
  }

  /**
   * A preparation without normalisation, which refuses longer series.
   *
   * @param length the number of steps of the model's input
   * @return the preparation
   */
  public static Preparation none(int length) {
    return new Preparation(length, false, Normalization.NONE, 0, 1);
  }

  /**
   * Creates a preparation; for {@link Normalization#TRAIN} it computes mean and standard deviation
   * of TRAIN.
   *
   * @param normalization how series are normalised
   * @param length the number of steps of the model's input
   * @param truncate whether a longer series is truncated at its end instead of being refused
   * @param trainOrNull the TRAIN split; may be null unless the normalisation is {@link
   *     Normalization#TRAIN}
   * @return the preparation
   * @throws InvalidInputException if TRAIN is needed and {@link #apply(Dataset)} refuses it
   * @throws IllegalArgumentException if TRAIN is needed and null or empty
   */
  public static Preparation of(
      Normalization normalization, int length, boolean truncate, Dataset trainOrNull) {
    Preparation plain = new Preparation(length, truncate, Normalization.NONE, 0, 1);
    if (normalization != Normalization.TRAIN) {
      return new Preparation(length, truncate, normalization, 0, 1);
    }
    if (trainOrNull == null || trainOrNull.size() == 0) {
      throw new IllegalArgumentException("Normalization.TRAIN needs a TRAIN split");
    }
    float[][] filled = plain.apply(trainOrNull);
    double mean = mean(filled);
    return new Preparation(length, truncate, normalization, mean, deviation(filled, mean));
  }

  /**
   * Prepares the series of a dataset; its own arrays are not changed.
   *
   * @param data the dataset
   * @return the model's input, float32 {@code [series][length]}
   * @throws InvalidInputException if a series is longer than {@link #length()} and is not to be
   *     truncated, has an infinite value, has no value at all or, once scaled, has a value beyond
   *     {@link #LARGEST_VALUE}; the message names the series, counted from 1
   */
  public float[][] apply(Dataset data) {
    float[][] prepared = new float[data.size()][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(data.source(), "series " + (i + 1), data.series()[i]);
    }
    return prepared;
  }

  /**
   * Prepares series; the given arrays are not changed.
   *
   * @param series float32 {@code [series][step]}; NaN is a missing value
   * @return the model's input, float32 {@code [series][length]}
   * @throws InvalidInputException if a series is longer than {@link #length()} and is not to be
   *     truncated, has an infinite value, has no value at all or, once scaled, has a value beyond
   *     {@link #LARGEST_VALUE}; the message names the series, counted from 1
   */
  public float[][] apply(float[][] series) {
    float[][] prepared = new float[series.length][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(series[i], "series " + (i + 1));
    }
    return prepared;
  }

  /**
   * Prepares one series; the given array is not changed.
   *
   * @param series float32 {@code [step]}; NaN is a missing value
   * @param place where the series comes from, for the message, as {@code "stdin: line 3"}
   * @return the model's input, float32 {@code [length]}
   * @throws InvalidInputException if the series is longer than {@link #length()} and is not to be
   *     truncated, has an infinite value, has no value at all or, once scaled, has a value beyond
   *     {@link #LARGEST_VALUE}
   */
  public float[] apply(float[] series, String place) {
    return apply(null, place, series);
  }

  private float[] apply(Path source, String place, float[] series) {
    int found = realLength(series);
    if (found == 0) {
      throw new InvalidInputException(
          source,
          place,
          "a value",
          series.length == 0 ? "none" : "only missing values",
          "leave the series out");
    }
    if (!truncate && found > length) {
      throw new InvalidInputException(
          source,
          place,
          "at most " + length + " steps, the model's length",
          Integer.toString(found),
          "truncate, or use a model of this length");
    }
    for (int step = 0; step < Math.min(found, length); step++) {
      if (Float.isInfinite(series[step])) {
        throw new InvalidInputException(
            source,
            place,
            "finite values or NaN",
            series[step] + " at step " + (step + 1),
            "write NaN where a value is missing");
      }
    }
    float[] prepared = prepared(series);
    for (float value : prepared) {
      if (!(Math.abs(value) <= LARGEST_VALUE)) {
        throw new InvalidInputException(
            source,
            place,
            "values that the network can compute with",
            "values so large that its arithmetic overflows",
            "scale the series");
      }
    }
    return prepared;
  }

  /** The number of steps up to the last value that is not missing. */
  private static int realLength(float[] series) {
    int end = series.length;
    while (end > 0 && Float.isNaN(series[end - 1])) {
      end--;
    }
    return end;
  }

  private float[] prepared(float[] series) {
    float[] filled = new float[length];
    for (int i = 0; i < Math.min(length, series.length); i++) {
      filled[i] = Float.isNaN(series[i]) ? 0 : series[i];
    }
    switch (normalization) {
      case NONE -> {}
      case SAMPLE -> {
        float[][] alone = {filled};
        double mean = mean(alone);
        scale(filled, mean, deviation(alone, mean));
      }
      case TRAIN -> scale(filled, trainMean, trainStd);
    }
    return filled;
  }

  private static void scale(float[] values, double mean, double deviation) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean) / (deviation + Normalization.EPSILON));
    }
  }

  private static double mean(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += value;
      }
    }
    return sum / ((double) rows.length * rows[0].length);
  }

  private static double deviation(float[][] rows, double mean) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += (value - mean) * (value - mean);
      }
    }
    return Math.sqrt(sum / ((double) rows.length * rows[0].length));
  }
}
