/**
 * What the machine is and which of several ways to compute the same is the fastest on it. Used by
 * {@code model.graph} and {@code training}.
 */
package io.github.lstmfcn.machine;
