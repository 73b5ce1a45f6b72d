/**
 * The description of a model: its specification, weights and metadata. Used by every package that
 * reads, runs or writes a network. Depends neither on files nor on TensorFlow.
 */
package io.github.lstmfcn.model;
