/**
 * The layouts of the HDF5 files that Keras' versions write, each read into layers and arrays. Used
 * by {@code keras}.
 */
package io.github.lstmfcn.keras.layout;
