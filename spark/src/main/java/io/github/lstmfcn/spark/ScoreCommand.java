package io.github.lstmfcn.spark;

import com.github.freva.asciitable.ColumnData;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.cli.option.InputOptions;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.StreamOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.spark.job.Cluster;
import io.github.lstmfcn.spark.row.ScoredRow;
import io.github.lstmfcn.table.TextTable;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lstmfcn-spark score}. */
@Command(
    name = "score",
    description = {
      "Classify the series of many files and write the answers as Parquet.",
      "A file is Parquet with a column of series, or of any format that lstmfcn predict reads: "
          + "delimited text with one series per line, .ts, .arff, .npy or .npz, each also as .gz. "
          + "Such a file is read by one task and scored by many.",
      "The answers to each file are in a folder of their own below --out. Repeat the command to "
          + "score what is missing, also after more files have come."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  spark-submit … score --weights cbf.h5 --out hdfs:/scores hdfs:/series/*.parquet"
    })
final class ScoreCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin InputOptions input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "New or empty folder for the answers, or that of an earlier run of the same command with "
              + "the same model and options; any other is refused.")
  String out;

  @Option(
      names = "--features-col",
      paramLabel = "COLUMN",
      defaultValue = "features",
      description = "Column of the series in Parquet files. Default: ${DEFAULT-VALUE}.")
  String featuresCol;

  @Option(
      names = "--handle-invalid",
      paramLabel = "HOW",
      defaultValue = "error",
      description =
          "What becomes of series that cannot be read or computed with: error (end with the first), "
              + "skip (leave them out) or keep (NaN and no label). Default: ${DEFAULT-VALUE}.")
  String handleInvalid;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Number of series that are run at once. Default: by the length of the series, as lstmfcn "
              + "does.")
  Integer batchSize;

  @Mixin StreamOptions stream;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files of series, folders of which every file is one, or patterns such as part-*.parquet, on "
              + "any file system of Hadoop.")
  List<String> files;

  private final Cluster cluster;

  /**
   * The command on a cluster.
   *
   * @param cluster the cluster
   */
  ScoreCommand(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    if (batchSize != null && batchSize < 1) {
      throw misused("--batch-size: expected at least 1, found " + batchSize);
    }
    if (!ScoredRow.HANDLINGS.contains(handleInvalid)) {
      throw misused("--handle-invalid: expected error, skip or keep, found " + handleInvalid);
    }
    Model loaded = input.load(model, stream.truncate);
    LstmFcnModel scorer = LstmFcnModel.of(loaded).setHandleInvalid(handleInvalid);
    if (batchSize != null) {
      scorer.setBatchSize(batchSize);
    }
    Notes.of(command).assumptions(List.of(loaded));
    Configuration hadoop = cluster.hadoop();
    List<ScoreInput> inputs = inputs(hadoop);
    ScoreFolder folder = folder(hadoop, settings(scorer));
    List<ScoreInput> missing = folder.open(inputs);
    ScoreJob job =
        new ScoreJob(
            cluster.session(),
            scorer,
            folder,
            featuresCol,
            new ScoreJob.Text(input.layout.layout(), stream.split, stream.truncate));
    print(job.score(inputs, missing));
    return CommandLine.ExitCode.OK;
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(command.commandLine(), message);
  }

  /** What the answers depend on, by name. */
  private Map<String, String> settings(LstmFcnModel scorer) {
    TableLayout layout = input.layout.layout();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model, labels and normalisation", scorer.digest());
    settings.put("--truncate", "" + stream.truncate);
    settings.put("--batch-size", batchSize == null ? "default" : "" + batchSize);
    settings.put("--handle-invalid", handleInvalid);
    settings.put("--features-col", featuresCol);
    settings.put("--label-column", given(layout.labelColumn()));
    settings.put("--header", given(layout.header()));
    settings.put("--ignore-column", "" + layout.ignoredColumns());
    settings.put("--decimal-comma", "" + layout.decimalComma());
    settings.put("--empty-as-missing", "" + layout.emptyIsMissing());
    settings.put("--layout", given(layout.axes()));
    settings.put("--split", given(stream.split));
    return settings;
  }

  private static String given(Object value) {
    return value == null ? "default" : value.toString();
  }

  private ScoreFolder folder(Configuration hadoop, Map<String, String> settings) {
    try {
      Path path = new Path(out);
      FileSystem system = path.getFileSystem(hadoop);
      return new ScoreFolder(system, system.makeQualified(path), settings);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          null, out, "a folder that can be written", FailureReason.of(e), "", e);
    }
  }

  private List<ScoreInput> inputs(Configuration hadoop) {
    List<ScoreInput> inputs = new ArrayList<>();
    for (String given : files) {
      try {
        inputs.addAll(found(given, hadoop));
      } catch (IOException | IllegalArgumentException e) {
        throw new InvalidInputException(
            null, given, "files that can be read", FailureReason.of(e), "", e);
      }
    }
    Map<String, String> byName = new HashMap<>();
    for (ScoreInput each : inputs) {
      String other = byName.put(each.name(), each.path());
      if (other != null) {
        throw new InvalidInputException(
            null,
            each.path(),
            "another name than that of " + other + ", since answers are kept by name",
            "the same",
            "score them to different folders");
      }
    }
    return inputs;
  }

  private static List<ScoreInput> found(String given, Configuration hadoop) throws IOException {
    Path pattern = new Path(given);
    FileSystem system = pattern.getFileSystem(hadoop);
    FileStatus[] matches =
        system.exists(pattern) // its name may have characters of a pattern
            ? new FileStatus[] {system.getFileStatus(pattern)}
            : system.globStatus(pattern);
    List<ScoreInput> found = new ArrayList<>();
    for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
      FileStatus[] entries =
          match.isDirectory() ? system.listStatus(match.getPath()) : new FileStatus[] {match};
      for (FileStatus entry : entries) {
        if (entry.isDirectory() && !isHidden(entry)) {
          throw new InvalidInputException(
              null,
              match.getPath().toString(),
              "a folder of files",
              "the folder " + entry.getPath().getName() + " in it",
              "name the folders of files, or a pattern such as */*.parquet");
        }
        if (entry.isFile() && !isHidden(entry)) {
          found.add(ScoreInput.of(entry));
        }
      }
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(
          null, given, "at least one file", "none", "name files, folders of files or a pattern");
    }
    return found;
  }

  /** Whether it is a file of Spark's own, such as _SUCCESS. */
  private static boolean isHidden(FileStatus file) {
    return file.getPath().getName().startsWith("_") || file.getPath().getName().startsWith(".");
  }

  private void print(List<ScoreJob.Scored> scored) {
    List<ColumnData<ScoreJob.Scored>> columns =
        List.of(
            TextTable.left("file").with(each -> each.input().name()),
            TextTable.right("series").with(each -> Long.toString(each.series())),
            TextTable.left("status").with(each -> each.isNew() ? "scored" : "was scored before"));
    PrintWriter printer = command.commandLine().getOut();
    printer.println(TextTable.of(scored, columns));
    printer.println();
    printer.println(
        "%s series of %s files in %s"
            .formatted(
                scored.stream().mapToLong(ScoreJob.Scored::series).sum(), scored.size(), out));
    printer.flush();
  }
}
