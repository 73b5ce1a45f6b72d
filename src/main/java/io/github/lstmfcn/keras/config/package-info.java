/**
 * The configuration of whole Keras models, followed layer by layer and held against what is
 * supported. Used by {@code keras}.
 */
package io.github.lstmfcn.keras.config;
