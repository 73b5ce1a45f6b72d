package io.github.lstmfcn.spark;

import io.github.lstmfcn.cli.RootCommand;
import io.github.lstmfcn.cli.SearchCommand;
import io.github.lstmfcn.cli.TrainAllCommand;
import io.github.lstmfcn.cli.VerifyCommand;
import io.github.lstmfcn.cli.option.GridOptions;
import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.spark.job.Cluster;
import io.github.lstmfcn.spark.job.ClusterTrainings;
import io.github.lstmfcn.spark.job.ClusterVerifications;
import io.github.lstmfcn.spark.job.JobFailedException;
import io.github.lstmfcn.spark.row.UnusableRowException;
import io.github.lstmfcn.spark.storage.HadoopPaths;
import io.github.lstmfcn.spark.storage.OutputFolder;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The program for {@code spark-submit}: commands of {@code lstmfcn} that run on a cluster. */
@Command(
    name = "lstmfcn-spark",
    description = {
      "Time series classification with networks of the LSTM-FCN family on a Spark cluster.",
      "The commands are those of lstmfcn, with the same options and results; their work is done by "
          + "tasks of the cluster. Repeat a command to continue where it was interrupted.",
      "A path is that of a file or folder that every machine sees, or a URI of a file system of "
          + "Hadoop (hdfs:, s3a:, ...). Of the latter, machines work with copies below "
          + "/tmp/lstmfcn-USER; --conf spark.lstmfcn.copies=DIR names another folder."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  spark-submit --master yarn --class io.github.lstmfcn.spark.Main \\",
      "    lstm-fcn-spark-submit.jar verify --weights /share/weights --data /share/UCR"
    })
public final class Main extends RootCommand {
  private final HadoopPaths paths;

  private Main(HadoopPaths paths) {
    super(false);
    this.paths = paths;
  }

  /** Runs one command; ends the process with its exit code unless that is 0. */
  public static void main(String[] args) {
    // What is printed and written is the same everywhere; some libraries format in the default.
    Locale.setDefault(Locale.ROOT);
    PrintWriter err = printer(System.err);
    int exitCode;
    try (Cluster cluster = new Cluster()) {
      exitCode = run(args, cluster, printer(System.out), err);
    } catch (LinkageError | OutOfMemoryError fatal) {
      err.println(
          fatal instanceof OutOfMemoryError
              ? "lstmfcn-spark: expected enough memory at the driver, found none left; submit with"
                  + " a larger --driver-memory"
              : "lstmfcn-spark: expected TensorFlow's library for this machine, found none that can"
                  + " be loaded ("
                  + fatal
                  + ")");
      exitCode = CommandLine.ExitCode.SOFTWARE;
    }
    // Where the driver runs on the cluster, it takes any exit before its end for a failure.
    if (exitCode != CommandLine.ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs one command on a cluster. */
  static int run(String[] args, Cluster cluster, PrintWriter out, PrintWriter err) {
    HadoopPaths paths = new HadoopPaths(cluster.settings());
    Main root = new Main(paths);
    Function<GridOptions, TrainingPlace> trainings =
        options -> {
          options.expectNoJobs("Spark decides how many runs are trained at the same time");
          return new ClusterTrainings(cluster, paths);
        };
    CommandLine line =
        RootCommand.line(
            root,
            out,
            err,
            new VerifyCommand(data -> new ClusterVerifications(cluster, paths, data)),
            new SearchCommand(trainings),
            new TrainAllCommand(trainings),
            new ScoreCommand(cluster));
    line.getSubcommands().values().forEach(Main::hideJobs);
    example(line, "verify", "--weights hdfs:/weights --data hdfs:/UCR --out hdfs:/verified");
    example(line, "search", "--data hdfs:/UCR --sets CBF,Coffee --cells 8,64 --out hdfs:/search");
    example(line, "train-all", "--data hdfs:/UCR --seeds 3 --out hdfs:/runs");
    line.registerConverter(Path.class, paths);
    line.setExecutionStrategy(parsed -> execute(parsed, paths));
    return line.execute(args);
  }

  /** Executes a command between the copies of what it reads and of what it writes. */
  private static int execute(ParseResult parsed, HadoopPaths paths) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    boolean works = !command.isUsageHelpRequested() && !command.isVersionHelpRequested();
    try {
      if (works) {
        paths.fetch(command);
      }
      int exitCode = new CommandLine.RunLast().execute(parsed);
      paths.output().ifPresent(OutputFolder::storeTables);
      return exitCode;
    } catch (CommandLine.PicocliException known) {
      throw known;
    } catch (RuntimeException failure) {
      throw new CommandLine.ExecutionException(
          command.commandSpec().commandLine(), String.valueOf(failure.getMessage()), failure);
    }
  }

  /** Says how a command is submitted, instead of how its local namesake is started. */
  private static void example(CommandLine line, String command, String options) {
    line.getSubcommands()
        .get(command)
        .getCommandSpec()
        .usageMessage()
        .footer("", "Example:", "  spark-submit … " + command + " " + options);
  }

  private static void hideJobs(CommandLine command) {
    OptionSpec jobs = command.getCommandSpec().findOption(GridOptions.JOBS);
    if (jobs != null) {
      command.getCommandSpec().remove(jobs);
      command.getCommandSpec().addOption(jobs.toBuilder().hidden(true).build());
    }
  }

  /** What a task says is told without the frames of Spark around it. */
  @Override
  protected Optional<String> foreseen(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobFailedException || cause instanceof UnusableRowException) {
        return Optional.of(paths.named(cause.getMessage()));
      }
      Optional<String> message = super.foreseen(cause).map(paths::named);
      if (message.isPresent()) {
        return message;
      }
    }
    return Optional.empty();
  }
}
