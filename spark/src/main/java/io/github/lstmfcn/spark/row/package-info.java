/**
 * Rows on executors: how a series is read from them, scored by the one classifier of a process, and
 * what is added. Knows nothing of the parameters of Spark ML.
 */
package io.github.lstmfcn.spark.row;
