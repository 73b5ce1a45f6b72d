package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.ForceOption;
import io.github.lstmfcn.cli.option.LengthOption;
import io.github.lstmfcn.cli.option.Output;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn convert}. */
@Command(
    name = "convert",
    description = "Write any readable weight file as Keras 2 weights (HDF5).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lstmfcn convert --weights keras-weights/keras3-lstmfcn-8-CBF/model.keras --out cbf.h5"
    })
final class ConvertCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Keras weight file to convert, or folder of a training run.")
  Path weights;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  Path out;

  @Mixin LengthOption length;

  @Mixin ForceOption force;

  @Override
  public void run() {
    force.check(new Output("--out", out), List.of(weights));
    Path read = TrainingRun.weightsFile(weights);
    KerasFile file = KerasWeights.read(read, length.orUnknown());
    // An open attention scope stays open: the Keras version written for across-batch allows both.
    AttentionScope scope = file.attentionIsOpen() ? AttentionScope.ACROSS_BATCH : null;
    ModelWeights converted = file.weights(null, scope);
    KerasWeights.write(converted, file.metadataToCopy().orElse(null), out, force.isSet());
    command.commandLine().getOut().println("wrote " + out + ": " + file.weights().spec());
  }
}
