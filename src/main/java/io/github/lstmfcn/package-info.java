/**
 * The API for applications: load a model, predict, close. What it needs is in the packages below.
 */
package io.github.lstmfcn;
