package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.run.RunDescription;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the network to train and its initial weights. */
public final class NetworkOptions {
  @Option(
      names = "--model",
      paramLabel = "KIND",
      converter = NamedValues.Kinds.class,
      completionCandidates = NamedValues.Kinds.class,
      description =
          "Network to train: ${COMPLETION-CANDIDATES}. Default: that of --init, else LSTM-FCN for "
              + "univariate and MLSTM-FCN for multivariate series.")
  ModelKind kind;

  @Option(
      names = "--cells",
      paramLabel = "N",
      converter = PositiveNumber.class,
      description =
          "Number of cells of the recurrent layer. Default: that of --init, or of the 2017 "
              + "release for the dataset, else 8.")
  public Integer cells;

  @Mixin GatesOption gates;

  @Mixin PrecisionOption precision;

  @Option(
      names = "--init",
      paramLabel = "FILE",
      description =
          "Weight file to start from. Its dense layer is replaced if the number of classes "
              + "differs.")
  Path init;

  /**
   * Describes a run: the given options, else the network of {@link #init}, else the published
   * number of cells.
   *
   * @param threads the number of TensorFlow's threads
   * @throws io.github.lstmfcn.error.InvalidInputException if the initial weights cannot be read
   */
  public RunDescription description(RunFiles files, Recipe recipe, int threads) {
    ModelSpec initial = init == null ? null : KerasWeights.read(init).weights().spec();
    ModelKind trained = or(kind, initial == null ? files.defaultKind() : initial.kind());
    return files.description(
        threads,
        precision.orAsked(),
        trained,
        or(cells, initial == null ? publishedCells(files.set(), trained) : initial.cells()),
        initial == null ? gates.orOriginal() : or(gates.gates, initial.gateActivation()),
        init == null ? null : FileDigest.of(init),
        recipe);
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static int publishedCells(String name, ModelKind kind) {
    Optional<UcrDataset> set = UcrCatalog.published().find(name);
    return set.map(
            ucr -> kind == ModelKind.LSTM_FCN ? ucr.cellsLstmFcn2017() : ucr.cellsAlstmFcn2017())
        .orElse(OptionalInt.empty())
        .orElse(8);
  }
}
