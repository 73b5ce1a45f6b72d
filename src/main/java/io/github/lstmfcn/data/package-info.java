/**
 * Series and labels as values: datasets, the preparation of a model's input, the UCR catalogue.
 * Used by every package below and by applications. Depends on no model.
 */
package io.github.lstmfcn.data;
