package io.github.lstmfcn.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters of scoring, which {@link LstmFcnModel} has and {@link LstmFcnClassifier} passes on
 * to its models.
 *
 * @param <S> the class that has them
 */
public interface HasPredictionColumns<S extends HasPredictionColumns<S>> extends Params {

  /** {@return the parameters, as declared by this stage} */
  PredictionColumns predictionColumns();

  /** {@return the parameter {@code featuresCol}} */
  default Param<String> featuresCol() {
    return predictionColumns().features();
  }

  /** {@return the parameter {@code rawPredictionCol}} */
  default Param<String> rawPredictionCol() {
    return predictionColumns().rawPrediction();
  }

  /** {@return the parameter {@code probabilityCol}} */
  default Param<String> probabilityCol() {
    return predictionColumns().probability();
  }

  /** {@return the parameter {@code predictionCol}} */
  default Param<String> predictionCol() {
    return predictionColumns().prediction();
  }

  /** {@return the parameter {@code predictedLabelCol}} */
  default Param<String> predictedLabelCol() {
    return predictionColumns().predictedLabel();
  }

  /** {@return the parameter {@code batchSize}} */
  default IntParam batchSize() {
    return predictionColumns().batchSize();
  }

  /** {@return the parameter {@code handleInvalid}} */
  default Param<String> handleInvalid() {
    return predictionColumns().handleInvalid();
  }

  /** {@return the name of the column of series; {@code features} unless set} */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** {@return the name of the column for logits; {@code rawPrediction} unless set} */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** {@return the name of the column for probabilities; {@code probability} unless set} */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /** {@return the name of the column for the index of the class; {@code prediction} unless set} */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** {@return the name of the column for the label; {@code predictedLabel} unless set} */
  default String getPredictedLabelCol() {
    return getOrDefault(predictedLabelCol());
  }

  /**
   * The number of series that are run at once.
   *
   * @return the number
   * @throws java.util.NoSuchElementException if it is not set; the library then chooses it by the
   *     length of the series
   */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /** {@return what becomes of rows that cannot be scored; {@code error} unless set} */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /**
   * Sets the column of series.
   *
   * @param name a column of arrays of float or double or, for one variable, of ML vectors; for
   *     several variables of arrays of arrays, {@code [variable][step]}
   * @return this stage
   */
  default S setFeaturesCol(String name) {
    return with(featuresCol(), name);
  }

  /**
   * Sets the column for logits.
   *
   * @param name the name of a new column of vectors; empty for none
   * @return this stage
   */
  default S setRawPredictionCol(String name) {
    return with(rawPredictionCol(), name);
  }

  /**
   * Sets the column for probabilities.
   *
   * @param name the name of a new column of vectors; empty for none
   * @return this stage
   */
  default S setProbabilityCol(String name) {
    return with(probabilityCol(), name);
  }

  /**
   * Sets the column for the index of the most probable class.
   *
   * @param name the name of a new column of double; empty for none
   * @return this stage
   */
  default S setPredictionCol(String name) {
    return with(predictionCol(), name);
  }

  /**
   * Sets the column for the label of the most probable class.
   *
   * @param name the name of a new column of strings; empty for none
   * @return this stage
   */
  default S setPredictedLabelCol(String name) {
    return with(predictedLabelCol(), name);
  }

  /**
   * Sets the number of series that are run at once.
   *
   * @param size at least 1; the library's own choice unless set
   * @return this stage
   */
  default S setBatchSize(int size) {
    return with(batchSize(), size);
  }

  /**
   * Sets what becomes of rows that cannot be scored: without a series, with one that is too long,
   * has another number of variables or an infinite value.
   *
   * @param way {@code error} to fail, {@code skip} to leave the row out, {@code keep} to keep it
   *     with NaN as prediction, logits and probabilities and without a label
   * @return this stage
   */
  default S setHandleInvalid(String way) {
    return with(handleInvalid(), way);
  }

  /**
   * Sets a parameter.
   *
   * @param <T> the type of its value
   * @param parameter the parameter
   * @param value the value
   * @return this stage
   */
  @SuppressWarnings("unchecked") // S is the class itself
  private <T> S with(Param<T> parameter, T value) {
    set(parameter, value);
    return (S) this;
  }
}
