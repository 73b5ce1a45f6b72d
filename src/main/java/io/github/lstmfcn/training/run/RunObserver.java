package io.github.lstmfcn.training.run;

import io.github.lstmfcn.training.loop.TrainingState;
import java.util.List;

/** Is notified when the files of a run were updated, to write further files. */
public interface RunObserver {
  /** An observer that does nothing. */
  RunObserver NONE = (folder, description, state, notes, metrics) -> {};

  /**
   * Called when the files of the run were written.
   *
   * @param folder the folder of the run
   * @param description the description of the run
   * @param state the state of the run
   * @param notes notes for readers of the results, one sentence each
   * @param metrics the metrics; null while there are none
   */
  void saved(
      RunFolder folder,
      RunDescription description,
      TrainingState state,
      List<String> notes,
      RunMetrics metrics);
}
