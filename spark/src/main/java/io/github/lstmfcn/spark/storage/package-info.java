/**
 * Files on a file system of Hadoop, and their copies on the machines that work on them. Used by the
 * jobs and by {@code Main}.
 */
package io.github.lstmfcn.spark.storage;
