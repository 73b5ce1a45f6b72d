/**
 * The jobs of the program: commands of the library whose work is done by the tasks of a cluster.
 * Used by {@code Main}.
 */
package io.github.lstmfcn.spark.job;
