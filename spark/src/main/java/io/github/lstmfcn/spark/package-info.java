/**
 * LSTM-FCN on Apache Spark: a {@link io.github.lstmfcn.spark.LstmFcnModel transformer} that scores
 * the rows of a DataFrame and an {@link io.github.lstmfcn.spark.LstmFcnClassifier estimator} that
 * trains one, under the conventions of {@code spark.ml}, and the {@link
 * io.github.lstmfcn.spark.Main program} for {@code spark-submit}. Spark distributes the work; each
 * executor computes with the library.
 */
package io.github.lstmfcn.spark;
