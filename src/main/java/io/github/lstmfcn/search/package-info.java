/**
 * Grids of trainings: their points, folds, folders and processes, and what is chosen among them.
 * Used by the commands {@code search} and {@code train-all}.
 */
package io.github.lstmfcn.search;
