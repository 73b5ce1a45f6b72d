package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrArchive;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.DigestedFile;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RunDescription;
import org.tensorflow.TensorFlow;

/**
 * The files that runs on a set are on.
 *
 * @param set its name
 * @param train the file of TRAIN
 * @param test the file of TEST; null if there is none
 */
record RunFiles(String set, DigestedFile train, DigestedFile test) {

  /**
   * The files of a set of an archive.
   *
   * @throws io.github.lstmfcn.data.InvalidInputException if the set or its TRAIN is not there
   */
  static RunFiles of(UcrArchive archive, String set) {
    return new RunFiles(
        set,
        DigestedFile.of(archive.file(set, Split.TRAIN)),
        archive.find(set, Split.TEST).map(DigestedFile::of).orElse(null));
  }

  /** A run on them, by this program. */
  RunDescription description(
      ModelKind kind, int cells, GateActivation gates, DigestedFile initial, Recipe recipe) {
    return new RunDescription(
        Main.version(),
        TensorFlow.version(),
        Runtime.version().toString(),
        RunDescription.threadsHere(),
        set,
        train,
        test,
        kind,
        cells,
        gates,
        initial,
        recipe);
  }
}
