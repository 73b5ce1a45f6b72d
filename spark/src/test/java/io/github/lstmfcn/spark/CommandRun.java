package io.github.lstmfcn.spark;

import io.github.lstmfcn.cli.RootCommand;
import io.github.lstmfcn.spark.job.Cluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * One run of a command line within the test's process.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {

  /** A program whose commands work in the test's process. */
  @Command(name = "lstmfcn")
  private static final class Program extends RootCommand {
    Program() {
      super(false);
    }
  }

  /** Runs the program for a cluster. */
  static CommandRun on(Cluster cluster, String line) {
    return on(cluster, line.split(" ", -1));
  }

  /** Runs the program for a cluster. */
  static CommandRun on(Cluster cluster, String... arguments) {
    return of((out, err) -> Main.run(arguments, cluster, out, err));
  }

  /** Runs a command of the library. */
  static CommandRun here(Object command, String line) {
    return of(
        (out, err) ->
            RootCommand.line(new Program(), out, err, command).execute(line.split(" ", -1)));
  }

  private interface Execution {
    int run(PrintWriter out, PrintWriter err);
  }

  private static CommandRun of(Execution execution) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = execution.run(new PrintWriter(out), new PrintWriter(err));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** The lines of standard error. */
  List<String> errors() {
    return err.lines().toList();
  }
}
