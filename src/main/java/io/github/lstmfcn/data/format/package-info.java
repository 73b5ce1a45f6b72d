/**
 * The formats of files with series: delimited text, {@code .ts}, {@code .arff}, {@code .npy}. Used
 * by {@code data.archive}, through which files are read.
 */
package io.github.lstmfcn.data.format;
