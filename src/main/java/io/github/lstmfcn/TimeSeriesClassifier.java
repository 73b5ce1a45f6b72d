package io.github.lstmfcn;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.Ensemble;
import io.github.lstmfcn.model.graph.Predictor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A {@link Model}, or several as an ensemble, ready to classify series as they are in a file. Safe
 * under any number of threads; holds native memory until closed.
 *
 * <pre>{@code
 * try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(Path.of("runs/cbf"))) {
 *   for (Prediction prediction : classifier.predict(series)) {
 *     System.out.println(prediction.label() + " " + prediction.probability());
 *   }
 * }
 * }</pre>
 */
public final class TimeSeriesClassifier implements AutoCloseable {
  /** As the original evaluates; what attention across the batch sums over. */
  public static final int BATCH_SIZE = Batches.ORIGINAL_SIZE;

  private final List<Model> models;
  private final Predictor predictor;
  private final List<String> labels;

  /** Predictions share it, closing takes it alone. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

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
   * @param model the file or folder
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is none of these, or damaged
   */
  public static TimeSeriesClassifier load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file, the folder of a training or a SavedModel.
   *
   * @param model the file or folder
   * @param options what is to count instead of what the file says
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is none of these, or damaged, or the options do not fit it
   */
  public static TimeSeriesClassifier load(Path model, LoadOptions options) {
    return of(Model.load(model, options));
  }

