/**
 * Why a network decides as it does: what its branches add to a logit, where in a series, and what
 * its layers hold; and the charts and pages of these. Numbers come first, as records that know no
 * picture; charts and pages draw what they are handed.
 */
package io.github.lstmfcn.explain;
