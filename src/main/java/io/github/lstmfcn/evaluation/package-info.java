/**
 * What a model scores on one split: accuracy, loss, confusion and what follows from them. Used by
 * applications, by verification, reports and commands.
 */
package io.github.lstmfcn.evaluation;
