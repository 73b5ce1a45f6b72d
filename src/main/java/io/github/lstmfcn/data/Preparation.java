package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a series becomes a model's input: brought to the model's length, missing values filled with
 * 0, then scaled by {@code (x - mean) / (std + 1e-8)} in double, std being the population's.
 *
 * <p>A series is as long as up to its last value that is not missing: how the 2018 archive pads
 * unequal lengths does not count. A shorter one is filled with 0 to the model's length, before
 * scaling, so that the filled values take part in mean and deviation.
 *
 * <p>Upstream (its {@code load_dataset_at}) fills with 0 too, but first drops the columns that are
 * all missing, separately in TRAIN and TEST. On GesturePebbleZ1 (TRAIN 455 steps, TEST 375) the two
 * then differ and it fails; where both have the same columns the results are equal.
 *
 * @param length steps of the model's input
 * @param truncate whether a longer series loses its end instead of being refused
 * @param normalization the scaling
 * @param trainMean mean of TRAIN after filling; used by {@link Normalization#TRAIN} only
 * @param trainStd population standard deviation of TRAIN after filling; likewise
 */
public record Preparation(
    int length, boolean truncate, Normalization normalization, double trainMean, double trainStd) {

  /**
   * The largest magnitude of a prepared value, 2^60. Sums over three convolutions stay within
   * float32 (3.4e38) if the weights amplify it by less than 1e20; beyond, infinities and NaN come
   * up, which a ReLU hides.
   */
  public static final float LARGEST_VALUE = 0x1p60f;

  /**
   * Checks length and scaling.
   *
   * @throws IllegalArgumentException if the length is not positive, or mean or deviation not finite
   *     or the deviation negative
   */
  public Preparation {
    Objects.requireNonNull(normalization, "normalization");
    if (length < 1) {
      throw new IllegalArgumentException("length must be positive, found " + length);
    }
    if (!Double.isFinite(trainMean) || !Double.isFinite(trainStd) || trainStd < 0) {
      throw new IllegalArgumentException(
          "mean and deviation must be finite, found " + trainMean + " and " + trainStd);
    }
  }

  /** Only brings to a length; refuses longer series. */
  public static Preparation none(int length) {
    return new Preparation(length, false, Normalization.NONE, 0, 1);
  }

  /**
   * A preparation, measured on TRAIN where the normalization asks for it.
   *
   * @param trainOrNull the TRAIN set; may be null unless {@link Normalization#TRAIN}
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
      throw new IllegalArgumentException("Normalization.TRAIN needs a TRAIN set");
    }
    float[][] filled = plain.apply(trainOrNull);
    double mean = mean(filled);
    return new Preparation(length, truncate, normalization, mean, deviation(filled, mean));
  }

  /**
   * A model's input, float32 [series][length]; the set's own arrays stay as they are.
   *
   * @throws InvalidInputException if a series is longer than {@link #length()}, unless truncated,
   *     has an infinite value, no value at all or, scaled, one beyond {@link #LARGEST_VALUE}; names
   *     which, from 1
   */
  public float[][] apply(Dataset data) {
    float[][] prepared = new float[data.size()][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(data.source(), "series " + (i + 1), data.series()[i]);
    }
    return prepared;
  }

  /**
   * Series as a model's input, float32 [series][length]; the given arrays stay as they are.
   *
   * @throws InvalidInputException if one is longer than {@link #length()}, unless truncated, has an
   *     infinite value, no value at all or, scaled, one beyond {@link #LARGEST_VALUE}; names which,
   *     from 1
   */
  public float[][] apply(float[][] series) {
    float[][] prepared = new float[series.length][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(series[i], "series " + (i + 1));
    }
    return prepared;
  }

  /**
   * One series as a model's input, float32 [length]; the given array stays as it is.
   *
   * @param place where it comes from, for the message, as {@code "stdin: line 3"}
   * @throws InvalidInputException if it is longer than {@link #length()}, unless truncated, has an
   *     infinite value, no value at all or, scaled, one beyond {@link #LARGEST_VALUE}
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
          series.length == 0 ? "none" : "missing ones only",
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

  /** Steps up to the last that is not missing. */
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
