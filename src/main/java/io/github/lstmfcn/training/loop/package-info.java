/**
 * The loop over epochs: order of the series, learning rate, early stopping, selection of weights.
 * Independent of files. Used by {@code training.run}.
 */
package io.github.lstmfcn.training.loop;
