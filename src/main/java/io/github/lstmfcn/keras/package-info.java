/**
 * Keras' weight files: {@code KerasWeights} is the door to what is read and written. Layers are
 * told apart by their arrays' shapes and wiring, not by name: names vary over versions. Used by
 * loading, training, verification and commands.
 */
package io.github.lstmfcn.keras;
