/**
 * Series and labels as values: datasets, how they become a model's input, the UCR catalogue. Used
 * by every package below and by applications. Knows nothing of models.
 */
package io.github.lstmfcn.data;
