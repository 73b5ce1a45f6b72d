package io.github.lstmfcn.training.run;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
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
 * What a run trains, on what and how: enough to repeat it. {@code run.json} of its folder.
 *
 * @param lstmfcn the program's version
 * @param tensorflow its version
 * @param java its version
 * @param threads that TensorFlow computes with: the same number gives the same weights bit for bit
 * @param set the data set's name
 * @param train the file of TRAIN
 * @param test the file of TEST; null if there is none
 * @param kind of the network
 * @param cells of its recurrent layer
 * @param gates of its recurrent layer
 * @param initial the weight file to start from; null for Keras' initialisers
 * @param recipe how
 * @param reading how the files of data are read; null if they say it themselves
 */
public record RunDescription(
    String lstmfcn,
    String tensorflow,
    String java,
    int threads,
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

  /** Refuses null where a value must be. */
  public RunDescription {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(gates, "gates");
    Objects.requireNonNull(recipe, "recipe");
    if (cells < 1) {
      throw new InvalidInputException(null, "cells", "1 or more", "" + cells, "");
    }
  }

  /** TRAIN, as the run reads it. */
  public DataSource trainSource() {
    return how().source(train, Split.TRAIN);
  }

  /** TEST, as the run reads it, if there is one. */
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

  /** On what the kept weights were chosen, in words; {@code TEST} under the recipe of 2017. */
  public String chosenOn() {
    return recipe.chosenOn();
  }

  /** What a reader of the results must know, one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (recipe.selection().saveBestOnly() && recipe.selectsOnTest()) {
      notes.add(
          "The kept weights were chosen by their accuracy on TEST, as in Table 1 of the 2017 paper:"
              + " the figure on TEST is no estimate of accuracy on new data.");
    }
    if (kind == ModelKind.ALSTM_FCN
        && recipe.layers().attentionScope() == AttentionScope.ACROSS_BATCH) {
      notes.add(
          "The attention sums across the batch: an answer depends on the series that share its"
              + " batch.");
    }
    if (threads != availableThreads()) {
      notes.add(
          "The run began with %d threads and goes on with %d, so its weights are not those of a run"
                  .formatted(threads, availableThreads())
              + " that was not cut, bit for bit; TF_NUM_INTRAOP_THREADS sets the number.");
    }
    return notes;
  }

  /** Settings by name, for people. */
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
   * In what this differs from a run that was asked for, the versions apart, in words: {@code epochs
   * 3 instead of 2}.
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
    settings.keySet().removeAll(List.of("lstmfcn", "tensorflow", "java", "threads", "recipe"));
    settings.putAll(recipeSettings());
    return settings;
  }

  /** The recipe's values by name, without the groups that they are in. */
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
   * @throws InvalidInputException if it cannot be read, is none or is of another format; names the
   *     field
   */
  static RunDescription read(Path file) {
    return FORMAT.read(file);
  }

  void write(Path file) {
    FORMAT.write(file, this);
  }

  /**
   * Threads that TensorFlow computes with in this process.
   *
   * @see TrainingSession
   */
  public static int availableThreads() {
    String set = System.getenv("TF_NUM_INTRAOP_THREADS");
    boolean number = set != null && set.matches("[1-9]\\d{0,5}");
    return number ? Integer.parseInt(set) : Runtime.getRuntime().availableProcessors();
  }

  /**
   * Makes sure that every file is what it was.
   *
   * @throws InvalidInputException if one is missing or has changed
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
