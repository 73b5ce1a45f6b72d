package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.graph.Batches;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that decides a training but for the data and the network's size; each value under
 * Keras' name. With the same recipe and data, on one machine, number of threads, way to convolve
 * and precision, the weights are the same bit for bit.
 *
 * @param schedule how long, and in which order
 * @param optimization what a step minimises, which weights it changes, and by how much
 * @param layers how layers compute where the network leaves that open
 * @param selection which epoch's weights are the result
 * @param validation on what {@code val_loss} and {@code val_accuracy} are measured
 * @param inputs what the network is fed with
 * @param kerasRelease whose moving averages, first steps of Adam and plateau
 * @param seed of initial weights, order, dropout and hold-out
 */
public record Recipe(
    Schedule schedule,
    Optimization optimization,
    Layers layers,
    Selection selection,
    Validation validation,
    Inputs inputs,
    KerasRelease kerasRelease,
    long seed) {
  private static final int EPOCHS = 2000;

  /** As the original's documentation says; its scripts have 250 to 1000. */
  private static final int EPOCHS_2018 = 250;

  private static final float DROPOUT = 0.8f;

  /** Share of TRAIN that a search holds out unless told otherwise. */
  public static final double VALIDATION_SPLIT = 0.2;

  /** Twice the plateau's: a lower rate has its chance first. */
  private static final int EARLY_STOPPING_PATIENCE = 200;

  /**
   * Checks that the monitored value is measured.
   *
   * @param schedule the component {@code schedule}
   * @param optimization the component {@code optimization}
   * @param layers the component {@code layers}
   * @param selection the component {@code selection}
   * @param validation the component {@code validation}
   * @param inputs the component {@code inputs}
   * @param kerasRelease the component {@code kerasRelease}
   * @param seed the component {@code seed}
   * @throws InvalidInputException if the monitored value is not measured
   */
  public Recipe {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(optimization, "optimization");
    Objects.requireNonNull(layers, "layers");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(kerasRelease, "kerasRelease");
    if (selection.monitor().needsValidation()
        && validation.validatedOn() == Validation.Source.NONE) {
      throw new InvalidInputException(
          null,
          "monitor",
          "loss or accuracy, as nothing is validated on",
          selection.monitor().toString(),
          "validate on a hold-out, as --validation-split does");
    }
  }

  /**
   * As the 2017 release was trained: Keras 2.0.8, series as they are, the accuracy <b>on TEST</b>
   * decides about the learning rate and which epoch is selected. Table 1 of the IEEE Access paper
   * is of such weights, which were trained and scored on the archive of 2015: {@link
   * UcrDataset#swappedIn2015()}.
   *
   * @param set whose epochs and batch size of the release are taken; empty for 2000 and 128
   * @return the recipe
   */
  public static Recipe recipe2017(Optional<UcrDataset> set) {
    return new RecipeBuilder()
        .epochs(set.map(UcrDataset::epochs2017).orElse(OptionalInt.empty()).orElse(EPOCHS))
        .batchSize(
            set.map(UcrDataset::batchSize2017)
                .orElse(OptionalInt.empty())
                .orElse(Batches.ORIGINAL_SIZE))
        .adam(new Adam(1e-3f, 0.9f, 0.999f, 1e-8f))
        .monitor(Monitor.VAL_ACCURACY)
        .validation(Validation.Source.TEST)
        .kerasRelease(KerasRelease.KERAS_2_0_8)
        .build();
  }

  /**
   * As MLSTM-FCN and MALSTM-FCN were trained: Keras 2.1.2, which trains as 2.0.8 does, series as
   * they are, 250 epochs of batches of 128.
   *
   * @param selectsOnTest whether the accuracy <b>on TEST</b> decides about the learning rate and
   *     which epoch is selected, as in the original code until September 2018, with which the
   *     published tables may have been made; otherwise the training loss decides, as since then
   * @return the recipe
   */
  public static Recipe recipe2018(boolean selectsOnTest) {
    return recipe2017(Optional.empty()).toBuilder()
        .epochs(EPOCHS_2018)
        .monitor(selectsOnTest ? Monitor.VAL_ACCURACY : Monitor.LOSS)
        .validation(selectsOnTest ? Validation.Source.TEST : Validation.Source.NONE)
        .build();
  }

  /**
   * As the 2019 release was trained: Keras 2.2.5, each series normalised, the training loss
   * decides. Its attention was {@link AttentionScope#ACROSS_BATCH}; here it is per series unless
   * asked for.
   *
   * @return the recipe
   */
  public static Recipe recipe2019() {
    return new RecipeBuilder().normalization(Normalization.SAMPLE).build();
  }

  /**
   * The default: trains on all of TRAIN and keeps the epoch with the lowest training loss, as
   * {@link #recipe2019} does, but with batch-normalisation statistics that are settled after any
   * number of steps. TEST is not looked at. Each series is normalised by itself; see {@link
   * #standardMultivariate} for series of several variables.
   *
   * @param set whose epochs and batch size of the 2017 release are taken; empty for 2000 and 128
   * @return the recipe
   */
  public static Recipe standard(Optional<UcrDataset> set) {
    Recipe published = recipe2017(set);
    return recipe2019().toBuilder()
        .epochs(published.schedule().epochs())
        .batchSize(published.schedule().batchSize())
        .kerasRelease(KerasRelease.KERAS_3)
        .preciseBatchNorm(true)
        .earlyStopping(new EarlyStopping(EARLY_STOPPING_PATIENCE, 0))
        .build();
  }

  /**
   * The default for series of several variables: {@link #standard}, with each variable normalised
   * by its mean and standard deviation over TRAIN. Normalised by its own, as univariate series are,
   * a series would lose how its variables compare: on JapaneseVowels, 40 epochs of an MLSTM-FCN get
   * 297 of 370 series right instead of 365.
   *
   * @return the recipe
   */
  public static Recipe standardMultivariate() {
    return standard(Optional.empty()).toBuilder().normalization(Normalization.TRAIN).build();
  }

  /** What the releases share, and the 2019 release's where they differ. */
  static Recipe defaults() {
    return new Recipe(
        new Schedule(EPOCHS, Batches.ORIGINAL_SIZE, true, EarlyStopping.NEVER),
        new Optimization(
            new Adam(1e-3f, 0.9f, 0.999f, 1e-7f),
            new ReduceLrOnPlateau(100, 1 / Math.cbrt(2), 1e-4, 1e-4, 0),
            ClassWeight.NONE,
            Freeze.NONE),
        new Layers(DROPOUT, AttentionScope.PER_SERIES, false),
        new Selection(Monitor.LOSS, true),
        new Validation(Validation.Source.NONE, VALIDATION_SPLIT, null),
        new Inputs(Normalization.NONE, LabelEncoding.SORTED),
        KerasRelease.KERAS_2_2_5,
        0);
  }

  /** {@return whether the selected weights are chosen by their score on TEST} */
  public boolean selectsOnTest() {
    return validation.validatedOn() == Validation.Source.TEST
        && selection.monitor().needsValidation();
  }

  /**
   * {@return on what the selected weights are chosen, in words; {@code TEST} under the recipe of
   * 2017}
   */
  public String chosenOn() {
    if (!selection.saveBestOnly()) {
      return "nothing: the last epoch's";
    }
    if (!selection.monitor().needsValidation()) {
      return "TRAIN";
    }
    if (selectsOnTest()) {
      return "TEST";
    }
    return validation.fold() == null ? "a hold-out of TRAIN" : validation.fold() + " of TRAIN";
  }

  /** {@return a builder that starts from this recipe, to change single values} */
  public RecipeBuilder toBuilder() {
    return new RecipeBuilder(this);
  }
}
