/**
 * What describes a model: {@code ModelSpec}, its weights, its metadata. Used by every package that
 * reads, runs or writes a network. Knows neither files nor TensorFlow.
 */
package io.github.lstmfcn.model;
