package io.github.lstmfcn.training.run;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.loop.ExecutionChoice;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.StateSaver;
import io.github.lstmfcn.training.loop.Trainer;
import io.github.lstmfcn.training.loop.TrainingState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * A training run in a folder: {@code run.json} describes the run, checkpoints contain its state,
 * {@code history.csv} has one line per epoch, {@code weights-best.h5} and {@code weights-last.h5}
 * are for Keras, {@code metrics.json}, {@code training.html} and {@code training.png} are the
 * results. A killed process loses at most the current epoch: every epoch that a listener has
 * received is saved.
 */
public final class TrainingRun implements AutoCloseable {
  /** The interval at which the files for people are updated. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final RunFolder folder;
  private RunDescription description;
  private final RunData data;
  private final Clock clock;
  private final RunObserver observer;
  private final Threads threads;

  /** How it is computed; null until that is chosen. */
  private Execution execution;

  private Instant updated;

  /** The initial weights; null if there is a checkpoint. */
  private final ModelWeights initial;

  private Progress progress;

  private TrainingRun(
      RunFolder folder,
      RunDescription description,
      RunData data,
      Progress progress,
      ModelWeights initial,
      Clock clock,
      RunObserver observer,
      Threads threads) {
    this.folder = folder;
    this.description = description;
    this.data = data;
    this.initial = initial;
    this.clock = clock;
    this.observer = observer;
    this.threads = threads;
    execution =
        description.convolutions() == null
            ? null
            : Execution.ofTraining(
                threads,
                description.threads(),
                description.convolutions(),
                Execution.usable(description.precision(), "precision"));
    updated = clock.instant();
    this.progress = progress;
    HistoryFile.write(folder.history(), progress.history());
  }

  /**
   * Begins a run.
   *
   * @param path the folder of the run, created if needed
   * @param description the description of the run
   * @param clock the clock for the interval at which the files for people are updated
   * @param observer notified when the files were updated
   * @throws InvalidInputException if the folder has a run or is locked, or data, initial weights
   *     and recipe do not fit each other; the folder is then not created
   */
  public static TrainingRun begin(
      Path path, RunDescription description, Clock clock, RunObserver observer) {
    RunData data = RunData.of(description);
    ModelWeights initial = data.initialWeights(description);
    RunFolder folder = RunFolder.create(path);
    try {
      description.write(folder.description());
      return new TrainingRun(
          folder,
          description,
          data,
          Progress.start(description.recipe()),
          initial,
          clock,
          observer,
          Threads.DEFAULT);
    } catch (RuntimeException unwritable) {
      folder.close();
      throw unwritable;
    }
  }

  /**
   * Checks that a folder is free for a run, or contains this very run.
   *
   * @throws InvalidInputException if the folder contains another run that has begun; the message
   *     names the differences
   */
  public static void check(Path path, RunDescription description) {
    List<String> differences = differences(path, description);
    if (!differences.isEmpty() && epochs(path) > 0) {
      throw new InvalidInputException(
          path,
          "",
          "a folder without a run, or with the same run",
          "one with " + String.join(", ", differences),
          "name another folder");
    }
  }

  private static List<String> differences(Path path, RunDescription description) {
    return describe(path).map(found -> found.differences(description)).orElse(List.of());
  }

  /**
   * Writes the description of a run to its folder, for {@link #resume} by another process. A run
   * that has begun is not changed.
   *
   * @param path the folder of the run, created if needed
   * @param description the description of the run
   * @throws InvalidInputException if {@link #check} fails, or the folder must be written but is
   *     locked
   */
  public static void prepare(Path path, RunDescription description) {
    check(path, description);
    boolean isNew = describe(path).isEmpty();
    if (isNew || !differences(path, description).isEmpty()) {
      try (RunFolder folder = isNew ? RunFolder.create(path) : RunFolder.open(path)) {
        description.write(folder.description());
      }
    }
  }

  /** Whether a folder is that of a run. */
  public static boolean isAt(Path path) {
    return Files.isRegularFile(path.resolve(RunFolder.DESCRIPTION));
  }

  /**
   * Whether the run in a folder goes on in another process.
   *
   * @throws InvalidInputException if the folder's lock cannot be read
   */
  public static boolean isInUse(Path path) {
    return RunFolder.isInUse(path);
  }

  /** The file with the weights of a model: the selected ones of a run's folder, or the file. */
  public static Path weightsFile(Path model) {
    return isAt(model) ? selectedWeights(model) : model;
  }

  /** The file with the selected weights in the folder of a run. */
  public static Path selectedWeights(Path path) {
    return path.resolve(RunFolder.BEST_WEIGHTS);
  }

  /**
   * The description of the run in a folder; empty if there is none.
   *
   * @throws InvalidInputException if the file is damaged
   */
  public static Optional<RunDescription> describe(Path path) {
    return isAt(path)
        ? Optional.of(RunDescription.read(path.resolve(RunFolder.DESCRIPTION)))
        : Optional.empty();
  }

