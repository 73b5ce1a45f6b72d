package io.github.lstmfcn.training.run;

import io.github.lstmfcn.training.loop.TrainingState;
import java.util.List;

/** Is told when the files of a run were brought up to date, to put others beside them. */
public interface RunObserver {
  /** Does nothing. */
  RunObserver NONE = (folder, description, state, notes, metrics) -> {};

  /**
   * The run's files were written.
   *
   * @param folder of the run
   * @param description what is trained
   * @param state where it is
   * @param notes what a reader should know, one sentence each
   * @param metrics null while there are none
   */
  void saved(
      RunFolder folder,
      RunDescription description,
      TrainingState state,
      List<String> notes,
      RunMetrics metrics);
}
