/**
 * Explanations of a network's decisions: what its branches add to a logit, at which steps of a
 * series, and what its layers contain. The results are records of numbers, without pictures. Used
 * by charts, commands and applications.
 */
package io.github.lstmfcn.explain;
