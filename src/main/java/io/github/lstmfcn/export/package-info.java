/**
 * Models as TensorFlow SavedModels, written for TF Serving and read back. Used by the root package,
 * for loading, and by commands.
 */
package io.github.lstmfcn.export;
