/**
 * The process of a command: its standard streams, progress, signals and the loading of TensorFlow.
 * Used by {@code cli}.
 */
package io.github.lstmfcn.cli.process;
