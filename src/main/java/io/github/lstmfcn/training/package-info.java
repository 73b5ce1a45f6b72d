/**
 * What a training is: the recipe and what is known of its epochs, as values. Used by the engine,
 * the loop, searches, commands and applications.
 */
package io.github.lstmfcn.training;
