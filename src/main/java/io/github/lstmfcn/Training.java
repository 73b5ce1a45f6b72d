package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
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
 * <p>To train in a way that survives the process, use the command line: {@code lstmfcn train}
 * writes its state to a folder, and {@code --resume} continues from it.
 */
public final class Training {
  private static final Path SOURCE = Path.of("(trained)");

  private final Dataset train;
  private Dataset test;
  private ModelKind kind;
  private int cells = 8;
  private GateActivation gates = GateActivation.HARD_SIGMOID;
  private Recipe recipe;
  private Model initial;
  private TrainingListener listener = TrainingListener.NONE;
  private BooleanSupplier stop = () -> false;
  private Threads threads = Threads.DEFAULT;
  private Precision precision;

  private Training(Dataset train) {
    this.train = train;
    boolean multivariate = train.variables() > 1;
    kind = multivariate ? ModelKind.MLSTM_FCN : ModelKind.LSTM_FCN;
    recipe = multivariate ? Recipe.standardMultivariate() : Recipe.standard(Optional.empty());
  }

  /**
   * The result of a training.
   *
   * @param model the model of the selected epoch, ready to be saved, exported or to predict
   * @param epochs all epochs, in their order
   * @param selectedEpoch the number of the epoch whose weights the model has, from 1
   * @param train the score of the model on the series that it was trained on, in inference
   * @param validation the score on the series that were held out; empty if none were
   * @param test the score on TEST; empty if there is no TEST split
   * @param warnings what is wrong with the model, and how many series of TEST are longer than those
   *     of TRAIN and were cut to be scored, one sentence each; empty if there is nothing to say
   */
  public record Result(
      Model model,
      List<Epoch> epochs,
      int selectedEpoch,
      Score train,
      Optional<Score> validation,
      Optional<Score> test,
      List<String> warnings) {

    /**
     * Copies the lists.
     *
     * @param model the component {@code model}
     * @param epochs the component {@code epochs}
     * @param selectedEpoch the component {@code selectedEpoch}
     * @param train the component {@code train}
     * @param validation the component {@code validation}
     * @param test the component {@code test}
     * @param warnings the component {@code warnings}
     */
    public Result {
      epochs = List.copyOf(epochs);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Begins the description of a training: 8 cells and the standard recipe, an LSTM-FCN for
   * univariate and an MLSTM-FCN for multivariate series.
   *
   * @param train the labelled series to train on; series may differ in length
   * @return the description, to be changed and run
   */
  public static Training on(Dataset train) {
    return new Training(Objects.requireNonNull(train, "train"));
  }

  /**
   * Sets the labelled series on which the model is scored at the end. They are not used to select
   * weights unless the recipe says so.
   *
   * @param value the TEST split; null for none
   * @return this description
   */
  public Training test(Dataset value) {
    test = value;
    return this;
  }

  /**
   * Sets the kind of network.
   *
   * @param value the kind; LSTM-FCN, or MLSTM-FCN for multivariate series, unless set
   * @return this description
   */
  public Training kind(ModelKind value) {
    kind = Objects.requireNonNull(value, "kind");
    return this;
  }

  /**
   * Sets the size of the recurrent layer.
   *
   * @param value the number of cells, at least 1; the papers select 8, 64 or 128 for each dataset
   * @return this description
   * @throws IllegalArgumentException if the number is not positive
   */
  public Training cells(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("expected at least one cell, found " + value);
    }
    cells = value;
    return this;
  }

  /**
   * Sets the activation function of the recurrent layer's gates.
   *
   * @param value the activation; hard sigmoid, as in the original code, unless set
   * @return this description
   */
  public Training gates(GateActivation value) {
    gates = Objects.requireNonNull(value, "gates");
    return this;
  }

  /**
   * Sets the recipe: how the network is trained.
   *
   * @param value the recipe; {@link Recipe#standard}, or {@link Recipe#standardMultivariate} for
   *     multivariate series, unless set
   * @return this description
   */
  public Training recipe(Recipe value) {
    recipe = Objects.requireNonNull(value, "recipe");
    return this;
  }

  /**
   * Sets a model to start from, for fine-tuning. Kind, cells and gates become those of the model;
   * if the number of classes differs, the dense layer is initialised anew.
   *
   * @param value a model with weights; null for new weights
   * @return this description
   * @throws InvalidInputException if the model is a SavedModel, whose weights are part of its graph
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
   * Sets the listener that receives the progress.
   *
   * @param value the listener, which is called on the thread that trains
   * @return this description
   */
  public Training listener(TrainingListener value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /**
   * Sets the number of threads that the training computes on, for a program that runs several at a
   * time; see {@link TimeSeriesClassifier#of(Model, int)}. The weights depend on it in their last
   * digits.
   *
   * @param value the number, 1 to 1024; TensorFlow's own unless set, which is one per processor
   * @return this description
   * @throws IllegalArgumentException if the number is out of its range
   */
  public Training threads(int value) {
    threads = Threads.of(value);
    return this;
  }

  /**
   * Sets the precision of products, on which the weights and their accuracies depend.
   *
   * @param value the precision; what {@code LSTMFCN_PRECISION} in the environment says unless set,
   *     or else float32
   * @return this description
   * @throws InvalidInputException if it would only be slower on this processor
   */
  public Training precision(Precision value) {
    precision = Execution.usable(value, "precision");
    return this;
  }

  /**
   * Sets a condition that ends the training early.
   *
   * @param value the condition, which is evaluated after every epoch on the thread that trains
   * @return this description
   */
  public Training stopWhen(BooleanSupplier value) {
    stop = Objects.requireNonNull(value, "stop");
    return this;
  }

  /**
   * Trains the network. The same description gives the same weights bit for bit on one machine with
   * one number of threads, one precision and one way to convolve. A long training measures which
   * way and, unless {@link #threads} were given, which number is fastest; the settings {@code
   * LSTMFCN_CONVOLUTIONS} and {@code TF_NUM_INTRAOP_THREADS} of the environment fix them.
   *
   * @return the model with its scores
   * @throws InvalidInputException if datasets, model and recipe do not fit each other
   * @throws TrainingDivergedException if a loss or a weight is no longer finite
   */
  public Result run() {
    Precision products = precision == null ? Execution.askedPrecision() : precision;
    MemoryRun.Outcome outcome =
        new MemoryRun(kind, cells, gates, recipe, threads, products)
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
