/**
 * Training runs in a folder: description, checkpoints, history, metrics. Used by searches, by
 * commands and to load models. TEST has no influence on a run unless its recipe validates on it.
 */
package io.github.lstmfcn.training.run;
