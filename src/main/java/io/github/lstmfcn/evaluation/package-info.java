/**
 * The scores of a model on a split, and the verification of published weights against published
 * figures. Used by reports, commands and applications.
 */
package io.github.lstmfcn.evaluation;
