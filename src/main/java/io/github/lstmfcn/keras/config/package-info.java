/**
 * The configuration of whole Keras models, traversed layer by layer and compared with what is
 * supported. Used by {@code keras}.
 */
package io.github.lstmfcn.keras.config;
