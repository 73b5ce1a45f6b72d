/**
 * Why a network decides as it does: what its branches add to a logit, where in a series, and what
 * its layers hold. Numbers as records that know no picture. Used by charts, commands and
 * applications.
 */
package io.github.lstmfcn.explain;
