package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.UcrSet;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that decides a training but for the data and the network's size; each value under
 * Keras' name. With the same recipe, data and machine, the weights are the same bit for bit.
 *
 * @param epochs at most
 * @param batchSize series a step; the last batch of an epoch is short
 * @param shuffle whether each epoch takes the series in another order
 * @param seed of initial weights, order, dropout and hold-out
 * @param adam the optimizer
 * @param reduceLrOnPlateau how the learning rate falls
 * @param earlyStopping when to end before the last epoch
 * @param monitor what decides about the learning rate, the best epoch and the early end
 * @param saveBestOnly whether the result is the best epoch's weights, not the last's
 * @param dropout share of the recurrent branch's outputs that a step sets to 0
 * @param classWeight how much a class counts in the loss
 * @param freeze what stays as it is
 * @param validation on what {@code val_loss} and {@code val_accuracy} are measured
 * @param validationSplit share of TRAIN that {@link Validation#HOLD_OUT} takes
 * @param fold of a cross-validation, which {@link Validation#HOLD_OUT} takes instead; null for none
 * @param normalization of every series
 * @param labelEncoding of the labels
 * @param attentionScope of an ALSTM-FCN
 * @param kerasRelease whose moving averages and plateau
 * @param preciseBatchNorm whether the moving averages are replaced after every epoch by the
 *     statistics of that epoch's batches under the weights at its end, so that they are settled
 *     after any number of steps; see {@link TrainingSession#estimateStatistics}
 */
public record Recipe(
    int epochs,
    int batchSize,
    boolean shuffle,
    long seed,
    Adam adam,
    ReduceLrOnPlateau reduceLrOnPlateau,
    EarlyStopping earlyStopping,
    Monitor monitor,
    boolean saveBestOnly,
    float dropout,
    ClassWeight classWeight,
    Freeze freeze,
    Validation validation,
    double validationSplit,
    @OrNull Fold fold,
    Normalization normalization,
    LabelEncoding labelEncoding,
    AttentionScope attentionScope,
    KerasRelease kerasRelease,
    boolean preciseBatchNorm) {
  private static final int EPOCHS = 2000;
  private static final int BATCH_SIZE = 128;
  private static final float DROPOUT = 0.8f;

  /** Share of TRAIN that a search holds out unless told otherwise. */
  public static final double VALIDATION_SPLIT = 0.2;

  /** Twice the plateau's: a lower rate has its chance first. */
  private static final int EARLY_STOPPING_PATIENCE = 200;

  /** On what {@code val_loss} and {@code val_accuracy} are measured. */
  public enum Validation {
    /** On nothing: there are no such values. */
    NONE,
    /** On TEST, as in 2017: whatever is chosen by it is chosen on the test set. */
    TEST,
    /** On a part of TRAIN that is not trained on, of every class its share. */
    HOLD_OUT
  }

  /**
   * @throws InvalidInputException if a value is out of its range, or the monitored one is not
   *     measured
   */
  public Recipe {
    Values.check("epochs", epochs, epochs >= 1, "1 or more");
    Values.check("batchSize", batchSize, batchSize >= 1, "1 or more");
    Values.check("dropout", dropout, dropout >= 0 && dropout < 1, "in [0, 1)");
    Values.check(
        "validationSplit",
        validationSplit,
        validationSplit > 0 && validationSplit < 1,
        "in (0, 1)");
    Objects.requireNonNull(adam, "adam");
    Objects.requireNonNull(reduceLrOnPlateau, "reduceLrOnPlateau");
    Objects.requireNonNull(earlyStopping, "earlyStopping");
    Objects.requireNonNull(classWeight, "classWeight");
    Objects.requireNonNull(freeze, "freeze");
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(labelEncoding, "labelEncoding");
    Objects.requireNonNull(attentionScope, "attentionScope");
    Objects.requireNonNull(kerasRelease, "kerasRelease");
    if (monitor.needsValidation() && validation == Validation.NONE) {
      throw new InvalidInputException(
          null,
          "monitor",
          "loss or accuracy, as nothing is validated on",
          monitor.toString(),
          "validate on a hold-out, as --validation-split does");
    }
    if (fold != null && validation != Validation.HOLD_OUT) {
      throw new InvalidInputException(
          null, "fold", "validation on a hold-out", validation.toString(), "leave the fold out");
    }
  }

  /**
   * As the 2017 release was trained: Keras 2.0.8, series as they are, the accuracy <b>on TEST</b>
   * decides about the learning rate and which epoch is kept. Table 1 of the IEEE Access paper is of
   * such weights.
   *
   * @param set whose epochs and batch size of the release are taken; empty for 2000 and 128
   */
  public static Recipe recipe2017(Optional<UcrSet> set) {
    return new RecipeBuilder()
        .epochs(set.map(UcrSet::epochs2017).orElse(OptionalInt.empty()).orElse(EPOCHS))
        .batchSize(set.map(UcrSet::batchSize2017).orElse(OptionalInt.empty()).orElse(BATCH_SIZE))
        .adam(new Adam(1e-3f, 0.9f, 0.999f, 1e-8f))
        .monitor(Monitor.VAL_ACCURACY)
        .validation(Validation.TEST)
        .kerasRelease(KerasRelease.KERAS_2_0_8)
        .build();
  }

  /**
   * As the 2019 release was trained: Keras 2.2.5, each series normalised, the training loss
   * decides. Its attention was {@link AttentionScope#ACROSS_BATCH}; here it is per series unless
   * asked for.
   */
  public static Recipe recipe2019() {
    return new RecipeBuilder().normalization(Normalization.SAMPLE).build();
  }

  /**
   * The default: trains on all of TRAIN and keeps the epoch with the lowest training loss, as
   * {@link #recipe2019} does, but with batch-normalisation statistics that are settled after any
   * number of steps. TEST is not looked at.
   *
   * @param set whose epochs and batch size of the 2017 release are taken; empty for 2000 and 128
   */
  public static Recipe standard(Optional<UcrSet> set) {
    Recipe published = recipe2017(set);
    return recipe2019().toBuilder()
        .epochs(published.epochs())
        .batchSize(published.batchSize())
        .kerasRelease(KerasRelease.KERAS_3)
        .preciseBatchNorm(true)
        .earlyStopping(new EarlyStopping(EARLY_STOPPING_PATIENCE, 0))
        .build();
  }

  /** What the releases share, and the 2019 release's where they differ. */
  static Recipe defaults() {
    return new Recipe(
        EPOCHS,
        BATCH_SIZE,
        true,
        0,
        new Adam(1e-3f, 0.9f, 0.999f, 1e-7f),
        new ReduceLrOnPlateau(100, 1 / Math.cbrt(2), 1e-4, 1e-4, 0),
        EarlyStopping.NEVER,
        Monitor.LOSS,
        true,
        DROPOUT,
        ClassWeight.NONE,
        Freeze.NONE,
        Validation.NONE,
        VALIDATION_SPLIT,
        null,
        Normalization.NONE,
        LabelEncoding.SORTED,
        AttentionScope.PER_SERIES,
        KerasRelease.KERAS_2_2_5,
        false);
  }

  /** Whether the kept weights are chosen by their score on TEST. */
  public boolean choosesOnTest() {
    return validation == Validation.TEST && monitor.needsValidation();
  }

  /** On what the selected weights are chosen, in words; {@code TEST} under the recipe of 2017. */
  public String chosenOn() {
    if (!saveBestOnly) {
      return "nothing: the last epoch's";
    }
    if (!monitor().needsValidation()) {
      return "TRAIN";
    }
    if (choosesOnTest()) {
      return "TEST";
    }
    return fold() == null ? "a hold-out of TRAIN" : fold() + " of TRAIN";
  }

  /** To change single values. */
  public RecipeBuilder toBuilder() {
    return new RecipeBuilder(this);
  }
}
