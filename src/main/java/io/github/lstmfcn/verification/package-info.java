/** Verifies that weights reach their reported accuracy. Used by reports and commands. */
package io.github.lstmfcn.verification;
