/**
 * Comparisons of models over datasets: ranks, Friedman's and Wilcoxon's tests, post-hoc
 * corrections. Used by {@code report}.
 */
package io.github.lstmfcn.report.statistics;
