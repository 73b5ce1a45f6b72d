/**
 * Accuracies of models on datasets, read from what the commands wrote and from files in the format
 * of tsml and aeon. Used by {@code report}.
 */
package io.github.lstmfcn.report.result;
