package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.RunPictures;
import io.github.lstmfcn.cli.option.DataFiles;
import io.github.lstmfcn.cli.option.DataOptions;
import io.github.lstmfcn.cli.option.DatasetOption;
import io.github.lstmfcn.cli.option.NetworkOptions;
import io.github.lstmfcn.cli.option.RecipeOptions;
import io.github.lstmfcn.cli.option.RunFiles;
import io.github.lstmfcn.cli.process.Interruption;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.cli.process.ProgressLine;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.search.TrainingProcesses;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code lstmfcn train}. */
@Command(
    name = "train",
    description = {
      "Train a network and write the run to a folder.",
      "The folder contains run.json (what was trained and how), weights-best.h5 and "
          + "weights-last.h5 for Keras, history.csv, metrics.json, training.html and "
          + "training.png. --resume continues an interrupted or killed run after its last "
          + "complete epoch, with the same result as an uninterrupted run. Ctrl-C stops the "
          + "training at the end of the epoch."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lstmfcn train --data testdata --set CBF --epochs 50 --out runs/cbf",
      "  lstmfcn train --data testdata --set PhaseWaves --model malstm-fcn --out runs/waves",
      "  lstmfcn train --data table.csv --label-column last --test-size 0.3 --out runs/table",
      "  lstmfcn train --resume runs/cbf"
    })
final class TrainCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @ParentCommand Main main;

  @Mixin DataOptions data;

  @Mixin DatasetOption set;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description =
          "Folder of a new run; it is created if needed. One with a run, or with a file of a name "
              + "that a run writes, is refused: nothing is replaced.")
  Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Folder of an interrupted run to continue.")
  Path resume;

  @Mixin NetworkOptions network;

  @Mixin RecipeOptions recipe;

  @Option(
      names = "--json-lines",
      description = "Print each epoch and the result as one line of JSON each.")
  boolean jsonLines;

  /** Given by {@code search} and {@code train-all}, whose processes are not to outlive them. */
  @Option(
      names = TrainingProcesses.UNTIL_END_OF_INPUT,
      hidden = true,
      description = "Stop at the end of the epoch in which standard input ends.")
  boolean untilEndOfInput;

  @Override
  public void run() {
    try (Interruption interruption = new Interruption();
        TrainingRun run = resume == null ? begin() : goOn()) {
      if (untilEndOfInput) {
        interruption.requestAtEndOf(System.in);
      }
      if (jsonLines || main.isQuiet()) {
        finish(run, run.run(new Lines(), interruption::isRequested));
        return;
      }
      RunMetrics metrics;
      try (Bar bar = new Bar(run)) {
        metrics = run.run(bar, interruption::isRequested);
      }
      finish(run, metrics);
    }
  }

  private TrainingRun begin() {
    DataFiles files = data.open(null);
    if (out == null) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "Missing required option: '--out'");
    }
    if (SavedModel.isAt(out)) {
      throw new InvalidInputException(
          out, "--out", "a folder without a model", "a SavedModel", "name another folder");
    }
    return TrainingRun.begin(out, description(files), Clock.systemUTC(), new RunPictures());
  }

  private TrainingRun goOn() {
    boolean alone =
        command.commandLine().getParseResult().matchedOptions().stream()
            .map(option -> option.longestName())
            .allMatch(name -> name.matches("--(resume|quiet|json-lines|debug|until-end-of-input)"));
    if (!alone) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "--resume: expected no other options than --quiet and --json-lines, since run.json "
              + "contains all settings; to train its weights on with others, --init "
              + TrainingRun.selectedWeights(resume));
    }
    return TrainingRun.resume(resume, Clock.systemUTC(), new RunPictures());
  }

  private RunDescription description(DataFiles files) {
    String name = set.choose(files, data.data, command.commandLine());
    RunFiles ofSet = RunFiles.of(name, recipe.sources(files, name));
    return network.description(ofSet, recipe.recipe(ofSet), RunDescription.availableThreads());
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private void finish(TrainingRun run, RunMetrics metrics) {
    PrintWriter printer = command.commandLine().getOut();
    if (jsonLines) {
      Map<String, Object> result = Json.fields(metrics);
      result.put("train_file", run.description().trainFile());
      result.put("test_file", run.description().testFile());
      printer.println(Json.line(result));
    } else {
      print(printer, metrics);
      run.notes().forEach(note -> printer.println("\nNote: " + note));
      metrics.warnings().forEach(warning -> printer.println("\nWarning: " + warning));
    }
    if (!metrics.finished()) {
      command
          .commandLine()
          .getErr()
          .println(
              "lstmfcn: interrupted after epoch %s; continue with: lstmfcn train --resume %s"
                  .formatted(run.epoch(), or(out, resume)));
    }
  }

  private void print(PrintWriter printer, RunMetrics metrics) {
    printer.println("Model       " + metrics.model());
    printer.println(
        "Weights     epoch %s of %s, selected on %s"
            .formatted(metrics.bestEpoch(), metrics.epochs(), metrics.chosenOn()));
    metrics.parts().forEach((name, part) -> printer.println(String.format("%-12s%s", name, part)));
    printer.println("Folder      " + or(out, resume));
  }

  private static String line(Epoch epoch) {
    String validation =
        epoch
            .validation()
            .map(
                score ->
                    String.format(
                        Locale.ROOT,
                        ", val_loss %.4f, val_acc %.4f",
                        score.loss(),
                        score.accuracy()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "loss %.4f, acc %.4f%s, lr %.1e",
        epoch.training().loss(),
        epoch.training().accuracy(),
        validation,
        epoch.learningRate());
  }

  /** The progress line. */
  private final class Bar implements TrainingListener, AutoCloseable {
    private final ProgressLine progress;

    Bar(TrainingRun run) {
      progress =
          Notes.of(command)
              .progress("epochs", run.epoch(), run.description().recipe().schedule().epochs());
    }

    @Override
    public void batchDone(int epoch, int done, int batches, Score score) {
      if (batches > 1) {
        progress.say(
            String.format(
                Locale.ROOT,
                "batch %d/%d, loss %.4f, acc %.4f",
                done,
                batches,
                score.loss(),
                score.accuracy()));
      }
    }

    @Override
    public void epochDone(Epoch epoch) {
      progress.step(line(epoch));
    }

    @Override
    public void close() {
      progress.close();
    }
  }

  /** One JSON line per epoch with {@code --json-lines}, else nothing. */
  private final class Lines implements TrainingListener {
    @Override
    public void epochDone(Epoch epoch) {
      if (jsonLines) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("epoch", epoch.number());
        map.put("loss", epoch.training().loss());
        map.put("accuracy", epoch.training().accuracy());
        epoch
            .validation()
            .ifPresent(
                score -> {
                  map.put("val_loss", score.loss());
                  map.put("val_accuracy", score.accuracy());
                });
        map.put("lr", epoch.learningRate());
        command.commandLine().getOut().println(Json.line(map));
        command.commandLine().getOut().flush();
      }
    }
  }
}
