package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a series becomes a model's input: it is brought to the model's length, missing values are
 * replaced by 0, and it is scaled by {@code (x - mean) / (std + 1e-8)} in double precision, where
 * std is the population standard deviation. The input has the variables of a series one after
 * another: {@code float32 [variables × length]}.
 *
 * <p>The length of a series is counted up to its last step at which a variable has a value, so that
 * the padding of the 2018 archive does not count. A shorter series is padded with 0 to the model's
 * length. In a univariate series this happens before it is scaled, so that the padding takes part
 * in mean and standard deviation. In a multivariate series padding and missing values take no part
 * and are 0 afterwards, unless {@link Normalization#UPSTREAM} scales them; values that are 0 in the
 * file, as those with which an array was padded, cannot be told from measured ones and do take
 * part.
 *
 * <p>The original code (its {@code load_dataset_at}) pads with 0 too, but first drops the columns
 * in which all values are missing, separately in TRAIN and TEST. On GesturePebbleZ1 (TRAIN 455
 * steps, TEST 375) the two splits then differ in length and it fails; where both splits have the
 * same columns the results are equal.
 *
 * @param variables the number of variables of the model's input
 * @param length the number of steps of the model's input
 * @param truncate whether a longer series is truncated at its end instead of being refused
 * @param normalization how series are normalised
 * @param means the means that series are scaled by: none for {@link Normalization#NONE} and {@link
 *     Normalization#SAMPLE}, one for {@link Normalization#UPSTREAM}, else one per variable
 * @param deviations the standard deviations, as many as there are means
 */
public record Preparation(
    int variables,
    int length,
    boolean truncate,
    Normalization normalization,
    List<Double> means,
    List<Double> deviations) {

  /**
   * The largest magnitude of a prepared value, 2^60. Sums over three convolutions stay within
   * float32 (3.4e38) if the weights amplify it by less than 1e20; beyond, infinities and NaN arise,
   * which a ReLU hides.
   */
  public static final float LARGEST_VALUE = 0x1p60f;

  /**
   * Checks sizes and scaling.
   *
   * @param variables the component {@code variables}
   * @param length the component {@code length}
   * @param truncate the component {@code truncate}
   * @param normalization the component {@code normalization}
   * @param means the component {@code means}
   * @param deviations the component {@code deviations}
   * @throws IllegalArgumentException if the number of variables or the length is not positive,
   *     there are more or fewer means or standard deviations than the normalisation has, one of
   *     them is not finite, or a standard deviation is negative
   */
  public Preparation {
    Objects.requireNonNull(normalization, "normalization");
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (length < 1) {
      throw new IllegalArgumentException("length must be positive, found " + length);
    }
    if (variables < 1) {
      throw new IllegalArgumentException("variables must be positive, found " + variables);
    }
    int scales = normalization.scales(variables);
    if (means.size() != scales || deviations.size() != scales) {
      throw new IllegalArgumentException(
          "expected %s means and standard deviations, found %s and %s"
              .formatted(scales, means.size(), deviations.size()));
    }
    if (!means.stream().allMatch(Double::isFinite)
        || !deviations.stream().allMatch(std -> Double.isFinite(std) && std >= 0)) {
      throw new IllegalArgumentException(
          "mean and standard deviation must be finite, found " + means + " and " + deviations);
    }
  }

  /**
   * A preparation of univariate series without normalisation, which refuses longer series.
   *
   * @param length the number of steps of the model's input
   * @return the preparation
   */
  public static Preparation none(int length) {
    return none(1, length);
  }

  /**
   * A preparation without normalisation, which refuses longer series.
   *
   * @param variables the number of variables of the model's input
   * @param length the number of steps of the model's input
   * @return the preparation
   */
  public static Preparation none(int variables, int length) {
    return new Preparation(variables, length, false, Normalization.NONE, List.of(), List.of());
  }

  /**
   * Creates a preparation of univariate series; see {@link #of(Normalization, int, int, boolean,
   * Dataset, Dataset)}.
   *
   * @param normalization how series are normalised; not {@link Normalization#POOLED}, which needs
   *     TEST
   * @param length the number of steps of the model's input
   * @param truncate whether a longer series is truncated at its end instead of being refused
   * @param trainOrNull the TRAIN split; may be null unless the normalisation needs it
   * @return the preparation
   * @throws InvalidInputException if TRAIN is needed and {@link #apply(Dataset)} refuses it
   * @throws IllegalArgumentException if a split is needed and null or empty
   */
  public static Preparation of(
      Normalization normalization, int length, boolean truncate, Dataset trainOrNull) {
    return of(normalization, 1, length, truncate, trainOrNull, null);
  }

  /**
   * Creates a preparation; it computes means and standard deviations where the normalisation takes
   * them from the splits. Those of {@link Normalization#POOLED} are over all steps, those of the
   * other normalisations over the steps that the model sees.
   *
   * @param normalization how series are normalised
   * @param variables the number of variables of the model's input
   * @param length the number of steps of the model's input
   * @param truncate whether a longer series is truncated at its end instead of being refused
   * @param trainOrNull the TRAIN split; may be null unless {@link Normalization#needsTrain}
   * @param testOrNull the TEST split; may be null unless {@link Normalization#needsTest}
   * @return the preparation
   * @throws InvalidInputException if a split is needed and {@link #apply(Dataset)} refuses it
   * @throws IllegalArgumentException if a split is needed and null or empty
   */
  public static Preparation of(
      Normalization normalization,
      int variables,
      int length,
      boolean truncate,
      Dataset trainOrNull,
      Dataset testOrNull) {
    if (normalization.needsTrain() && (trainOrNull == null || trainOrNull.size() == 0)) {
      throw new IllegalArgumentException(
          "Normalization." + normalization.name() + " needs a TRAIN split");
    }
    if (normalization.needsTest() && (testOrNull == null || testOrNull.size() == 0)) {
      throw new IllegalArgumentException(
          "Normalization." + normalization.name() + " needs a TEST split");
    }
    Preparation plain =
        new Preparation(variables, length, truncate, Normalization.NONE, List.of(), List.of());
    List<Scale> scales =
        switch (normalization) {
          case NONE, SAMPLE -> List.of();
          case UPSTREAM -> List.of(Scale.of(List.of(plain.apply(trainOrNull)), 0));
          case TRAIN ->
              variables == 1
                  ? List.of(Scale.of(List.of(plain.apply(trainOrNull)), 0))
                  : plain.scales(0, trainOrNull);
          case POOLED -> {
            int longest = Math.max(trainOrNull.unpaddedLength(), testOrNull.unpaddedLength());
            yield none(variables, Math.max(1, longest)).scales(1, trainOrNull, testOrNull);
          }
        };
    return new Preparation(
        variables,
        length,
        truncate,
        normalization,
        scales.stream().map(Scale::mean).toList(),
        scales.stream().map(Scale::deviation).toList());
  }

  /** The scale of each variable's values, without missing ones. */
  private List<Scale> scales(int spare, Dataset... splits) {
    for (Dataset split : splits) {
      apply(split); // refuses what has no scale
    }
    List<Scale> scales = new ArrayList<>();
    for (int variable = 0; variable < variables; variable++) {
      List<float[]> rows = new ArrayList<>();
      for (Dataset split : splits) {
        for (float[][] series : split.series()) {
          rows.add(values(series[variable]));
        }
      }
      scales.add(Scale.of(rows, spare));
    }
    return scales;
  }

  /**
   * Counts the series that are longer than the model's input.
   *
   * @param data the dataset
   * @return the number of series that are truncated or refused
   */
  public int longer(Dataset data) {
    int longer = 0;
    for (float[][] series : data.series()) {
      longer += Dataset.unpaddedLength(series) > length ? 1 : 0;
    }
    return longer;
  }

  /**
   * Says how many series are truncated, for a note.
   *
   * @param data the dataset
   * @param split the split that it is
   * @return one sentence; empty if none is
   */
  public Optional<String> truncation(Dataset data, Split split) {
    int longer = truncate ? longer(data) : 0;
    return longer == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %s series of %s are longer than %s steps and are cut."
                .formatted(longer, data.size(), split, length));
  }

  /**
   * Prepares the series of a dataset; its own arrays are not changed.
   *
   * @param data the dataset
   * @return the model's input, float32 {@code [series][variables × length]}
   * @throws InvalidInputException if the series have another number of variables, or one is longer
   *     than {@link #length()} and is not to be truncated, has an infinite value, has a variable
   *     without any value or, once scaled, has a value beyond {@link #LARGEST_VALUE}; the message
   *     names the series, counted from 1
   */
  public float[][] apply(Dataset data) {
    if (data.size() > 0) {
      check().checkVariables(data.source(), "", data.variables());
    }
    float[][] prepared = new float[data.size()][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(data.source(), "series " + (i + 1), data.series()[i]);
    }
    return prepared;
  }

  /**
   * Prepares series; the given arrays are not changed.
   *
   * @param series float32 {@code [series][variable][step]}; NaN is a missing value
   * @return the model's input, float32 {@code [series][variables × length]}
   * @throws InvalidInputException as {@link #apply(float[][], String)}; the message names the
   *     series, counted from 1
   */
  public float[][] apply(float[][][] series) {
    float[][] prepared = new float[series.length][];
    for (int i = 0; i < prepared.length; i++) {
      prepared[i] = apply(series[i], "series " + (i + 1));
    }
    return prepared;
  }

  /**
   * Prepares univariate series; the given arrays are not changed.
   *
   * @param series float32 {@code [series][step]}; NaN is a missing value
   * @return the model's input, float32 {@code [series][length]}
   * @throws InvalidInputException as {@link #apply(float[][], String)}; the message names the
   *     series, counted from 1
   */
  public float[][] apply(float[][] series) {
    return apply(Dataset.univariate(series));
  }

  /**
   * Prepares one univariate series; the given array is not changed.
   *
   * @param series float32 {@code [step]}; NaN is a missing value
   * @param place where the series comes from, for the message, as {@code "stdin: line 3"}
   * @return the model's input, float32 {@code [length]}
   * @throws InvalidInputException as {@link #apply(float[][], String)}
   */
  public float[] apply(float[] series, String place) {
    return apply(new float[][] {series}, place);
  }

  /**
   * Prepares one series; the given arrays are not changed.
   *
   * @param series float32 {@code [variable][step]}; NaN is a missing value
   * @param place where the series comes from, for the message, as {@code "stdin: line 3"}
   * @return the model's input, float32 {@code [variables × length]}
   * @throws InvalidInputException if the series has another number of variables, or its variables
   *     differ in length; if it is longer than {@link #length()} and is not to be truncated, has an
   *     infinite value, has a variable without any value or, once scaled, has a value beyond {@link
   *     #LARGEST_VALUE}; if it has several variables and all of them are 0 at every step
   */
  public float[] apply(float[][] series, String place) {
    return apply(null, place, series);
  }

  /**
   * Brings series to the model's length and leaves them as they are otherwise: the input of an
   * exported model, which fills missing values and scales by itself. What cannot be prepared is
   * refused here, since an exported model answers it with NaN.
   *
   * @param series float32 {@code [series][variable][step]}; NaN is a missing value
   * @return float32 {@code [series][variables × length]}, with NaN for what is missing or padded
   * @throws InvalidInputException as {@link #apply(float[][], String)}; the message names the
   *     series, counted from 1
   */
  public float[][] pad(float[][][] series) {
    float[][] padded = new float[series.length][variables * length];
    for (int i = 0; i < padded.length; i++) {
      apply(series[i], "series " + (i + 1)); // refuses what cannot be prepared
      Arrays.fill(padded[i], Float.NaN);
      for (int variable = 0; variable < variables; variable++) {
        float[] steps = series[i][variable];
        System.arraycopy(steps, 0, padded[i], variable * length, Math.min(length, steps.length));
      }
    }
    return padded;
  }

  private float[] apply(Path source, String place, float[][] series) {
    check().check(source, place, series);
    float[] prepared = prepared(series);
    InputCheck.checkMagnitude(source, place, prepared);
    if (variables > 1 && isSilent(prepared)) {
      throw new InvalidInputException(
          source,
          place,
          "a variable that is not 0 at every step",
          "only zeros in all of the " + variables + " variables" + normalized(),
          "leave the series out");
    }
    return prepared;
  }

  private String normalized() {
    return normalization == Normalization.NONE ? "" : ", once normalised";
  }

  private InputCheck check() {
    return new InputCheck(variables, length, truncate);
  }

  /** The values of a variable that are not missing, up to the model's length. */
  private float[] values(float[] steps) {
    float[] values = new float[Math.min(length, steps.length)];
    int count = 0;
    for (int step = 0; step < values.length; step++) {
      if (!Float.isNaN(steps[step])) {
        values[count++] = steps[step];
      }
    }
    return Arrays.copyOf(values, count);
  }

  private float[] prepared(float[][] series) {
    float[] prepared = new float[variables * length];
    for (int variable = 0; variable < variables; variable++) {
      float[] values = values(series[variable]);
      if (scalesValuesAlone()) {
        scale(values, variable);
      }
      int next = 0;
      for (int step = 0; step < Math.min(length, series[variable].length); step++) {
        if (!Float.isNaN(series[variable][step])) {
          prepared[variable * length + step] = values[next++];
        }
      }
    }
    if (normalization != Normalization.NONE && !scalesValuesAlone()) {
      scaleFilled(prepared);
    }
    return prepared;
  }

  /** Whether padding and missing values take no part in the scaling and stay 0. */
  private boolean scalesValuesAlone() {
    return switch (normalization) {
      case NONE, UPSTREAM -> false;
      case SAMPLE, TRAIN -> variables > 1;
      case POOLED -> true;
    };
  }

  private void scale(float[] values, int variable) {
    switch (normalization) {
      case SAMPLE -> Scale.of(List.of(values), 0).apply(values);
      case TRAIN -> {
        Scale train = scale(variable);
        if (train.deviation() == 0) {
          Arrays.fill(values, 0);
        } else if (!isSilent(values)) {
          train.apply(values);
        }
      }
      case POOLED -> scale(variable).applyExactly(values);
      case NONE, UPSTREAM -> throw new IllegalStateException(normalization.name());
    }
  }

  private void scaleFilled(float[] input) {
    Scale scale = normalization == Normalization.SAMPLE ? Scale.of(List.of(input), 0) : scale(0);
    scale.apply(input);
  }

  private Scale scale(int index) {
    return new Scale(means.get(index), deviations.get(index));
  }

  private static boolean isSilent(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
