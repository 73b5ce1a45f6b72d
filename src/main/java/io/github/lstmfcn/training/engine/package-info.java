/**
 * Gradients, Adam and batch statistics of the network in a TensorFlow session, with their
 * variables. Used by {@code training.loop}.
 */
package io.github.lstmfcn.training.engine;
