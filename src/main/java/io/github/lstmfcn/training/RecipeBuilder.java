package io.github.lstmfcn.training;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.AttentionScope;

/** Changes single values of a {@link Recipe}; each is described in its group. */
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
  private Validation.Source validatedOn;
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
    epochs = recipe.schedule().epochs();
    batchSize = recipe.schedule().batchSize();
    shuffle = recipe.schedule().shuffle();
    seed = recipe.seed();
    adam = recipe.optimization().adam();
    reduceLrOnPlateau = recipe.optimization().reduceLrOnPlateau();
    earlyStopping = recipe.schedule().earlyStopping();
    monitor = recipe.selection().monitor();
    saveBestOnly = recipe.selection().saveBestOnly();
    dropout = recipe.layers().dropout();
    classWeight = recipe.optimization().classWeight();
    freeze = recipe.optimization().freeze();
    validatedOn = recipe.validation().validatedOn();
    validationSplit = recipe.validation().validationSplit();
    fold = recipe.validation().fold();
    normalization = recipe.inputs().normalization();
    labelEncoding = recipe.inputs().labelEncoding();
    attentionScope = recipe.layers().attentionScope();
    kerasRelease = recipe.kerasRelease();
    preciseBatchNorm = recipe.layers().preciseBatchNorm();
  }

  /** See {@link Schedule#epochs}. */
  public RecipeBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /** See {@link Schedule#batchSize}. */
  public RecipeBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** See {@link Schedule#shuffle}. */
  public RecipeBuilder shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /** See {@link Recipe#seed}. */
  public RecipeBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** See {@link Optimization#adam}. */
  public RecipeBuilder adam(Adam value) {
    adam = value;
    return this;
  }

  /** See {@link Optimization#reduceLrOnPlateau}. */
  public RecipeBuilder reduceLrOnPlateau(ReduceLrOnPlateau value) {
    reduceLrOnPlateau = value;
    return this;
  }

  /** See {@link Schedule#earlyStopping}. */
  public RecipeBuilder earlyStopping(EarlyStopping value) {
    earlyStopping = value;
    return this;
  }

  /** See {@link Selection#monitor}. */
  public RecipeBuilder monitor(Monitor value) {
    monitor = value;
    return this;
  }

  /** See {@link Selection#saveBestOnly}. */
  public RecipeBuilder saveBestOnly(boolean value) {
    saveBestOnly = value;
    return this;
  }

  /** See {@link Layers#dropout}. */
  public RecipeBuilder dropout(float value) {
    dropout = value;
    return this;
  }

  /** See {@link Optimization#classWeight}. */
  public RecipeBuilder classWeight(ClassWeight value) {
    classWeight = value;
    return this;
  }

  /** See {@link Optimization#freeze}. */
  public RecipeBuilder freeze(Freeze value) {
    freeze = value;
    return this;
  }

  /** See {@link Validation#validatedOn}. */
  public RecipeBuilder validation(Validation.Source value) {
    validatedOn = value;
    return this;
  }

  /** See {@link Validation#validationSplit}. */
  public RecipeBuilder validationSplit(double value) {
    validationSplit = value;
    return this;
  }

  /** See {@link Validation#fold}. */
  public RecipeBuilder fold(Fold value) {
    fold = value;
    return this;
  }

  /** See {@link Inputs#normalization}. */
  public RecipeBuilder normalization(Normalization value) {
    normalization = value;
    return this;
  }

  /** See {@link Inputs#labelEncoding}. */
  public RecipeBuilder labelEncoding(LabelEncoding value) {
    labelEncoding = value;
    return this;
  }

  /** See {@link Layers#attentionScope}. */
  public RecipeBuilder attentionScope(AttentionScope value) {
    attentionScope = value;
    return this;
  }

  /** See {@link Recipe#kerasRelease}. */
  public RecipeBuilder kerasRelease(KerasRelease value) {
    kerasRelease = value;
    return this;
  }

  /** See {@link Layers#preciseBatchNorm}. */
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
        new Schedule(epochs, batchSize, shuffle, earlyStopping),
        new Optimization(adam, reduceLrOnPlateau, classWeight, freeze),
        new Layers(dropout, attentionScope, preciseBatchNorm),
        new Selection(monitor, saveBestOnly),
        new Validation(validatedOn, validationSplit, fold),
        new Inputs(normalization, labelEncoding),
        kerasRelease,
        seed);
  }
}
