/**
 * The network's gradients, Adam and batch statistics in a TensorFlow session, and the variables
 * that they change. Used by the loop.
 */
package io.github.lstmfcn.training.engine;
