package io.github.lstmfcn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the command line within the test's process.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {

  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(arguments, new PrintWriter(out), new PrintWriter(err), false);
    return new Run(exitCode, out.toString(), err.toString());
  }

  static Run of(List<String> arguments) {
    return of(arguments.toArray(String[]::new));
  }
}
