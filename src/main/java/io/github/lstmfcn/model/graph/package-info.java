/**
 * The network on TensorFlow: wired once beside the paper's figure, with the ways to compute its
 * layers, and the sessions that run it. Used by training, evaluation, explanations and export.
 */
package io.github.lstmfcn.model.graph;