  /**
   * The metrics of the run in a folder; empty if there is none or it is not finished.
   *
   * @throws InvalidInputException if the file is damaged
   */
  public static Optional<RunMetrics> finished(Path path) {
    Path file = path.resolve(RunFolder.METRICS);
    return Files.exists(file)
        ? Optional.of(RunMetrics.FORMAT.read(file)).filter(RunMetrics::finished)
        : Optional.empty();
  }

  /**
   * The number of completed epochs of the run in a folder; 0 if there is none.
   *
   * @throws InvalidInputException if the checkpoint is damaged
   */
  public static int epochs(Path path) {
    return new Checkpoints(path).newest().map(state -> state.progress().epoch()).orElse(0);
  }

  /** Notes for readers of the results, one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(description.notes());
    if (description.threads() != threads()) {
      notes.add(
          "The run began with %s threads and continues with %s, so its weights are not bit for bit"
                  .formatted(description.threads(), threads())
              + " those of an uninterrupted run; set the number with TF_NUM_INTRAOP_THREADS.");
    }
    data.truncation().ifPresent(notes::add);
    return notes;
  }

  /** The number of threads that an operation takes. */
  private int threads() {
    Threads taken = execution == null ? threads : execution.threads();
    return taken.perOperation() == 0 ? RunDescription.availableThreads() : taken.perOperation();
  }

  /**
   * Resumes a run.
   *
   * @param path the folder of the run
   * @param clock the clock for the interval at which the files for people are updated
   * @param observer notified when the files were updated
   * @throws InvalidInputException if the folder has no run or is locked, one of its files is
   *     damaged or of another format, or a data file of the run has changed; the folder is then
   *     unchanged
   */
  public static TrainingRun resume(Path path, Clock clock, RunObserver observer) {
    return resume(path, clock, observer, Threads.DEFAULT);
  }

  /**
   * Resumes a run to compute on a number of threads.
   *
   * @param path as in {@link #resume(Path, Clock, RunObserver)}
   * @param clock as in {@link #resume(Path, Clock, RunObserver)}
   * @param observer as in {@link #resume(Path, Clock, RunObserver)}
   * @param threads the threads
   * @throws InvalidInputException as {@link #resume(Path, Clock, RunObserver)}
   */
  public static TrainingRun resume(Path path, Clock clock, RunObserver observer, Threads threads) {
    describe(path); // before anything is written, the lock included
    RunFolder folder = RunFolder.open(path);
    try {
      RunDescription description = RunDescription.read(folder.description());
      description.checkFiles();
      RunData data = RunData.of(description);
      Optional<TrainingState> before = folder.checkpoints().secure();
      if (before.isEmpty() && Files.exists(folder.metrics())) {
        throw new InvalidInputException(
            path,
            "",
            "a checkpoint beside metrics.json, to go on from",
            "none",
            "restore it, or begin a new run in another folder");
      }
      before.ifPresent(state -> checkNetwork(folder, data.spec(description), state));
      ModelWeights initial = before.isPresent() ? null : data.initialWeights(description);
      Progress progress =
          before.map(TrainingState::progress).orElseGet(() -> Progress.start(description.recipe()));
      return new TrainingRun(
          folder, description, data, progress, initial, clock, observer, threads);
    } catch (RuntimeException unfit) {
      folder.close();
      throw unfit;
    }
  }

  private static void checkNetwork(RunFolder folder, ModelSpec described, TrainingState state) {
    ModelSpec trained = state.weights().spec();
    if (!trained.equals(described)) {
      throw new InvalidInputException(
          folder.description(),
          "",
          "the network of the checkpoint, " + trained,
          described.toString(),
          "begin a new run");
    }
  }

  /** The description of the run. */
  public RunDescription description() {
    return description;
  }

  /** The number of completed epochs. */
  public int epoch() {
    return progress.epoch();
  }

  /**
   * Chooses how the run is computed, and describes it so. A run that goes on keeps what was chosen.
   */
  private void chooseExecution() {
    if (execution == null) {
      ExecutionChoice choice =
          new ExecutionChoice(
              secure().weights().spec(), description.recipe(), data.data(), Measurements.ofUser());
      execution = choice.fastest(threads, description.precision());
      description = description.computedBy(threads(), execution.convolutions());
      description.write(folder.description());
    }
  }

