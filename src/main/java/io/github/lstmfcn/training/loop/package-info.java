/**
 * The loop over epochs: order of the series, learning rate, early stopping, what is kept. Used by
 * runs. Knows nothing of files.
 */
package io.github.lstmfcn.training.loop;
