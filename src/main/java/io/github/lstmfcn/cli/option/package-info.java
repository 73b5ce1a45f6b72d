/** Options that several commands share. Used by {@code cli}. */
package io.github.lstmfcn.cli.option;