  /**
   * Trains until the recipe or the caller ends the run, then writes weights, metrics and pictures.
   * TEST is scored only if the recipe ended the run.
   *
   * @param listener receives an epoch once it is saved, which is after the first batch of the next
   *     epoch
   * @param stop asked after every epoch whether to stop
   * @return the metrics, as in {@code metrics.json}
   * @throws TrainingDivergedException if a loss or a weight is no longer finite; the last good
   *     weights are written
   */
  public RunMetrics run(TrainingListener listener, BooleanSupplier stop) {
    chooseExecution();
    EpochSaver saver = new EpochSaver(listener);
    Trainer trainer = new Trainer(description.recipe(), data.data(), saver, saver, stop, execution);
    Trainer.Ending ending;
    try (saver) {
      Optional<TrainingState> before = folder.checkpoints().newest();
      ending = before.isPresent() ? trainer.resume(before.get()) : trainer.train(initial);
    } catch (TrainingDivergedException diverged) {
      TrainingState lastGood = secure();
      writeWeights(lastGood);
      if (epoch() > 0) {
        observer.saved(folder, description, lastGood, List.of(diverged.getMessage()), null);
      }
      throw diverged;
    }
    TrainingState state = secure();
    writeWeights(state);
    RunMetrics metrics = new RunOutcome(description, data, state).metrics(trainer, ending);
    List<String> notes = notes();
    notes.addAll(metrics.warnings());
    observer.saved(folder, description, state, notes, metrics);
    RunMetrics.FORMAT.write(folder.metrics(), metrics); // last: a run with it has all other files
    return metrics;
  }

  /**
   * The newest state, secured against a crash of the machine; before the first epoch there is no
   * file.
   */
  private TrainingState secure() {
    return folder
        .checkpoints()
        .secure()
        .orElseGet(
            () ->
                new TrainingState(
                    initial, Optional.empty(), new OptimizerState(0, Map.of()), progress));
  }

  /**
   * Saves every epoch before the listener receives it. Files are written while TensorFlow computes
   * the first batch of the next epoch, which does not use all processors all the time.
   */
  private final class EpochSaver implements StateSaver, TrainingListener, AutoCloseable {
    private final TrainingListener listener;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private Optional<CompletableFuture<Progress>> pendingEpoch = Optional.empty();

    EpochSaver(TrainingListener listener) {
      this.listener = listener;
    }

    @Override
    public void save(Snapshot arrays, Progress now) {
      pendingEpoch = Optional.of(CompletableFuture.supplyAsync(() -> saved(arrays, now), writer));
    }

    private Progress saved(Snapshot arrays, Progress now) {
      try (arrays) {
        arrays.check(now.history().last());
        folder.checkpoints().save(arrays, now);
      }
      HistoryFile.append(folder.history(), now.history().last());
      if (Duration.between(updated, clock.instant()).compareTo(INTERVAL) >= 0) {
        TrainingState state = secure();
        writeWeights(state);
        observer.saved(folder, description, state, notes(), null);
        updated = clock.instant();
      }
      return now;
    }

    @Override
    public void batchDone(int epoch, int batch, int batches, Score soFar) {
      announce();
      listener.batchDone(epoch, batch, batches, soFar);
    }

    /** Waits until the last epoch is saved, and passes it to the listener. */
    private void announce() {
      Optional<CompletableFuture<Progress>> last = pendingEpoch;
      pendingEpoch = Optional.empty();
      try {
        progress = last.map(CompletableFuture::join).orElse(progress);
      } catch (CompletionException failure) {
        throw failure.getCause() instanceof RuntimeException known ? known : failure;
      }
      if (last.isPresent()) {
        listener.epochDone(progress.history().last());
      }
    }

    @Override
    public void close() {
      try {
        announce();
      } finally {
        writer.shutdown();
      }
    }
  }

  private void writeWeights(TrainingState now) {
    Recipe recipe = description.recipe();
    ModelWeights last = now.weights();
    ModelWeights selected = now.selected(recipe);
    KerasWeights.write(
        last,
        metadata(last, now.progress().epoch(), "nothing: the last epoch's"),
        folder.lastWeights());
    KerasWeights.write(
        selected,
        metadata(selected, now.selectedEpoch(recipe), description.chosenOn()),
        folder.bestWeights());
  }

  /** The metadata that is stored with the weights. */
  private ModelMetadata metadata(ModelWeights weights, int epoch, String chosenOn) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("lstmfcn", description.lstmfcn());
    provenance.put("tensorflow", description.tensorflow());
    provenance.put("dataset", description.set());
    provenance.put(ModelMetadata.TRAIN_SHA256, description.train().sha256());
    if (description.reading() != null && description.reading().split() != null) {
      provenance.put(ModelMetadata.TEST_SHARE, description.reading().split().toString());
    }
    provenance.put("seed", Long.toString(description.recipe().seed()));
    provenance.put("epoch", Integer.toString(epoch));
    provenance.put(ModelMetadata.CHOSEN_ON, chosenOn);
    return new ModelMetadata(
        weights.spec(),
        data.preparation(),
        data.labels().encoding(),
        data.labels().names(),
        provenance);
  }

  @Override
  public void close() {
    folder.close();
  }
}
