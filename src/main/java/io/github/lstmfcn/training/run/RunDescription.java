package io.github.lstmfcn.training.run;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings and data of a run, from which it can be repeated; stored as {@code run.json} in its
 * folder.
 *
 * @param lstmfcn the version of the program
 * @param tensorflow the version of TensorFlow
 * @param java the version of Java
 * @param threads the number of TensorFlow's threads within an operation; the same number gives the
 *     same weights bit for bit
 * @param convolutions how convolutions are computed, on which the last digits of the weights depend
 *     too; null until the run begins
 * @param precision the precision of products
 * @param set the name of the dataset
 * @param train the file of TRAIN
 * @param test the file of TEST; null if there is none
 * @param kind the kind of network
 * @param cells the number of cells of the recurrent layer
 * @param gates the gate activation of the recurrent layer
 * @param initial the weight file to start from; null for Keras' initialisers
 * @param recipe the recipe
 * @param reading how the data files are read; null if their names and formats tell
 */
public record RunDescription(
    String lstmfcn,
    String tensorflow,
    String java,
    int threads,
    @OrNull Convolutions convolutions,
    Precision precision,
    String set,
    FileDigest train,
    @OrNull FileDigest test,
    ModelKind kind,
    int cells,
    GateActivation gates,
    @OrNull FileDigest initial,
    Recipe recipe,
    @OrNull DataReading reading) {
  private static final JsonFormat<RunDescription> FORMAT =
      new JsonFormat<>(
          RunDescription.class,
          1,
          "resume the run with the version that began it, or begin a new one");

  /** Checks that mandatory values are not null. */
  public RunDescription {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(recipe, "recipe");
    if (threads < 1) {
      throw new InvalidInputException(null, "threads", "1 or more", "" + threads, "");
    }
    if (cells < 1) {
      throw new InvalidInputException(null, "cells", "1 or more", "" + cells, "");
    }
  }

  /** The same run, computed on a number of threads within an operation in a given way. */
  RunDescription computedBy(int perOperation, Convolutions chosen) {
    return new RunDescription(
        lstmfcn,
        tensorflow,
        java,
        perOperation,
        chosen,
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

  /** The source of TRAIN. */
  public DataSource trainSource() {
    return how().source(train, Split.TRAIN);
  }

  /** The source of TEST, if there is one. */
  public Optional<DataSource> testSource() {
    return Optional.ofNullable(test).map(file -> how().source(file, Split.TEST));
  }

  private DataReading how() {
    return reading == null ? DataReading.STANDARD : reading;
  }

  /**
   * The weights to start from.
   *
   * @throws InvalidInputException if the file cannot be read or is of another network
   */
  Optional<KerasFile> initialFile() {
    return Optional.ofNullable(initial).map(file -> KerasWeights.read(file.file()));
  }

  /** The split on which the weights are selected, as text; {@code TEST} for the recipe of 2017. */
  public String chosenOn() {
    return recipe.chosenOn();
  }

  /** Notes for readers of the results, one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    files().ifPresent(notes::add);
    recipe.inputs().normalization().warning().ifPresent(notes::add);
    if (precision != Precision.FLOAT32) {
      notes.add("The network was trained with products of %s.".formatted(precision));
    }
    if (recipe.selection().saveBestOnly() && recipe.selectsOnTest()) {
      notes.add(
          "The weights were selected by their accuracy on TEST, as those of the published tables "
              + "were: the figure on TEST is no estimate of the accuracy on new data.");
    }
    if (kind.hasAttention() && recipe.layers().attentionScope() == AttentionScope.ACROSS_BATCH) {
      notes.add(
          "The attention sums across the batch: a prediction depends on the other series in "
              + "its batch.");
    }
    return notes;
  }

  /**
   * Which files the run is trained and scored on, where the name of the dataset or those of the
   * files leave it open.
   */
  private Optional<String> files() {
    boolean exchanged =
        UcrCatalog.published().find(set).filter(UcrDataset::swappedIn2015).isPresent();
    if (test == null || test.equals(train) || !(exchanged || isOtherwiseNamed())) {
      return Optional.empty();
    }
    String files = "trained on %s, scored on %s.".formatted(trainFile(), testFile());
    return Optional.of(
        exchanged
            ? "TRAIN and TEST of %s are exchanged between the archives of 2015 and 2018: %s"
                .formatted(set, files)
            : files.replaceFirst("^t", "T"));
  }

  /** Whether TRAIN is a file that is named TEST. */
  public boolean isOtherwiseNamed() {
    return DatasetFile.splitOf(train.file()).equals(Optional.of(Split.TEST));
  }

  /** The name of the file of TRAIN. */
  public String trainFile() {
    return train.file().getFileName().toString();
  }

  /** The name of the file of TEST; empty if there is none. */
  public String testFile() {
    return test == null ? "" : test.file().getFileName().toString();
  }

  /** The settings by name, for people. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("file of TRAIN", train.path());
    facts.put("file of TEST", test == null ? "" : test.path());
    facts.put("initial weights", initial == null ? "Keras' initialisers" : initial.path());
    if (reading != null) {
      facts.put(
          "data read with",
          reading.layout() + (reading.split() == null ? "" : ", " + reading.split()));
    }
    recipeSettings().forEach((name, value) -> facts.put(name, String.valueOf(value)));
    return facts;
  }

  /**
   * The differences from the description of another run, except for versions, as {@code epochs 3
   * instead of 2}.
   */
  List<String> differences(RunDescription asked) {
    Map<String, Object> own = settings();
    List<String> differences = new ArrayList<>();
    asked
        .settings()
        .forEach(
            (name, value) -> {
              if (!Objects.equals(value, own.get(name))) {
                differences.add("%s %s instead of %s".formatted(name, own.get(name), value));
              }
            });
    return differences;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = Json.fields(this);
    settings
        .keySet()
        .removeAll(List.of("lstmfcn", "tensorflow", "java", "threads", "convolutions", "recipe"));
    settings.putAll(recipeSettings());
    return settings;
  }

  /** The values of the recipe by name, without their groups. */
  private Map<String, Object> recipeSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    Json.fields(recipe)
        .forEach(
            (name, value) -> {
              if (value instanceof Map<?, ?> group) {
                group.forEach((inner, of) -> settings.put(inner.toString(), of));
              } else {
                settings.put(name, value);
              }
            });
    return settings;
  }

  /**
   * Reads a {@code run.json}.
   *
   * @throws InvalidInputException if the file cannot be read or is invalid or of another format;
   *     the message names the field
   */
  static RunDescription read(Path file) {
    return FORMAT.read(file);
  }

  void write(Path file) {
    FORMAT.write(file, this);
  }

  /**
   * The number of threads that an operation of TensorFlow usually takes in a training of this
   * process.
   *
   * @see TrainingSession
   */
  public static int availableThreads() {
    return Execution.usualThreads(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Checks that the files of the run are unchanged.
   *
   * @throws InvalidInputException if a file is missing or has changed
   */
  void checkFiles() {
    for (FileDigest file :
        new FileDigest[] {train, test, initial, how().trainLabels(), how().testLabels()}) {
      if (file != null) {
        file.check("begin a new run");
      }
    }
  }
}
