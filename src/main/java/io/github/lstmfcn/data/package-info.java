/**
 * Series and labels: where they lie on disk, how files are read, how they become a model's input.
 * Knows nothing of models.
 */
package io.github.lstmfcn.data;
