package io.github.lstmfcn.training.run;

import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.loop.SelectedEpoch;
import io.github.lstmfcn.training.loop.Trainer;
import io.github.lstmfcn.training.loop.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a run.
 *
 * @param description the description of the run
 * @param data the data of the run
 * @param state the state after the last epoch
 */
record RunOutcome(RunDescription description, RunData data, TrainingState state) {

  /**
   * Scores the selected weights. TEST is scored only if the recipe ended the run.
   *
   * @param trainer the trainer, which scores
   * @param ending the reason why the run ended
   */
  RunMetrics metrics(Trainer trainer, Trainer.Ending ending) {
    Recipe recipe = description.recipe();
    boolean finished = ending != Trainer.Ending.INTERRUPTED;
    boolean heldOut = recipe.validation().validatedOn() == Validation.Source.HOLD_OUT;
    Map<String, Examples> sets = new LinkedHashMap<>();
    sets.put("train", data.data().train());
    data.data().validation().filter(set -> heldOut).ifPresent(set -> sets.put("validation", set));
    data.test().filter(set -> finished).ifPresent(set -> sets.put("test", set));
    ModelWeights selected = state.selected(recipe);
    List<Score> scores = trainer.scores(selected, List.copyOf(sets.values()));
    Map<String, RunMetrics.Part> parts = new LinkedHashMap<>();
    sets.forEach(
        (name, set) -> parts.put(name, RunMetrics.Part.of(scores.get(parts.size()), set.size())));
    return new RunMetrics(
        description.set(),
        selected.spec().toString(),
        selected.spec().classes(),
        state.progress().epoch(),
        finished,
        state.selectedEpoch(recipe),
        recipe.selection().monitor().toString(),
        description.chosenOn(),
        parts.get("train"),
        parts.get("validation"),
        parts.get("test"),
        warnings(trainer, scores.get(0)));
  }

  private List<String> warnings(Trainer trainer, Score selected) {
    int number = state.selectedEpoch(description.recipe());
    int lastEpoch = state.progress().epoch();
    if (number == 0) {
      return List.of();
    }
    Score last =
        number == lastEpoch
            ? selected
            : trainer.scores(state.weights(), List.of(data.data().train())).get(0);
    Epoch epoch = state.progress().history().epochs().get(number - 1);
    return new SelectedEpoch(epoch, selected, last, lastEpoch).warnings(description.recipe());
  }
}
