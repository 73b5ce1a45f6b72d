/**
 * What a model scores, and whether that is what was reported: the metrics of one split, and the
 * verification of published weights against published figures. Used by reports, commands and
 * applications.
 */
package io.github.lstmfcn.evaluation;
