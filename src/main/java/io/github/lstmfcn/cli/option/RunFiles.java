package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.run.DataReading;
import io.github.lstmfcn.training.run.RunDescription;
import java.util.Optional;
import org.tensorflow.TensorFlow;

/**
 * The files of a dataset that runs are trained and tested on.
 *
 * @param set the name of the dataset
 * @param train the file of TRAIN
 * @param test the file of TEST; null if there is none
 * @param reading how the files are read; null if their names and formats tell
 * @param variables the number of variables of a series
 */
public record RunFiles(
    String set, FileDigest train, FileDigest test, DataReading reading, int variables) {

  /**
   * The files of a dataset.
   *
   * @throws InvalidInputException if a file cannot be read, or the dataset has one file per
   *     dimension
   */
  public static RunFiles of(String set, SplitSources sources) {
    DataSource train = sources.train();
    Optional<DataSource> test = sources.test();
    if (DatasetFile.isOneOfSeveral(train.file())) {
      throw new InvalidInputException(
          train.file(),
          "",
          "all dimensions in one file, whose digest the training keeps",
          "a file per dimension",
          "name the .ts file or the relational .arff file of the dataset");
    }
    return new RunFiles(
        set,
        FileDigest.of(train.file()),
        test.map(source -> FileDigest.of(source.file())).orElse(null),
        DataReading.of(train, test.orElse(null)),
        train.read().variables());
  }

  /** The network that is trained unless another is asked for. */
  ModelKind defaultKind() {
    return variables > 1 ? ModelKind.MLSTM_FCN : ModelKind.LSTM_FCN;
  }

  /**
   * Describes a run of this program on the files.
   *
   * @param threads the number of TensorFlow's threads
   * @throws InvalidInputException if the environment asks for convolutions that there are not, or
   *     not with this precision: now, rather than when the training has its folder
   */
  public RunDescription description(
      int threads,
      Precision precision,
      ModelKind kind,
      int cells,
      GateActivation gates,
      FileDigest initial,
      Recipe recipe) {
    Execution.askedConvolutions(precision);
    return new RunDescription(
        Program.version(),
        TensorFlow.version(),
        Runtime.version().toString(),
        threads,
        null,
        precision,
        set,
        train,
        test,
        kind,
        cells,
        gates,
        initial,
        recipe,
        reading);
  }
}
