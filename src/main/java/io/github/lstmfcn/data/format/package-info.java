/**
 * What the text or bytes of one file of series mean: delimited text, {@code .ts}, {@code .arff},
 * {@code .npy}. Used by {@code data.archive}, the door to files.
 */
package io.github.lstmfcn.data.format;
