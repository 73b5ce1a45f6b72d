/** Models as TensorFlow SavedModels, written for TF Serving and read back. */
package io.github.lstmfcn.export;
