/**
 * The API of an application: load a model, predict, close. Everything that it needs lives in the
 * packages below.
 */
package io.github.lstmfcn;
