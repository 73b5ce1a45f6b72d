package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.process.LibraryLoading;
import io.github.lstmfcn.cli.process.StandardDescriptors;
import io.github.lstmfcn.cli.process.StandardError;
import io.github.lstmfcn.cli.process.StandardOutput;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lstmfcn}. */
@Command(
    name = "lstmfcn",
    description = "Time series classification with LSTM-FCN, ALSTM-FCN, MLSTM-FCN and MALSTM-FCN.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      InspectCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      PredictCommand.class,
      TuneCommand.class,
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
public final class Main extends RootCommand {
  private Main(boolean terminal) {
    super(terminal);
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
    return RootCommand.line(new Main(terminal), out, err).execute(args);
  }
}
