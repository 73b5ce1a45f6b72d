/**
 * Pictures and pages of trainings and explanations. Used by commands and reports; whoever needs no
 * pictures does without its libraries.
 */
package io.github.lstmfcn.chart;
