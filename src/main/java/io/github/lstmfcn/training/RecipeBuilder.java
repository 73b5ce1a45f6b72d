package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.Recipe.Validation;

/** Changes single values of a {@link Recipe}; each is described there. */
public final class RecipeBuilder {
  private int epochs;
  private int batchSize;
  private boolean shuffle;
  private long seed;
  private Adam adam;
  private ReduceLrOnPlateau reduceLrOnPlateau;
  private EarlyStopping earlyStopping;
  private Monitor monitor;
  private boolean saveBestOnly;
  private float dropout;
  private ClassWeight classWeight;
  private Freeze freeze;
  private Validation validation;
  private double validationSplit;
  private Fold fold;
  private Normalization normalization;
  private LabelEncoding labelEncoding;
  private AttentionScope attentionScope;
  private KerasRelease kerasRelease;
  private boolean preciseBatchNorm;

  RecipeBuilder() {
    this(Recipe.defaults());
  }

  RecipeBuilder(Recipe recipe) {
    epochs = recipe.epochs();
    batchSize = recipe.batchSize();
    shuffle = recipe.shuffle();
    seed = recipe.seed();
    adam = recipe.adam();
    reduceLrOnPlateau = recipe.reduceLrOnPlateau();
    earlyStopping = recipe.earlyStopping();
    monitor = recipe.monitor();
    saveBestOnly = recipe.saveBestOnly();
    dropout = recipe.dropout();
    classWeight = recipe.classWeight();
    freeze = recipe.freeze();
    validation = recipe.validation();
    validationSplit = recipe.validationSplit();
    fold = recipe.fold();
    normalization = recipe.normalization();
    labelEncoding = recipe.labelEncoding();
    attentionScope = recipe.attentionScope();
    kerasRelease = recipe.kerasRelease();
    preciseBatchNorm = recipe.preciseBatchNorm();
  }

  /** See {@link Recipe#epochs}. */
  public RecipeBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /** See {@link Recipe#batchSize}. */
  public RecipeBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** See {@link Recipe#shuffle}. */
  public RecipeBuilder shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /** See {@link Recipe#seed}. */
  public RecipeBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** See {@link Recipe#adam}. */
  public RecipeBuilder adam(Adam value) {
    adam = value;
    return this;
  }

  /** See {@link Recipe#reduceLrOnPlateau}. */
  public RecipeBuilder reduceLrOnPlateau(ReduceLrOnPlateau value) {
    reduceLrOnPlateau = value;
    return this;
  }

  /** See {@link Recipe#earlyStopping}. */
  public RecipeBuilder earlyStopping(EarlyStopping value) {
    earlyStopping = value;
    return this;
  }

  /** See {@link Recipe#monitor}. */
  public RecipeBuilder monitor(Monitor value) {
    monitor = value;
    return this;
  }

  /** See {@link Recipe#saveBestOnly}. */
  public RecipeBuilder saveBestOnly(boolean value) {
    saveBestOnly = value;
    return this;
  }

  /** See {@link Recipe#dropout}. */
  public RecipeBuilder dropout(float value) {
    dropout = value;
    return this;
  }

  /** See {@link Recipe#classWeight}. */
  public RecipeBuilder classWeight(ClassWeight value) {
    classWeight = value;
    return this;
  }

  /** See {@link Recipe#freeze}. */
  public RecipeBuilder freeze(Freeze value) {
    freeze = value;
    return this;
  }

  /** See {@link Recipe#validation}. */
  public RecipeBuilder validation(Validation value) {
    validation = value;
    return this;
  }

  /** See {@link Recipe#validationSplit}. */
  public RecipeBuilder validationSplit(double value) {
    validationSplit = value;
    return this;
  }

  /** See {@link Recipe#fold}. */
  public RecipeBuilder fold(Fold value) {
    fold = value;
    return this;
  }

  /** See {@link Recipe#normalization}. */
  public RecipeBuilder normalization(Normalization value) {
    normalization = value;
    return this;
  }

  /** See {@link Recipe#labelEncoding}. */
  public RecipeBuilder labelEncoding(LabelEncoding value) {
    labelEncoding = value;
    return this;
  }

  /** See {@link Recipe#attentionScope}. */
  public RecipeBuilder attentionScope(AttentionScope value) {
    attentionScope = value;
    return this;
  }

  /** See {@link Recipe#kerasRelease}. */
  public RecipeBuilder kerasRelease(KerasRelease value) {
    kerasRelease = value;
    return this;
  }

  /** See {@link Recipe#preciseBatchNorm}. */
  public RecipeBuilder preciseBatchNorm(boolean value) {
    preciseBatchNorm = value;
    return this;
  }

  /**
   * The recipe.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if a value is out of its range
   */
  public Recipe build() {
    return new Recipe(
        epochs,
        batchSize,
        shuffle,
        seed,
        adam,
        reduceLrOnPlateau,
        earlyStopping,
        monitor,
        saveBestOnly,
        dropout,
        classWeight,
        freeze,
        validation,
        validationSplit,
        fold,
        normalization,
        labelEncoding,
        attentionScope,
        kerasRelease,
        preciseBatchNorm);
  }
}
