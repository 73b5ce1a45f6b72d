package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.Output;
import io.github.lstmfcn.cli.option.OutputFormat;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.DurableFolder;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.report.VerificationReport;
import io.github.lstmfcn.report.result.VerificationDocument;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.verification.Verification;
import io.github.lstmfcn.verification.VerificationLog;
import io.github.lstmfcn.verification.VerificationPlace;
import io.github.lstmfcn.verification.VerifiedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.tensorflow.TensorFlow;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lstmfcn verify}. */
@Command(
    name = "verify",
    description = {
      "Re-score weight files under the published protocol and compare with the reported "
          + "accuracy.",
      "Recognises weight files by the names that the original code gives to univariate (2017: "
          + "<prefix>_weights.h5; 2019: {lstmfcn,alstmfcn}_<cells>_cells_weights/"
          + "<dataset>_weights.h5) and multivariate networks (<prefix>_weights.h5), and those "
          + "listed in a file reported.csv (weights,set,accuracy and, if known, "
          + "split,normalization,labels,attention).",
      "A network on multivariate data with other sizes of TRAIN and TEST than those of the report, "
          + "such as Libras of the UEA archive, is scored but not compared; its verdict is "
          + "\"other split\".",
      "Exit code 1 if a reported accuracy is not reproduced."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ${COMMAND-FULL-NAME} --weights keras-weights --data testdata"})
public final class VerifyCommand implements Callable<Integer> {
  private static final String TABLE = "verification.csv";
  private static final String DOCUMENT = "verification.json";
  private static final String LOG = "verification.jsonl";

  private final Function<Path, VerificationPlace> where;

  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "DIR",
      description = "Folder of weight files, searched at any depth.")
  Path weights;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of datasets: the UCR archive of 2015 or 2018, the UEA archive, or the "
              + "original's data folder.")
  Path data;

  @Option(
      names = "--tolerance",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Largest difference in correct series with which an accuracy counts as reproduced. "
              + "Default: ${DEFAULT-VALUE}.")
  int tolerance;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for verification.csv, verification.json and the log verification.jsonl. Repeat "
              + "the command to continue an interrupted run: beside its log the tables are replaced.")
  Path out;

  @Option(
      names = "--force",
      description = "Replace verification.csv and verification.json where there is no log.")
  boolean force;

  @ArgGroup OutputFormat format = new OutputFormat();

  /** The command that verifies in this process. */
  public VerifyCommand() {
    this(data -> VerificationPlace.HERE);
  }

  /**
   * The command that verifies elsewhere.
   *
   * @param where gives the place for the path of the data, once the options are parsed and checked
   */
  public VerifyCommand(Function<Path, VerificationPlace> where) {
    this.where = where;
  }

  @Override
  public Integer call() {
    if (tolerance < 0) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--tolerance: expected at least 0, found " + tolerance);
    }
    Verification verification = new Verification(weights, UcrArchive.open(data), tolerance);
    Verification.Outcome outcome;
    try (Waiting waiting = new Waiting()) {
      outcome = verification.run(log(), waiting, where.apply(data));
    }
    VerificationReport report = new VerificationReport(outcome);
    if (out != null) {
      AtomicFile.write(out.resolve(TABLE), file -> Files.writeString(file, report.csv()));
      VerificationDocument.FORMAT.write(out.resolve(DOCUMENT), report.document());
    }
    print(report);
    return outcome.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private VerificationLog log() {
    if (out == null) {
      return VerificationLog.none();
    }
    Path file = out.resolve(LOG);
    if (!force && !Files.exists(file)) {
      List.of(TABLE, DOCUMENT).forEach(name -> AtomicFile.check(out.resolve(name), false));
    }
    try {
      DurableFolder.create(out);
      List.of(TABLE, DOCUMENT, LOG).stream()
          .map(out::resolve)
          .filter(Files::isSymbolicLink)
          .forEach(link -> new Output("--out", link).expectNoneOf(List.of(weights, data)));
    } catch (IOException e) {
      throw new InvalidInputException(
          out, "", "a folder that can be created", FailureReason.of(e), "", e);
    }
    return VerificationLog.at(file, TensorFlow.version());
  }

  private void print(VerificationReport report) {
    PrintWriter printer = command.commandLine().getOut();
    if (format.csv) {
      printer.print(report.csv());
    } else if (format.json) {
      printer.println(Json.pretty(VerificationDocument.FORMAT.document(report.document())));
    } else {
      printer.println(report.text());
    }
    printer.flush();
  }

  /** The progress line over the files. */
  private final class Waiting implements Verification.Progress, AutoCloseable {
    private ProgressLine line;

    @Override
    public void start(int files) {
      line = Notes.of(command).progress("verify", 0, files);
    }

    @Override
    public void done(VerifiedFile file) {
      if (line != null) {
        line.step(file.set());
      }
    }

    @Override
    public void close() {
      if (line != null) {
        line.close();
      }
    }
  }
}
