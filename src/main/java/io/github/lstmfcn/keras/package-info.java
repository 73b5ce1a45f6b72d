/**
 * Keras' weight files: one class a layout that is read, one writer, {@code KerasWeights} the door.
 * Layers are told apart by their arrays' shapes and order, not by name: names vary over versions.
 */
package io.github.lstmfcn.keras;
