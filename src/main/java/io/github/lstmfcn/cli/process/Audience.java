package io.github.lstmfcn.cli.process;

/** The settings of the root command that concern standard error. */
public interface Audience {
  /** Whether only warnings and errors are to be printed. */
  boolean isQuiet();

  /** Whether standard error is a terminal, rather than a file or a log. */
  boolean isTerminal();
}
