package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.Ensemble;
import io.github.lstmfcn.model.graph.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Model}, or several as an ensemble, ready to classify series as they are in a file. Safe
 * under any number of threads; holds native memory until closed.
 *
 * <pre>{@code
 * try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(Path.of("runs/cbf"))) {
 *   String[] labels = classifier.predict(series);
 * }
 * }</pre>
 */
public final class TimeSeriesClassifier implements AutoCloseable {
  /** As the original evaluates; what attention across the batch sums over. */
  public static final int BATCH_SIZE = Batches.ORIGINAL_SIZE;

  private final List<Model> models;
  private final Predictor predictor;
  private final List<String> labels;

  private TimeSeriesClassifier(List<Model> models, Predictor predictor, List<String> labels) {
    this.models = models;
    this.predictor = predictor;
    this.labels = labels;
  }

  /** A network that takes series as they are in a file. */
  private record Prepared(Predictor network, Preparation preparation) implements Predictor {
    @Override
    public int length() {
      return network.length();
    }

    @Override
    public int classes() {
      return network.classes();
    }

    @Override
    public boolean dependsOnBatch() {
      return network.dependsOnBatch();
    }

    @Override
    public float[][] probabilities(float[][] series, int batchSize) {
      return network.probabilities(preparation.apply(series), batchSize);
    }

    @Override
    public void close() {
      network.close();
    }
  }

  /**
   * Loads a Keras weight file, the folder of a training or a SavedModel. Gates, preparation and
   * labels are what it says.
   *
   * @throws InvalidInputException if it is none of these, or damaged
   */
  public static TimeSeriesClassifier load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file, the folder of a training or a SavedModel.
   *
   * @throws InvalidInputException if it is none of these, or damaged, or the options do not fit it
   */
  public static TimeSeriesClassifier load(Path model, LoadOptions options) {
    return of(Model.load(model, options));
  }

  /** A model, ready to answer. */
  public static TimeSeriesClassifier of(Model model) {
    return of(List.of(model));
  }

  /**
   * Several models as one: the mean of their class probabilities, each on series that are prepared
   * as it was trained.
   *
   * @param models at least one
   * @throws InvalidInputException if their lengths, numbers of classes or labels differ; names one
   * @throws IllegalArgumentException if there is none
   */
  public static TimeSeriesClassifier of(List<Model> models) {
    List<String> labels = labels(models);
    List<Predictor> open = new ArrayList<>();
    try {
      models.forEach(model -> open.add(new Prepared(model.network().open(), model.feed())));
    } catch (RuntimeException unusable) {
      open.forEach(Predictor::close);
      throw unusable;
    }
    Predictor together = open.size() == 1 ? open.get(0) : new Ensemble(open);
    return new TimeSeriesClassifier(List.copyOf(models), together, labels);
  }

  /** The labels of those that have some, which must be the same. */
  private static List<String> labels(List<Model> models) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("expected at least one model, found none");
    }
    Model first = models.get(0);
    Model labelled = first;
    for (Model model : models) {
      ModelSpec spec = model.spec();
      if (spec.length() != first.spec().length() || spec.classes() != first.spec().classes()) {
        throw new InvalidInputException(
            model.source(),
            "",
            "length %d and %d classes, as %s has"
                .formatted(first.spec().length(), first.spec().classes(), first.source()),
            "length %d and %d classes".formatted(spec.length(), spec.classes()),
            "only models of one dataset can be averaged");
      }
      if (labelled.metadata().labels().isEmpty()) {
        labelled = model;
      } else if (!model.metadata().labels().isEmpty()
          && !model.labels().equals(labelled.labels())) {
        throw new InvalidInputException(
            model.source(),
            "labels",
            labelled.labels() + ", as " + labelled.source() + " has",
            model.labels() + "",
            "only models of one dataset can be averaged");
      }
    }
    return labelled.labels();
  }

  /**
   * The likeliest label of each series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
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
   * @throws InvalidInputException if a series has no value, is longer than the model and not to be
   *     cut, has an infinite value, or values so large that the network's arithmetic overflows
   * @throws IllegalStateException if it is closed
   */
  public float[][] predictProbabilities(float[][] series) {
    return predictProbabilities(series, batchSize());
  }

  /**
   * Class probabilities of each series.
   *
   * @param batchSize how many at once, in order, the last batch short; changes the result, but for
   *     rounding, only where {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the batch size is not positive
   * @throws IllegalStateException if it is closed
   */
  public float[][] predictProbabilities(float[][] series, int batchSize) {
    return predictor.probabilities(series, batchSize);
  }

  /**
   * Class probabilities of a dataset's series.
   *
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}; names the file
   * @throws IllegalArgumentException if the batch size is not positive
   * @throws IllegalStateException if it is closed
   */
  public float[][] predictProbabilities(Dataset data, int batchSize) {
    try {
      return predictProbabilities(data.series(), batchSize);
    } catch (InvalidInputException unfit) {
      throw unfit.in(data.source());
    }
  }

  /** What it consists of. */
  public List<Model> models() {
    return models;
  }

  /** Whether a prediction depends on the other series of its batch of {@link #BATCH_SIZE}. */
  public boolean dependsOnBatch() {
    return predictor.dependsOnBatch();
  }

  /**
   * How many series are run at once: as the original evaluates, or fewer long ones where the answer
   * is the same.
   */
  public int batchSize() {
    return predictor.batchSize();
  }

  /** Labels of the classes, in the order of the probabilities. */
  public List<String> labels() {
    return labels;
  }

  /** Steps of a series. */
  public int length() {
    return predictor.length();
  }

  /** Frees the native memory, after the predictions under way. */
  @Override
  public void close() {
    predictor.close();
  }
}