  /**
   * Loads a Keras weight file from a stream, as of a resource or an object store. The stream is
   * read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is no such file, or damaged
   * @throws IOException if the stream cannot be read, or no temporary file be written
   */
  public static TimeSeriesClassifier load(InputStream file) throws IOException {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file from a stream, as of a resource or an object store. The stream is
   * read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what is to count instead of what the file says
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is no such file, or damaged, or the options do not fit it
   * @throws IOException if the stream cannot be read, or no temporary file be written
   */
  public static TimeSeriesClassifier load(InputStream file, LoadOptions options)
      throws IOException {
    return of(Model.load(file, options));
  }

  /**
   * Loads a Keras weight file from memory.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is no such file, or damaged
   * @throws IOException if no temporary file can be written
   */
  public static TimeSeriesClassifier load(byte[] file) throws IOException {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file from memory.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what is to count instead of what the file says
   * @return a classifier, for the caller to close
   * @throws InvalidInputException if it is no such file, or damaged, or the options do not fit it
   * @throws IOException if no temporary file can be written
   */
  public static TimeSeriesClassifier load(byte[] file, LoadOptions options) throws IOException {
    return load(new ByteArrayInputStream(file), options);
  }

  /**
   * Makes a model ready to answer.
   *
   * @param model to answer with
   * @return a classifier, for the caller to close
   */
  public static TimeSeriesClassifier of(Model model) {
    return of(List.of(model));
  }

  /**
   * Several models as one: the mean of their class probabilities, each on series that are prepared
   * as it was trained.
   *
   * @param models at least one
   * @return a classifier, for the caller to close
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
   * Classifies series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @return one prediction per series, in their order
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the series, or one of them, are null; says which
   * @throws IllegalStateException if the classifier is closed
   */
  public List<Prediction> predict(float[][] series) {
    List<Prediction> predictions = new ArrayList<>();
    for (float[] probabilities : predictProbabilities(series)) {
      predictions.add(new Prediction(labels, probabilities));
    }
    return Collections.unmodifiableList(predictions);
  }

  /**
   * Classifies one series.
   *
   * @param series float32 {@code [≤ length]}; NaN is missing, a shorter series is filled
   * @return the prediction
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the series is null
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction predictOne(float[] series) {
    return predict(new float[][] {series}).get(0);
  }

  /**
   * Classifies a stream of series, of any number, in the memory of one batch: {@link #batchSize}
   * series are read, then their predictions follow. Close the classifier after the stream is read;
   * what is read of it later throws.
   *
   * @param series float32 {@code [≤ length]} each; read in its order, by one thread
   * @return one prediction per series, in their order; closing it closes the series' stream. While
   *     it is read it throws as {@link #predict(float[][])}, the place of a series counted over the
   *     whole stream
   * @throws IllegalArgumentException if the stream is null
   */
  public Stream<Prediction> predictStream(Stream<float[]> series) {
    if (series == null) {
      throw new IllegalArgumentException("expected a stream of series, found null");
    }
    Iterator<Prediction> predictions = new BatchedPredictions(this, series.iterator());
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(predictions, ordered), false)
        .onClose(series::close);
  }

  /**
   * Class probabilities of series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException if a series has no value, is longer than the model and not to be
   *     cut, has an infinite value, or values so large that the network's arithmetic overflows;
   *     names the series, from 1
   * @throws IllegalArgumentException if the series, or one of them, are null; says which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][] series) {
    return predictProbabilities(series, batchSize());
  }

  /**
   * Class probabilities of series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is missing, a shorter series is filled
   * @param batchSize how many at once, in order, the last batch short; changes the result, but for
   *     rounding, only where {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the batch size is not positive, or the series, or one of
   *     them, are null; says which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][] series, int batchSize) {
    checkNotNull(series);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the classifier is closed");
      }
      return predictor.probabilities(series, batchSize);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static void checkNotNull(float[][] series) {
    if (series == null) {
      throw new IllegalArgumentException("expected series, found null");
    }
    for (int row = 0; row < series.length; row++) {
      if (series[row] == null) {
        throw new IllegalArgumentException("expected series, found null as series " + (row + 1));
      }
    }
  }

  /**
   * Class probabilities of a dataset's series.
   *
   * @param data whose series are to be classified; its labels do not matter
   * @param batchSize how many at once, in order, the last batch short; changes the result, but for
   *     rounding, only where {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}; names the file
   * @throws IllegalArgumentException if the batch size is not positive
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(Dataset data, int batchSize) {
    try {
      return predictProbabilities(data.series(), batchSize);
    } catch (InvalidInputException unfit) {
      throw unfit.in(data.source());
    }
  }

  /**
   * Scores a labelled dataset: how many labels are right, the confusion and what follows from it.
   *
   * @param data whose labels are those of the model; where the model knows none, they become
   *     classes as when it was trained
   * @return the scores
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}, or if a label is
   *     none of the model's, or their number differs; names the file
   * @throws IllegalStateException if the classifier is closed
   */
  public Evaluation evaluate(Dataset data) {
    Model first = models.get(0);
    List<String> known =
        models.stream()
            .map(model -> model.metadata().labels())
            .filter(names -> !names.isEmpty())
            .findFirst()
            .orElse(List.of());
    LabelEncoding encoding = first.labelEncoding();
    ScoredSplit split =
        encoding != LabelEncoding.SORTED || known.isEmpty()
            ? ScoredSplit.of(data, null, encoding)
            : new ScoredSplit(data, ClassLabels.sorted(known));
    split.expectClasses(first.spec().classes());
    return split.evaluation(predictProbabilities(data, batchSize()));
  }

  /**
   * Builds what a first prediction would build, so that none waits for it: loads TensorFlow's
   * library if need be, and runs a batch of one series and a full one.
   *
   * @throws IllegalStateException if the classifier is closed
   */
  public void warmUp() {
    for (int size : new int[] {1, batchSize()}) {
      predictProbabilities(new float[size][length()], size);
    }
  }

  /**
   * The model that answers: what it is, its labels, preparation and provenance.
   *
   * @return the only model
   * @throws IllegalStateException if it is an ensemble; see {@link #models}
   */
  public Model model() {
    if (models.size() > 1) {
      throw new IllegalStateException("an ensemble of " + models.size() + " models");
    }
    return models.get(0);
  }

  /**
   * What it consists of.
   *
   * @return one model, or those of the ensemble
   */
  public List<Model> models() {
    return models;
  }

  /**
   * Whether a prediction depends on the other series of its batch of {@link #BATCH_SIZE}.
   *
   * @return true for attention across the batch
   */
  public boolean dependsOnBatch() {
    return predictor.dependsOnBatch();
  }

  /**
   * How many series are run at once: as the original evaluates, or fewer long ones where the answer
   * is the same.
   *
   * @return at least 1
   */
  public int batchSize() {
    return predictor.batchSize();
  }

  /**
   * Labels of the classes, in the order of the probabilities.
   *
   * @return one per class
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Steps of a series.
   *
   * @return at least 1
   */
  public int length() {
    return predictor.length();
  }

  /** Waits for the predictions under way, then frees the native memory. Later ones throw. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      predictor.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
