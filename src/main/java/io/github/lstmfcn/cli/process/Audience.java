package io.github.lstmfcn.cli.process;

/** Who reads standard error; the program's root command knows. */
public interface Audience {
  /** Whether they want warnings and errors only. */
  boolean isQuiet();

  /** Whether a person looks at it, rather than a file or a log. */
  boolean isTerminal();
}
