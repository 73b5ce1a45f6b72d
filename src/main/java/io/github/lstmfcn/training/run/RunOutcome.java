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
 * What a run has come to.
 *
 * @param description what was trained and how
 * @param data on what
 * @param state after the last epoch
 */
record RunOutcome(RunDescription description, RunData data, TrainingState state) {

  /**
   * Scores the kept weights. TEST is scored only when the recipe ended the run.
   *
   * @param trainer that scores
   * @param ending of the run
   */
  RunMetrics metrics(Trainer trainer, Trainer.Ending ending) {
    Recipe recipe = description.recipe();
    boolean finished = ending != Trainer.Ending.INTERRUPTED;
    boolean heldOut = recipe.validation().validatedOn() == Validation.Source.HOLD_OUT;
    Map<String, Examples> sets = new LinkedHashMap<>();
    sets.put("train", data.data().train());
    data.data().validation().filter(set -> heldOut).ifPresent(set -> sets.put("validation", set));
    data.test().filter(set -> finished).ifPresent(set -> sets.put("test", set));
    ModelWeights kept = state.kept(recipe);
    List<Score> scores = trainer.scores(kept, List.copyOf(sets.values()));
    Map<String, RunMetrics.Part> parts = new LinkedHashMap<>();
    sets.forEach(
        (name, set) -> parts.put(name, RunMetrics.Part.of(scores.get(parts.size()), set.size())));
    return new RunMetrics(
        description.set(),
        kept.spec().toString(),
        kept.spec().classes(),
        state.progress().epoch(),
        finished,
        state.keptEpoch(recipe),
        recipe.selection().monitor().toString(),
        description.chosenOn(),
        parts.get("train"),
        parts.get("validation"),
        parts.get("test"),
        warnings(trainer, scores.get(0)));
  }

  private List<String> warnings(Trainer trainer, Score kept) {
    int number = state.keptEpoch(description.recipe());
    int lastEpoch = state.progress().epoch();
    if (number == 0) {
      return List.of();
    }
    Score last =
        number == lastEpoch
            ? kept
            : trainer.scores(state.weights(), List.of(data.data().train())).get(0);
    Epoch epoch = state.progress().history().epochs().get(number - 1);
    return new SelectedEpoch(epoch, kept, last, lastEpoch).warnings(description.recipe());
  }
}
