package io.github.lstmfcn.training.run;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.loop.ExecutionChoice;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.SelectedEpoch;
import io.github.lstmfcn.training.loop.StateSaver;
import io.github.lstmfcn.training.loop.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A training run in memory, without files, for programs that have their own data.
 *
 * @param kind the kind of network
 * @param cells the number of cells of the recurrent layer
 * @param gates the gate activation of the recurrent layer
 * @param recipe the recipe
 * @param threads the threads that TensorFlow computes on
 * @param precision the precision of products
 */
public record MemoryRun(
    ModelKind kind,
    int cells,
    GateActivation gates,
    Recipe recipe,
    Threads threads,
    Precision precision) {

  /**
   * The outcome of a training run.
   *
   * @param weights the selected weights
   * @param metadata the metadata of the weights
   * @param epochs all epochs
   * @param selectedEpoch the epoch of the selected weights, from 1
   * @param train the score on the training series, at inference
   * @param validation the score on the held-out series, if there are any
   * @param test the score on TEST, if there is one
   * @param warnings warnings about the selected weights and series that were cut, one sentence each
   */
  public record Outcome(
      ModelWeights weights,
      ModelMetadata metadata,
      List<Epoch> epochs,
      int selectedEpoch,
      Score train,
      Optional<Score> validation,
      Optional<Score> test,
      List<String> warnings) {}

  /**
   * Trains a network.
   *
   * @param initial the weights to start from; empty for Keras' initialisers
   * @param listener receives the progress, on this thread
   * @param stop asked after every epoch whether to stop
   * @throws InvalidInputException if datasets, initial weights and recipe do not fit each other
   * @throws TrainingDivergedException if a loss or a weight is no longer finite
   */
  public Outcome train(
      Dataset train,
      Optional<Dataset> test,
      Optional<ModelWeights> initial,
      TrainingListener listener,
      BooleanSupplier stop) {
    RunData data = RunData.of(recipe, train, test, initial.map(weights -> weights.spec().length()));
    Memory memory = new Memory(listener);
    BooleanSupplier stopAfterEpoch = () -> memory.progress != null && stop.getAsBoolean();
    ModelSpec spec = data.spec(kind, cells, gates, recipe, initial.map(ModelWeights::spec));
    Execution execution =
        new ExecutionChoice(spec, recipe, data.data(), Measurements.ofUser())
            .fastest(threads, precision);
    Trainer trainer = new Trainer(recipe, data.data(), memory, listener, stopAfterEpoch, execution);
    trainer.train(
        initial
            .map(weights -> Trainer.initialWeights(weights, spec, recipe))
            .orElseGet(() -> Trainer.initialWeights(spec, recipe)));
    return outcome(data, memory, trainer);
  }

  private Outcome outcome(RunData data, Memory memory, Trainer trainer) {
    boolean best = recipe.selection().saveBestOnly();
    ModelWeights selected = best ? memory.best : memory.last;
    int epoch = best ? memory.progress.bestEpoch() : memory.progress.epoch();
    if (selected == null) {
      throw new InvalidInputException(
          null, recipe.selection().monitor().toString(), "an epoch that has a value", "none", "");
    }
    List<Examples> splits = new ArrayList<>(List.of(data.data().train()));
    data.data().validation().ifPresent(splits::add);
    data.test().ifPresent(splits::add);
    List<Score> scores = new ArrayList<>(trainer.scores(selected, splits));
    Score train = scores.remove(0);
    Optional<Score> validation = data.data().validation().map(split -> scores.remove(0));
    Optional<Score> test = data.test().map(split -> scores.remove(0));
    List<Epoch> epochs = memory.progress.history().epochs();
    Score last =
        epoch == epochs.size()
            ? train
            : trainer.scores(memory.last, List.of(data.data().train())).get(0);
    List<String> warnings =
        new ArrayList<>(
            new SelectedEpoch(epochs.get(epoch - 1), train, last, epochs.size()).warnings(recipe));
    data.truncation().ifPresent(warnings::add);
    return new Outcome(
        selected,
        metadata(data, selected, epoch),
        epochs,
        epoch,
        train,
        validation,
        test,
        warnings);
  }

  private ModelMetadata metadata(RunData data, ModelWeights weights, int epoch) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("seed", Long.toString(recipe.seed()));
    provenance.put("epoch", Integer.toString(epoch));
    provenance.put(ModelMetadata.CHOSEN_ON, recipe.chosenOn());
    return new ModelMetadata(
        weights.spec(),
        data.preparation(),
        data.labels().encoding(),
        data.labels().names(),
        provenance);
  }

  /** Stores the last weights and the best ones. */
  private static final class Memory implements StateSaver {
    private final TrainingListener listener;
    private ModelWeights last;
    private ModelWeights best;
    private Progress progress;

    Memory(TrainingListener listener) {
      this.listener = listener;
    }

    @Override
    public void save(Snapshot arrays, Progress now) {
      try (arrays) {
        arrays.check(now.history().last());
        last = arrays.weights();
      }
      progress = now;
      if (now.bestEpoch() == now.epoch()) {
        best = last;
      }
      listener.epochDone(now.history().last());
    }
  }
}
