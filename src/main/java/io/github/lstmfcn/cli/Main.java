package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.process.Audience;
import io.github.lstmfcn.cli.process.LibraryLoading;
import io.github.lstmfcn.cli.process.StandardDescriptors;
import io.github.lstmfcn.cli.process.StandardError;
import io.github.lstmfcn.cli.process.StandardOutput;
import io.github.lstmfcn.cli.process.VisibleWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.text.ShortText;
import io.github.lstmfcn.text.VisibleText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tensorflow.TensorFlow;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code lstmfcn}: exit code 0 for success, 1 for failure, 2 for an invalid command line. */
@Command(
    name = "lstmfcn",
    description = "Time series classification with LSTM-FCN, ALSTM-FCN, MLSTM-FCN and MALSTM-FCN.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    subcommands = {
      InspectCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ConvertCommand.class,
      TrainCommand.class,
      SearchCommand.class,
      TrainAllCommand.class,
      CamCommand.class,
      ContextCommand.class,
      FiltersCommand.class,
      FeaturesCommand.class,
      ImportanceCommand.class,
      ReportCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {"", "Example:", "  lstmfcn inspect keras-weights/2017-lstmfcn-8-CBF/weights.h5"})
public final class Main implements Runnable, Audience {

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

  private Main(boolean terminal) {
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // What is printed and written is the same everywhere; some libraries format in the default.
    Locale.setDefault(Locale.ROOT);
    // Pictures are drawn into files and need no display.
    System.setProperty("java.awt.headless", "true");
    StandardDescriptors descriptors = StandardDescriptors.ofProcess();
    boolean terminal = descriptors.error() && StandardError.isTerminal();
    if (descriptors.error() && !Arrays.asList(args).contains("--debug")) {
      StandardError.silenceNativeCode();
    }
    LibraryLoading library = LibraryLoading.startFor(Arrays.asList(args));
    PrintWriter err = printer(System.err);
    StandardOutput standardOutput = StandardOutput.of(descriptors);
    PrintWriter out = standardOutput.printer();
    int exitCode;
    try {
      exitCode = run(args, out, err, terminal);
    } catch (LinkageError | OutOfMemoryError fatal) {
      err.println("lstmfcn: " + explanation(library.await().orElse(fatal)));
      exitCode = CommandLine.ExitCode.SOFTWARE;
    }
    library.await();
    out.flush();
    System.exit(standardOutput.exitCode(exitCode, err));
  }

  private static String explanation(Throwable fatal) {
    return fatal instanceof OutOfMemoryError
        ? "expected enough memory, found none left; set LSTMFCN_JAVA_OPTIONS=-Xmx8g to allow 8 "
            + "GB"
        : ("expected TensorFlow's library for %s on %s, found none that can be loaded (%s); if "
                + "it is damaged, delete ~/.javacpp/cache to have it unpacked again; if it cannot be "
                + "unpacked there, set LSTMFCN_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR")
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), fatal);
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Runs one command.
   *
   * @param terminal whether {@code err} is a terminal
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, boolean terminal) {
    CommandLine line = new CommandLine(new Main(terminal));
    line.setOut(VisibleWriter.printer(out, false)).setErr(VisibleWriter.printer(err, true));
    line.getSubcommands()
        .values()
        .forEach(subcommand -> subcommand.getCommandSpec().versionProvider(new Versions()));
    // Styles are escape sequences, which are not passed on to a terminal.
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Main::misused);
    line.setExecutionExceptionHandler(Main::failed);
    return line.execute(args);
  }

  private static int misused(CommandLine.ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    List<String> unmatched = command.getUnmatchedArguments();
    // A mistyped option explains more than the required one that is missing because of it.
    boolean mistyped =
        problem instanceof CommandLine.MissingParameterException && !unmatched.isEmpty();
    command
        .getErr()
        .println(
            line(
                (mistyped ? "Unknown option: '" + unmatched.get(0) + "'" : firstLine(problem))
                    + (isUnmappable(problem)
                        ? "; set LC_ALL=C.UTF-8 for names that are not ASCII"
                        : "")));
    command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  /** Whether a file's name has characters that the locale's encoding lacks. */
  private static boolean isUnmappable(Exception problem) {
    return String.valueOf(problem.getMessage()).contains(InvalidPathException.class.getName())
        && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"));
  }

  private static int failed(
      Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    Main main = command.getCommandSpec().root().commandLine().getCommand();
    if (main.debug) {
      problem.printStackTrace(command.getErr());
    }
    boolean foreseen =
        problem instanceof InvalidInputException
            || problem instanceof TrainingDivergedException
            || problem instanceof UncheckedIOException;
    command
        .getErr()
        .println(
            line(
                foreseen
                    ? firstLine(problem)
                    : "unexpected failure: "
                        + ShortText.of(FailureReason.of(problem), LONGEST_REASON)
                        + "; --debug shows where"));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** A message as the one line that is printed. */
  private static String line(String message) {
    return "lstmfcn: " + ShortText.of(VisibleText.of(message), ShortText.LONGEST_MESSAGE);
  }

  private static String firstLine(Exception problem) {
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
