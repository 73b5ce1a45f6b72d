package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.process.Audience;
import io.github.lstmfcn.cli.process.VisibleWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.text.ShortText;
import io.github.lstmfcn.text.VisibleText;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.TensorFlow;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * A program of several commands: its options, and how it reports what is wrong, which is one line
 * on standard error. The exit code is 0 for success, 1 for failure and 2 for an invalid command
 * line.
 */
public abstract class RootCommand implements Runnable, Audience {
  private static final int LONGEST_REASON = 400;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces and the log of TensorFlow.")
  boolean debug;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description =
          "Print no progress and no notes on standard error; results, warnings and errors are "
              + "still printed.")
  boolean quiet;

  private final boolean terminal;

  /**
   * A program.
   *
   * @param terminal whether standard error is a terminal
   */
  protected RootCommand(boolean terminal) {
    this.terminal = terminal;
  }

  /**
   * The command line of a program, with the commands of its annotation.
   *
   * @param root the program
   * @param out standard output
   * @param err standard error
   * @param commands further commands
   */
  public static CommandLine line(
      RootCommand root, PrintWriter out, PrintWriter err, Object... commands) {
    CommandLine line = new CommandLine(root);
    for (Object command : commands) {
      line.addSubcommand(command);
    }
    line.setOut(VisibleWriter.printer(out, false)).setErr(VisibleWriter.printer(err, true));
    line.getCommandSpec().versionProvider(new Versions());
    line.getSubcommands()
        .values()
        .forEach(subcommand -> subcommand.getCommandSpec().versionProvider(new Versions()));
    // Styles are escape sequences, which are not passed on to a terminal.
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(RootCommand::misused);
    line.setExecutionExceptionHandler(RootCommand::failed);
    return line;
  }

  /**
   * The message of a failure that is explained by it; empty for one that is a fault of the program.
   *
   * @param failure what a command ended with
   */
  protected Optional<String> foreseen(Throwable failure) {
    boolean known =
        failure instanceof InvalidInputException
            || failure instanceof TrainingDivergedException
            || failure instanceof UncheckedIOException;
    return known ? Optional.of(firstLine(failure)) : Optional.empty();
  }

  private static int misused(CommandLine.ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    List<String> unmatched = command.getUnmatchedArguments();
    // A mistyped option explains more than the required one that is missing because of it.
    boolean mistyped =
        !unmatched.isEmpty()
            && (problem instanceof CommandLine.UnmatchedArgumentException
                || problem instanceof CommandLine.MissingParameterException);
    command
        .getErr()
        .println(
            line(
                command,
                (mistyped ? unknown(command, unmatched) : firstLine(problem))
                    + (isUnmappable(problem)
                        ? "; set LC_ALL=C.UTF-8 for names that are not ASCII"
                        : "")));
    command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String unknown(CommandLine command, List<String> unmatched) {
    String first = unmatched.get(0);
    String found = ", found '" + first + "'";
    if (first.startsWith("-")) {
      String option = first.replaceFirst("=.*", "");
      return "Unknown option: '" + option + "'" + perhaps(options(command), option);
    }
    return command.getParent() == null
        ? "expected a command" + found + perhaps(command.getSubcommands().keySet(), first)
        : "expected no further argument" + found;
  }

  private static Set<String> options(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet();
  }

  private static String perhaps(Set<String> names, String typed) {
    return new Spelling(names).nearest(typed).map(name -> "; perhaps " + name).orElse("");
  }

  /** Whether a file's name has characters that the locale's encoding lacks. */
  private static boolean isUnmappable(Exception problem) {
    return String.valueOf(problem.getMessage()).contains(InvalidPathException.class.getName())
        && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    RootCommand root = command.getCommandSpec().root().commandLine().getCommand();
    if (root.debug) {
      failure.printStackTrace(command.getErr());
    }
    String message =
        root.foreseen(failure)
            .orElseGet(
                () ->
                    "unexpected failure: "
                        + ShortText.of(FailureReason.of(failure), LONGEST_REASON)
                        + "; --debug shows where");
    command.getErr().println(line(command, message));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** A message as the one line that is printed. */
  private static String line(CommandLine command, String message) {
    return command.getCommandSpec().root().name()
        + ": "
        + ShortText.of(VisibleText.of(message), ShortText.LONGEST_MESSAGE);
  }

  private static String firstLine(Throwable problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("" + problem);
  }

  @Override
  public boolean isQuiet() {
    return quiet;
  }

  @Override
  public boolean isTerminal() {
    return terminal;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "expected a command, found none");
  }

  /**
   * The versions of the program (from its manifest), of TensorFlow (from its library) and of Java.
   */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "lstmfcn " + Program.version(),
        "TensorFlow " + TensorFlow.version(),
        "Java " + Runtime.version()
      };
    }
  }
}
