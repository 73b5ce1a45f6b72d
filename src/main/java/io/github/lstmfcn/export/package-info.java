/**
 * Models as TensorFlow SavedModels, written for TF Serving and read back. Used by loading and
 * commands.
 */
package io.github.lstmfcn.export;
