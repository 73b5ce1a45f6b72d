/**
 * The network on TensorFlow: wired once, as in the paper's figure, with the implementations of its
 * layers and the sessions that run it. Used by training, evaluation, explanations and export.
 */
package io.github.lstmfcn.model.graph;
