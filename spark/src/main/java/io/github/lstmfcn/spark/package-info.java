<<<<<<< HEAD
/**
 * LSTM-FCN on Apache Spark: a {@link io.github.lstmfcn.spark.LstmFcnModel transformer} that scores
 * the rows of a DataFrame and an {@link io.github.lstmfcn.spark.LstmFcnClassifier estimator} that
 * trains one, under the conventions of {@code spark.ml}. Spark distributes the work; each executor
 * computes with the library.
 */
=======
/** Networks of the LSTM-FCN family on Apache Spark. */
>>>>>>> c5c4539 (Add verify, search and train-all on Spark)
package io.github.lstmfcn.spark;
