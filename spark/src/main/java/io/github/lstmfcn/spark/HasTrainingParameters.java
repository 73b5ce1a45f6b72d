package io.github.lstmfcn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters of a training, under the names that {@code lstmfcn train} gives them. Those
 * without a default are the recipe's unless set; to read them before throws {@link
 * java.util.NoSuchElementException}.
 *
 * @param <S> the class that has them
 */
public interface HasTrainingParameters<S extends HasTrainingParameters<S>> extends Params {

  /** {@return the parameters, as declared by this stage} */
  TrainingParameters trainingParameters();

  /** {@return the parameter {@code labelCol}} */
  default Param<String> labelCol() {
    return trainingParameters().label();
  }

  /** {@return the parameter {@code kind}} */
  default Param<String> kind() {
    return trainingParameters().kind();
  }

  /** {@return the parameter {@code cells}} */
  default IntParam cells() {
    return trainingParameters().cells();
  }

  /** {@return the parameter {@code recipe}} */
  default Param<String> recipe() {
    return trainingParameters().recipe();
  }

  /** {@return the parameter {@code epochs}} */
  default IntParam epochs() {
    return trainingParameters().epochs();
  }

  /** {@return the parameter {@code trainingBatchSize}} */
  default IntParam trainingBatchSize() {
    return trainingParameters().trainingBatchSize();
  }

  /** {@return the parameter {@code learningRate}} */
  default DoubleParam learningRate() {
    return trainingParameters().learningRate();
  }

  /** {@return the parameter {@code validationSplit}} */
  default DoubleParam validationSplit() {
    return trainingParameters().validationSplit();
  }

  /** {@return the parameter {@code monitor}} */
  default Param<String> monitor() {
    return trainingParameters().monitor();
  }

  /** {@return the parameter {@code dropout}} */
  default DoubleParam dropout() {
    return trainingParameters().dropout();
  }

  /** {@return the parameter {@code normalize}} */
  default Param<String> normalize() {
    return trainingParameters().normalize();
  }

  /** {@return the parameter {@code seed}} */
  default LongParam seed() {
    return trainingParameters().seed();
  }

  /** {@return the column of labels; label unless set} */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** {@return the kind of network} */
  default String getKind() {
    return getOrDefault(kind());
  }

  /** {@return the number of cells of the recurrent layer; 8 unless set} */
  default int getCells() {
    return (Integer) getOrDefault(cells());
  }

  /** {@return the recipe of the training; standard unless set} */
  default String getRecipe() {
    return getOrDefault(recipe());
  }

  /** {@return the maximum number of epochs} */
  default int getEpochs() {
    return (Integer) getOrDefault(epochs());
  }

  /** {@return the number of series per training step} */
  default int getTrainingBatchSize() {
    return (Integer) getOrDefault(trainingBatchSize());
  }

  /** {@return the initial learning rate of Adam} */
  default double getLearningRate() {
    return (Double) getOrDefault(learningRate());
  }

  /** {@return the share of each class that is held out of the training} */
  default double getValidationSplit() {
    return (Double) getOrDefault(validationSplit());
  }

  /** {@return the value by which the epoch is selected} */
  default String getMonitor() {
    return getOrDefault(monitor());
  }

  /** {@return the dropout rate after the recurrent layer} */
  default double getDropout() {
    return (Double) getOrDefault(dropout());
  }

  /** {@return how series are normalised} */
  default String getNormalize() {
    return getOrDefault(normalize());
  }

  /** {@return the seed of the training; 0 unless set} */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /**
   * Sets the column of labels.
   *
   * @param name a column of class indices from 0, such as StringIndexer makes, or of strings
   * @return this stage
   */
  default S setLabelCol(String name) {
    return with(labelCol(), name);
  }

  /**
   * Sets the kind of network.
   *
   * @param value {@code LSTM-FCN}, {@code ALSTM-FCN}, {@code MLSTM-FCN} or {@code MALSTM-FCN}
   * @return this stage
   */
  default S setKind(String value) {
    return with(kind(), value);
  }

  /**
   * Sets the number of cells of the recurrent layer.
   *
   * @param value at least 1; the papers select 8, 64 or 128
   * @return this stage
   */
  default S setCells(int value) {
    return with(cells(), value);
  }

  /**
   * Sets the recipe of the training.
   *
   * @param value {@code standard}, {@code 2018} or {@code 2019}; that of 2017 selects weights on
   *     TEST, which a fit does not have
   * @return this stage
   */
  default S setRecipe(String value) {
    return with(recipe(), value);
  }

  /**
   * Sets the maximum number of epochs.
   *
   * @param value at least 1
   * @return this stage
   */
  default S setEpochs(int value) {
    return with(epochs(), value);
  }

  /**
   * Sets the number of series per training step.
   *
   * @param value at least 1; {@code --batch-size} of {@code lstmfcn train}
   * @return this stage
   */
  default S setTrainingBatchSize(int value) {
    return with(trainingBatchSize(), value);
  }

  /**
   * Sets the initial learning rate of Adam.
   *
   * @param value more than 0
   * @return this stage
   */
  default S setLearningRate(double value) {
    return with(learningRate(), value);
  }

  /**
   * Sets the share of each class that is held out of the training.
   *
   * @param value more than 0 and less than 1
   * @return this stage
   */
  default S setValidationSplit(double value) {
    return with(validationSplit(), value);
  }

  /**
   * Sets the value that early stopping, the plateau and the selection of the epoch observe.
   *
   * @param value such as {@code loss}, or {@code val_loss} with a validation split
   * @return this stage
   */
  default S setMonitor(String value) {
    return with(monitor(), value);
  }

  /**
   * Sets the dropout rate after the recurrent layer.
   *
   * @param value from 0 to less than 1
   * @return this stage
   */
  default S setDropout(double value) {
    return with(dropout(), value);
  }

  /**
   * Sets how series are normalised.
   *
   * @param value {@code none}, {@code sample}, {@code train} or {@code upstream}
   * @return this stage
   */
  default S setNormalize(String value) {
    return with(normalize(), value);
  }

  /**
   * Sets the seed of the training.
   *
   * @param value any number; the same seed gives the same weights on the same processor and number
   *     of threads, where {@code LSTMFCN_CONVOLUTIONS} names the convolutions also for long
   *     trainings, which would measure which are fastest
   * @return this stage
   */
  default S setSeed(long value) {
    return with(seed(), value);
  }

  /** Sets a parameter. */
  @SuppressWarnings("unchecked") // S is the class itself
  private <T> S with(Param<T> parameter, T value) {
    set(parameter, value);
    return (S) this;
  }
}
