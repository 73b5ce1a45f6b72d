package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.MemoryRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a network on a dataset in memory.
 *
 * <pre>{@code
 * Training.Result result =
 *     Training.on(train).test(test).recipe(Recipe.standard(Optional.empty())).run();
 * result.model().save(Path.of("cbf.h5"));
 * }</pre>
 *
 * <p>A training that has to survive its process is one for the command line: {@code lstmfcn train}
 * keeps it in a folder, and {@code --resume} goes on with it.
 */
public final class Training {
  private static final Path SOURCE = Path.of("(trained)");

  private final Dataset train;
  private Dataset test;
  private ModelKind kind = ModelKind.LSTM_FCN;
  private int cells = 8;
  private GateActivation gates = GateActivation.HARD_SIGMOID;
  private Recipe recipe = Recipe.standard(Optional.empty());
  private Model initial;
  private TrainingListener listener = TrainingListener.NONE;
  private BooleanSupplier stop = () -> false;

  private Training(Dataset train) {
    this.train = train;
  }

  /**
   * What came of a training.
   *
   * @param model the selected epoch's, ready to be saved, exported or to answer
   * @param epochs all of them, in their order
   * @param selectedEpoch number of the epoch whose weights the model has, from 1
   * @param train score of the model on the series that it was trained on, at inference
   * @param validation score on the series that were held out; empty if none were
   * @param test score on TEST; empty if there is none
   * @param warnings what is wrong with the model, one sentence each; empty if nothing is
   */
  public record Result(
      Model model,
      List<Epoch> epochs,
      int selectedEpoch,
      Score train,
      Optional<Score> validation,
      Optional<Score> test,
      List<String> warnings) {

    /** Copies the lists. */
    public Result {
      epochs = List.copyOf(epochs);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Begins to describe a training: an LSTM-FCN with 8 cells, by the standard recipe.
   *
   * @param train the labelled series to train on; series may differ in length
   * @return the description, to change and run
   */
  public static Training on(Dataset train) {
    return new Training(Objects.requireNonNull(train, "train"));
  }

  /**
   * Sets the labelled series that the model is scored on at the end. No weights are chosen by them
   * unless the recipe says so.
   *
   * @param value null for none
   * @return this description
   */
  public Training test(Dataset value) {
    test = value;
    return this;
  }

  /**
   * Sets the network.
   *
   * @param value which recurrent layer it has
   * @return this description
   */
  public Training kind(ModelKind value) {
    kind = Objects.requireNonNull(value, "kind");
    return this;
  }

  /**
   * Sets the size of the recurrent layer.
   *
   * @param value its cells, at least 1; the papers choose 8, 64 or 128 per dataset
   * @return this description
   * @throws IllegalArgumentException if the number is not positive
   */
  public Training cells(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("at least one cell expected, found " + value);
    }
    cells = value;
    return this;
  }

  /**
   * Sets the activation of the recurrent layer's gates.
   *
   * @param value hard sigmoid, as the original has, unless set
   * @return this description
   */
  public Training gates(GateActivation value) {
    gates = Objects.requireNonNull(value, "gates");
    return this;
  }

  /**
   * Sets how to train.
   *
   * @param value the standard recipe unless set
   * @return this description
   */
  public Training recipe(Recipe value) {
    recipe = Objects.requireNonNull(value, "recipe");
    return this;
  }

  /**
   * Sets a model to start from: fine-tuning. Kind, cells and gates become the model's; where the
   * number of classes differs, the dense layer is new.
   *
   * @param value a model with weights; null for new weights
   * @return this description
   * @throws InvalidInputException if it is a SavedModel, whose weights lie in its graph
   */
  public Training startFrom(Model value) {
    initial = value;
    if (value != null) {
      kind = value.weights().spec().kind();
      cells = value.spec().cells();
      gates = value.spec().gateActivation();
    }
    return this;
  }

  /**
   * Sets who is told of batches and epochs.
   *
   * @param value told on the training's thread
   * @return this description
   */
  public Training listener(TrainingListener value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /**
   * Sets what ends the training early.
   *
   * @param value asked after every epoch, on the training's thread
   * @return this description
   */
  public Training stopWhen(BooleanSupplier value) {
    stop = Objects.requireNonNull(value, "stop");
    return this;
  }

  /**
   * Trains. The same description gives the same weights bit for bit on one machine with one number
   * of threads.
   *
   * @return the model and how it came about
   * @throws InvalidInputException if datasets, model and recipe do not fit each other
   * @throws TrainingDivergedException if a loss or a weight is no longer finite
   */
  public Result run() {
    MemoryRun.Outcome outcome =
        new MemoryRun(kind, cells, gates, recipe)
            .train(
                train,
                Optional.ofNullable(test),
                Optional.ofNullable(initial).map(Model::weights),
                listener,
                stop);
    Model model =
        new Model(
            SOURCE, new Network.Weighted(outcome.weights()), outcome.metadata(), false, List.of());
    return new Result(
        model,
        outcome.epochs(),
        outcome.selectedEpoch(),
        outcome.train(),
        outcome.validation(),
        outcome.test(),
        outcome.warnings());
  }
}
