/**
 * Grids of training runs: their points, folds and folders, where they are trained, and the
 * selection of the best network. Used by the commands {@code search} and {@code train-all}.
 */
package io.github.lstmfcn.search;
