/** The command line: one class per subcommand, which parses, calls and prints. */
package io.github.lstmfcn.cli;
