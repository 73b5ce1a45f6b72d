/**
 * Keras' weight files, which {@code KerasWeights} reads and writes. Layers are identified by the
 * shapes of their arrays and by their wiring, not by name, because names vary between versions.
 * Used by loading, training, verification and commands.
 */
package io.github.lstmfcn.keras;
