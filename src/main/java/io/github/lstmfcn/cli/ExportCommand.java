package io.github.lstmfcn.cli;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.cli.option.InputOptions;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.Output;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModelExport;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.TensorFlow;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn export}. */
@Command(
    name = "export",
    description = {
      "Write a SavedModel for TensorFlow Serving.",
      "Its signature serving_default takes series, float32 (-1, length) for univariate and "
          + "(-1, variables, length) for multivariate models, and returns probabilities and "
          + "logits, float32 (-1, classes), class, int64 (-1), and label, string (-1). The "
          + "exported model is loaded and its probabilities are compared before it is moved to "
          + "its place."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn export --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 \\",
      "    --train testdata/CBF/CBF_TRAIN.tsv --out cbf-model"
    })
final class ExportCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin InputOptions input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write; its parent is created if needed.")
  Path out;

  @Option(
      names = "--flat-input",
      description =
          "Let a multivariate model take series as rows, float32 (-1, variables * length): the "
              + "steps of the first variable, then those of the second, and so on. A univariate "
              + "model always does.")
  boolean flatInput;

  @Option(
      names = "--force",
      description =
          "Replace an existing SavedModel as a whole. A folder with any other file is never "
              + "replaced, nor one with a file that the command reads.")
  boolean force;

  @Override
  public void run() {
    List<Path> inputs = new ArrayList<>(List.of(model.weights));
    input.train().ifPresent(inputs::add);
    new Output("--out", out).expectNoneOf(inputs);
    SavedModelExport.check(out, force);
    Path file = TrainingRun.weightsFile(model.weights);
    String before = Files.isRegularFile(file) ? FileDigest.of(file).sha256() : "";
    Model loaded = input.load(model, false);
    ModelWeights weights = loaded.weights();
    String digest = FileDigest.of(file).sha256();
    if (!digest.equals(before)) {
      throw new InvalidInputException(
          file,
          "",
          "a file that stays as it is while it is read",
          "one that changed, as in a training under way",
          "repeat the command");
    }
    ModelMetadata metadata =
        loaded
            .metadata()
            .with("exported_with", TensorFlow.version())
            .with("weights_sha256", digest);
    float difference = new SavedModelExport(weights, metadata, flatInput).write(out, force);
    Notes.of(command).assumptions(List.of(loaded));
    PrintWriter printer = command.commandLine().getOut();
    printer.println("wrote " + out + ": " + loaded.spec());
    printer.println("loaded it and compared: probabilities differ by at most " + difference);
    if (loaded.spec().dependsOnBatch()) {
      printer.println(
          "note: its attention sums across the batch, so the prediction for a series depends "
              + "on the series in the same request");
    }
  }
}
