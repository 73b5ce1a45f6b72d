/** The command line: one class a subcommand, which parses, calls and prints. */
package io.github.lstmfcn.cli;
