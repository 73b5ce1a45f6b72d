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

  /**
   * Sets {@link Schedule#epochs}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder epochs(int value) {
    epochs = value;
    return this;
  }

  /**
   * Sets {@link Schedule#batchSize}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder batchSize(int value) {
    batchSize = value;
    return this;
  }

  /**
   * Sets {@link Schedule#shuffle}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * Sets {@link Recipe#seed}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets {@link Optimization#adam}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder adam(Adam value) {
    adam = value;
    return this;
  }

  /**
   * Sets {@link Optimization#reduceLrOnPlateau}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder reduceLrOnPlateau(ReduceLrOnPlateau value) {
    reduceLrOnPlateau = value;
    return this;
  }

  /**
   * Sets {@link Schedule#earlyStopping}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder earlyStopping(EarlyStopping value) {
    earlyStopping = value;
    return this;
  }

  /**
   * Sets {@link Selection#monitor}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder monitor(Monitor value) {
    monitor = value;
    return this;
  }

  /**
   * Sets {@link Selection#saveBestOnly}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder saveBestOnly(boolean value) {
    saveBestOnly = value;
    return this;
  }

  /**
   * Sets {@link Layers#dropout}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder dropout(float value) {
    dropout = value;
    return this;
  }

  /**
   * Sets {@link Optimization#classWeight}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder classWeight(ClassWeight value) {
    classWeight = value;
    return this;
  }

  /**
   * Sets {@link Optimization#freeze}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder freeze(Freeze value) {
    freeze = value;
    return this;
  }

  /**
   * Sets {@link Validation#validatedOn}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder validation(Validation.Source value) {
    validatedOn = value;
    return this;
  }

  /**
   * Sets {@link Validation#validationSplit}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder validationSplit(double value) {
    validationSplit = value;
    return this;
  }

  /**
   * Sets {@link Validation#fold}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder fold(Fold value) {
    fold = value;
    return this;
  }

  /**
   * Sets {@link Inputs#normalization}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder normalization(Normalization value) {
    normalization = value;
    return this;
  }

  /**
   * Sets {@link Inputs#labelEncoding}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder labelEncoding(LabelEncoding value) {
    labelEncoding = value;
    return this;
  }

  /**
   * Sets {@link Layers#attentionScope}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder attentionScope(AttentionScope value) {
    attentionScope = value;
    return this;
  }

  /**
   * Sets {@link Recipe#kerasRelease}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder kerasRelease(KerasRelease value) {
    kerasRelease = value;
    return this;
  }

  /**
   * Sets {@link Layers#preciseBatchNorm}.
   *
   * @param value the new value
   * @return this builder
   */
  public RecipeBuilder preciseBatchNorm(boolean value) {
    preciseBatchNorm = value;
    return this;
  }

  /**
   * Creates the recipe.
   *
   * @return the recipe
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
