package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.keras.KerasFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.Batches;
import io.github.lstmfcn.model.FoldedModel;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Predictor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An LSTM-FCN or ALSTM-FCN, loaded and ready. Safe under any number of threads; holds native memory
 * until closed.
 *
 * <pre>{@code
 * try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(Path.of("weights.h5"))) {
 *   String[] labels = classifier.predict(series);
 * }
 * }</pre>
 */
public final class TimeSeriesClassifier implements AutoCloseable {
  /** As the original evaluates; what {@link AttentionScope#ACROSS_BATCH} sums over. */
  public static final int BATCH_SIZE = Batches.ORIGINAL_SIZE;

  private final Predictor predictor;
  private final Preparation preparation;
  private final List<String> labels;
  private final ModelSpec spec;

  private TimeSeriesClassifier(
      Predictor predictor, Preparation preparation, List<String> labels, ModelSpec spec) {
    this.predictor = predictor;
    this.preparation = preparation;
    this.labels = labels;
    this.spec = spec;
  }

  /**
   * What a weight file leaves open.
   *
   * @param normalization of every series before the network
   * @param train the TRAIN set, for {@link Normalization#TRAIN} only; else null
   * @param labels of the classes in their order; empty for {@code 0}, {@code 1}, …, or a
   *     SavedModel's own
   * @param gates null for what the file says or implies
   * @param attention null for per series
   * @param truncate whether a series longer than the model is cut rather than refused
   */
  public record Options(
      Normalization normalization,
      Dataset train,
      List<String> labels,
      GateActivation gates,
      AttentionScope attention,
      boolean truncate) {

    /** Copies the labels. */
    public Options {
      Objects.requireNonNull(normalization, "normalization");
      labels = List.copyOf(labels);
    }

    /** The 2017 original's: no normalisation, everything else as the file says. */
    public static Options defaults() {
      return new Options(Normalization.NONE, null, List.of(), null, null, false);
    }

    /** The same with labels. */
    public Options withLabels(List<String> other) {
      return new Options(normalization, train, other, gates, attention, truncate);
    }

    /** The same with a normalisation that needs no TRAIN set. */
    public Options withNormalization(Normalization other) {
      return new Options(other, train, labels, gates, attention, truncate);
    }
  }

  /**
   * Loads a Keras weight file or a SavedModel with the default options.
   *
   * @throws InvalidInputException if it is neither, or damaged
   */
  public static TimeSeriesClassifier load(Path model) {
    return load(model, Options.defaults());
  }

  /**
   * Loads a Keras weight file or a SavedModel.
   *
   * @throws InvalidInputException if it is neither, or damaged, or the options do not fit it
   */
  public static TimeSeriesClassifier load(Path model, Options options) {
    return SavedModel.isAt(model) ? loadSavedModel(model, options) : loadWeights(model, options);
  }

  private static TimeSeriesClassifier loadWeights(Path file, Options options) {
    KerasFile keras = KerasWeights.read(file);
    var weights = keras.weights(options.gates(), options.attention());
    List<String> labels = labels(file, options.labels(), weights.spec().classes());
    Preparation preparation =
        Preparation.of(
            options.normalization(), weights.spec().length(), options.truncate(), options.train());
    return new TimeSeriesClassifier(new FoldedModel(weights), preparation, labels, weights.spec());
  }

  private static TimeSeriesClassifier loadSavedModel(Path folder, Options options) {
    if (options.normalization() != Normalization.NONE
        || options.gates() != null
        || options.attention() != null) {
      throw new InvalidInputException(
          folder,
          "options",
          "none of normalisation, gates and attention: a SavedModel has its own",
          "at least one",
          "export it again with them");
    }
    SavedModel model = SavedModel.load(folder);
    try {
      List<String> given = options.labels().isEmpty() ? model.labels() : options.labels();
      return new TimeSeriesClassifier(
          model,
          Preparation.of(Normalization.NONE, model.length(), options.truncate(), null),
          labels(folder, given, model.classes()),
          null);
    } catch (InvalidInputException doesNotFit) {
      model.close();
      throw doesNotFit;
    }
  }

  private static List<String> labels(Path model, List<String> given, int classes) {
    if (given.isEmpty()) {
      return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
    if (given.size() != classes) {
      throw new InvalidInputException(
          model,
          "labels",
          classes + ", one a class",
          given.size() + " " + given,
          "name them in the order of the classes");
    }
    return given;
  }

  /**
   * The likeliest label of each series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @throws InvalidInputException if a series is longer than the model and not to be cut, or has an
   *     infinite value
   * @throws IllegalStateException if it is closed
   */
  public String[] predict(float[][] series) {
    float[][] probabilities = predictProbabilities(series);
    String[] predicted = new String[series.length];
    for (int row = 0; row < predicted.length; row++) {
      predicted[row] = labels.get(Predictor.likeliest(probabilities[row]));
    }
    return predicted;
  }

  /**
   * Class probabilities of each series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException if a series is longer than the model and not to be cut, or has an
   *     infinite value
   * @throws IllegalStateException if it is closed
   */
  public float[][] predictProbabilities(float[][] series) {
    return predictor.probabilities(preparation.apply(series), predictor.batchSize());
  }

  /** Whether a prediction depends on the other series of its batch of {@link #BATCH_SIZE}. */
  public boolean dependsOnBatch() {
    return predictor.dependsOnBatch();
  }

  /** Labels of the classes, in the order of the probabilities. */
  public List<String> labels() {
    return labels;
  }

  /** Steps of a series. */
  public int length() {
    return predictor.length();
  }

  /** What the network is; empty for a SavedModel, which does not tell. */
  public Optional<ModelSpec> spec() {
    return Optional.ofNullable(spec);
  }

  /** Frees the native memory, after the predictions under way. */
  @Override
  public void close() {
    predictor.close();
  }
}
