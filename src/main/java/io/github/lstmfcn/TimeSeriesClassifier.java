package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.Ensemble;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.Threads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
  /**
   * The batch size with which the original code evaluates, and over which attention across the
   * batch sums.
   */
  public static final int BATCH_SIZE = Batches.ORIGINAL_SIZE;

  private final List<Model> models;

  /** The network of each model, in their order. */
  private final List<Predictor> networks;

  /** The networks as one, which closes them. */
  private final Predictor predictor;

  private final List<String> labels;

  /** Predictions hold the read lock, {@link #close} the write lock. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private TimeSeriesClassifier(List<Model> models, List<Predictor> networks, List<String> labels) {
    this.models = List.copyOf(models);
    this.networks = List.copyOf(networks);
    predictor = networks.size() == 1 ? networks.get(0) : new Ensemble(networks);
    this.labels = labels;
  }

  /**
   * Loads a Keras weight file, the folder of a training run or a SavedModel. Gates, preparation and
   * labels are taken from the file.
   *
   * @param model the file or folder
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the path is none of these, or damaged
   */
  public static TimeSeriesClassifier load(Path model) {
    return load(model, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file, the folder of a training run or a SavedModel.
   *
   * @param model the file or folder
   * @param options what overrides the file
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the path is none of these, is damaged, or does not fit the
   *     options
   */
  public static TimeSeriesClassifier load(Path model, LoadOptions options) {
    return of(Model.load(model, options));
  }

  /**
   * Loads a Keras weight file from a stream, such as a class path resource or an object in a store.
   * The stream is read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the bytes are no such file, or damaged
   * @throws IOException if the stream cannot be read or a temporary file cannot be written
   */
  public static TimeSeriesClassifier load(InputStream file) throws IOException {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file from a stream, such as a class path resource or an object in a store.
   * The stream is read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what overrides the file
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the bytes are no such file, are damaged, or do not fit the
   *     options
   * @throws IOException if the stream cannot be read or a temporary file cannot be written
   */
  public static TimeSeriesClassifier load(InputStream file, LoadOptions options)
      throws IOException {
    return of(Model.load(file, options));
  }

  /**
   * Loads a Keras weight file from memory.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the bytes are no such file, or damaged
   * @throws IOException if a temporary file cannot be written
   */
  public static TimeSeriesClassifier load(byte[] file) throws IOException {
    return load(file, LoadOptions.defaults());
  }

  /**
   * Loads a Keras weight file from memory.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what overrides the file
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the bytes are no such file, are damaged, or do not fit the
   *     options
   * @throws IOException if a temporary file cannot be written
   */
  public static TimeSeriesClassifier load(byte[] file, LoadOptions options) throws IOException {
    return load(new ByteArrayInputStream(file), options);
  }

  /**
   * Makes a model ready to predict.
   *
   * @param model the model
   * @return a classifier, which the caller closes
   */
  public static TimeSeriesClassifier of(Model model) {
    return of(List.of(model));
  }

  /**
   * Combines several models into an ensemble: the mean of their class probabilities, with each
   * model's input prepared as in its own training.
   *
   * @param models at least one model
   * @return a classifier, which the caller closes
   * @throws InvalidInputException if the numbers of variables, lengths, numbers of classes or
   *     labels of the models differ; the message names one of them
   * @throws IllegalArgumentException if there is no model
   */
  public static TimeSeriesClassifier of(List<Model> models) {
    return of(models, Threads.DEFAULT, Execution.askedPrecision());
  }

  /**
   * Combines several models as {@link #of(List)} does, with products of a given precision.
   *
   * @param models at least one model
   * @param precision the precision; with {@link Precision#BFLOAT16} a batch takes a fraction of the
   *     time on a processor that has such products, and probabilities differ in their third or
   *     fourth digit
   * @return a classifier, which the caller closes
   * @throws InvalidInputException as {@link #of(List)}, or if the precision would only be slower on
   *     this processor, or a model is a graph that is run as it is stored
   * @throws IllegalArgumentException if there is no model
   */
  public static TimeSeriesClassifier of(List<Model> models, Precision precision) {
    return of(models, Threads.DEFAULT, Execution.usable(precision, "precision"));
  }

  /**
   * Makes a model ready to predict on a given number of threads, for a program that runs several
   * predictions at a time and wants each to keep to its share of the processors.
   *
   * <p>TensorFlow has one pool of threads per process, whose size is that of the first classifier
   * or training in the process. With 1, each prediction is computed by the thread that asks for it.
   *
   * @param model the model
   * @param threads the number of threads, 1 to 1024
   * @return a classifier, which the caller closes
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  public static TimeSeriesClassifier of(Model model, int threads) {
    return of(model, threads, Execution.askedPrecision());
  }

  /**
   * Makes a model ready as {@link #of(Model, int)} does, with products of a given precision.
   *
   * @param model the model
   * @param threads the number of threads, 1 to 1024
   * @param precision as in {@link #of(List, Precision)}
   * @return a classifier, which the caller closes
   * @throws InvalidInputException as {@link #of(List, Precision)}
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  public static TimeSeriesClassifier of(Model model, int threads, Precision precision) {
    return of(List.of(model), Threads.of(threads), Execution.usable(precision, "precision"));
  }

  private static TimeSeriesClassifier of(List<Model> models, Threads threads, Precision precision) {
    List<String> labels = labels(models);
    List<Predictor> open = new ArrayList<>();
    try {
      models.forEach(model -> open.add(model.network().open(threads, precision)));
    } catch (RuntimeException unusable) {
      open.forEach(Predictor::close);
      throw unusable;
    }
    return new TimeSeriesClassifier(models, open, labels);
  }

  /** The labels of the models that have any; these must be equal. */
  private static List<String> labels(List<Model> models) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("expected at least one model, found none");
    }
    Model first = models.get(0);
    Model labelled = first;
    for (Model model : models) {
      ModelSpec spec = model.spec();
      if (!sizes(spec).equals(sizes(first.spec()))) {
        throw new InvalidInputException(
            model.source(),
            "",
            "%s, as %s has".formatted(sizes(first.spec()), first.source()),
            sizes(spec),
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

  private static String sizes(ModelSpec spec) {
    return Ensemble.sizes(spec.variables(), spec.length(), spec.classes());
  }

  /**
   * Measures on this machine how long each way to compute a batch takes, and keeps the times in the
   * user's cache: classifiers that are opened later, in a process with the same settings of
   * TensorFlow's threads, take the fastest for networks of the same sizes. Times of a batch count
   * for those of more than half as many series as well, to the next power of two. A service calls
   * it for the sizes that it asks for, before it opens the classifier that answers.
   *
   * @param batchSize the number of series at once
   * @return for each model the least milliseconds of each way, by its name; nothing for models that
   *     can be computed in one way only
   * @throws InvalidInputException if the times cannot be kept
   * @throws IllegalArgumentException if the batch size is not positive, or has more than 4,194,304
   *     steps over all of its series
   * @throws IllegalStateException if the classifier is closed
   */
  public List<Map<String, Double>> measure(int batchSize) {
    return networks.stream()
        .flatMap(network -> network.measure(batchSize).stream())
        .map(Measurement::milliseconds)
        .toList();
  }

  /**
   * Classifies series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is a missing value, a shorter series is padded
   * @return one prediction per series, in their order
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the array or one of the series is null; the message says
   *     which
   * @throws IllegalStateException if the classifier is closed
   */
  public List<Prediction> predict(float[][] series) {
    return predict(ofOneVariable(series));
  }

  /**
   * Classifies multivariate series.
   *
   * @param series float32 {@code [N][variables][≤ length]}; NaN is a missing value, a shorter
   *     series is padded
   * @return one prediction per series, in their order
   * @throws InvalidInputException as {@link #predictProbabilities(float[][][], int)}
   * @throws IllegalArgumentException if the array, one of the series or of their variables is null;
   *     the message says which
   * @throws IllegalStateException if the classifier is closed
   */
  public List<Prediction> predict(float[][][] series) {
    List<Prediction> predictions = new ArrayList<>();
    for (float[] probabilities : predictProbabilities(series)) {
      predictions.add(new Prediction(labels, probabilities));
    }
    return Collections.unmodifiableList(predictions);
  }

  /**
   * Classifies one series.
   *
   * @param series float32 {@code [≤ length]}; NaN is a missing value, a shorter series is padded
   * @return the prediction
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the series is null
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction predictOne(float[] series) {
    return predict(new float[][] {series}).get(0);
  }

  /**
   * Classifies one multivariate series.
   *
   * @param series float32 {@code [variables][≤ length]}; NaN is a missing value, a shorter series
   *     is padded
   * @return the prediction
   * @throws InvalidInputException as {@link #predictProbabilities(float[][][], int)}
   * @throws IllegalArgumentException if the series or one of its variables is null
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction predictOne(float[][] series) {
    return predict(new float[][][] {series}).get(0);
  }

  /**
   * Classifies a stream of any number of series in the memory of one batch: {@link #batchSize}
   * series are read, then their predictions follow. Close the classifier only after the stream has
   * been consumed; the stream throws an exception if it is read later.
   *
   * @param series float32 {@code [≤ length]} each; read in order, by one thread
   * @return one prediction per series, in their order; closing this stream closes the stream of
   *     series. While it is read it throws what {@link #predict(float[][])} throws, with series
   *     counted over the whole stream
   * @throws IllegalArgumentException if the stream is null
   */
  public Stream<Prediction> predictStream(Stream<float[]> series) {
    return predictMultivariateStream(
        series == null ? null : series.map(steps -> steps == null ? null : new float[][] {steps}));
  }

  /**
   * Classifies a stream of any number of multivariate series in the memory of one batch, as {@link
   * #predictStream} does univariate ones.
   *
   * @param series float32 {@code [variables][≤ length]} each; read in order, by one thread
   * @return one prediction per series, in their order; closing this stream closes the stream of
   *     series. While it is read it throws what {@link #predict(float[][][])} throws, with series
   *     counted over the whole stream
   * @throws IllegalArgumentException if the stream is null
   */
  public Stream<Prediction> predictMultivariateStream(Stream<float[][]> series) {
    if (series == null) {
      throw new IllegalArgumentException("expected a stream of series, found null");
    }
    Iterator<Prediction> predictions = new BatchedPredictions(this, series.iterator());
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(predictions, ordered), false)
        .onClose(series::close);
  }

  /**
   * Computes the class probabilities of series.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is a missing value, a shorter series is padded
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException if a series has no value, is longer than the model's input and is
   *     not to be truncated, has an infinite value, or has values so large that the network's
   *     arithmetic overflows; the message names the series, counted from 1
   * @throws IllegalArgumentException if the array or one of the series is null; the message says
   *     which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][] series) {
    return predictProbabilities(series, batchSize());
  }

  /**
   * Computes the class probabilities of series with a given batch size.
   *
   * @param series float32 {@code [N][≤ length]}; NaN is a missing value, a shorter series is padded
   * @param batchSize the number of series that are run at once, in order; the last batch may be
   *     smaller. It changes the result by more than rounding only if {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}
   * @throws IllegalArgumentException if the batch size is not positive, or the array or one of the
   *     series is null; the message says which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][] series, int batchSize) {
    return predictProbabilities(ofOneVariable(series), batchSize);
  }

  /**
   * Computes the class probabilities of multivariate series.
   *
   * @param series float32 {@code [N][variables][≤ length]}; NaN is a missing value, a shorter
   *     series is padded
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][][], int)}
   * @throws IllegalArgumentException if the array, one of the series or of their variables is null;
   *     the message says which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][][] series) {
    return predictProbabilities(series, batchSize());
  }

  /**
   * Computes the class probabilities of multivariate series with a given batch size.
   *
   * @param series float32 {@code [N][variables][≤ length]}; NaN is a missing value, a shorter
   *     series is padded
   * @param batchSize the number of series that are run at once, in order; the last batch may be
   *     smaller. It changes the result by more than rounding only if {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException if a series has another number of variables than the model, its
   *     variables differ in length, one of them has no value, or as {@link
   *     #predictProbabilities(float[][])}; the message names the series, counted from 1
   * @throws IllegalArgumentException if the batch size is not positive, or the array, one of the
   *     series or of their variables is null; the message says which
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(float[][][] series, int batchSize) {
    checkNotNull(series);
    return open(
        () ->
            Ensemble.mean(
                IntStream.range(0, networks.size())
                    .mapToObj(
                        i -> networks.get(i).probabilities(models.get(i).feed(series), batchSize))
                    .toList()));
  }

  /**
   * Computes the logits and the class probabilities of series.
   *
   * @param series float32 {@code [N][variables][≤ length]}; NaN is a missing value, a shorter
   *     series is padded
   * @param batchSize the number of series that are run at once, in order; the last batch may be
   *     smaller. It changes the result by more than rounding only if {@link #dependsOnBatch}
   * @return the logits and, equal to those of {@link #predictProbabilities(float[][][], int)}, the
   *     probabilities, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][][], int)}, or if the
   *     model is a SavedModel without logits
   * @throws IllegalArgumentException as {@link #predictProbabilities(float[][][], int)}
   * @throws IllegalStateException if the classifier is closed, or is an ensemble, which averages
   *     probabilities
   */
  public ClassScores predictScores(float[][][] series, int batchSize) {
    checkNotNull(series);
    Model model = model();
    return open(() -> networks.get(0).scores(model.feed(series), batchSize));
  }

  /** Calls a prediction while the classifier is open. */
  private <T> T open(Supplier<T> prediction) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the classifier is closed");
      }
      return prediction.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private static void checkNotNull(Dataset data) {
    if (data == null) {
      throw new IllegalArgumentException("expected a dataset, found null");
    }
  }

  private static void checkNotNull(float[][][] series) {
    if (series == null) {
      throw new IllegalArgumentException("expected series, found null");
    }
    for (int row = 0; row < series.length; row++) {
      if (series[row] == null) {
        throw new IllegalArgumentException("expected series, found null as series " + (row + 1));
      }
      for (int variable = 0; variable < series[row].length; variable++) {
        if (series[row][variable] == null) {
          throw new IllegalArgumentException(
              "expected series, found null as variable %s of series %s"
                  .formatted(variable + 1, row + 1));
        }
      }
    }
  }

  /** Univariate series as series of one variable; null as a series stays null. */
  private static float[][][] ofOneVariable(float[][] series) {
    return series == null
        ? null
        : Arrays.stream(series)
            .map(steps -> steps == null ? null : new float[][] {steps})
            .toArray(float[][][]::new);
  }

  /**
   * Computes the class probabilities of a dataset's series.
   *
   * @param data the dataset; its labels are not used
   * @param batchSize the number of series that are run at once, in order; the last batch may be
   *     smaller. It changes the result by more than rounding only if {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}, in the order of {@link #labels}
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}; the message names
   *     the file
   * @throws IllegalArgumentException if the batch size is not positive
   * @throws IllegalStateException if the classifier is closed
   */
  public float[][] predictProbabilities(Dataset data, int batchSize) {
    checkNotNull(data);
    try {
      return predictProbabilities(data.series(), batchSize);
    } catch (InvalidInputException unfit) {
      throw unfit.in(data.source());
    }
  }

  /**
   * Scores the model on a labelled dataset: accuracy, confusion matrix and the scores derived from
   * it.
   *
   * @param data the dataset, with labels that the model knows; if the model knows no labels, those
   *     of the dataset become classes as they did in training
   * @return the scores
   * @throws InvalidInputException as {@link #predictProbabilities(float[][])}, or if the model does
   *     not know a label, or the number of classes differs; the message names the file
   * @throws IllegalStateException if the classifier is closed
   */
  public Evaluation evaluate(Dataset data) {
    checkNotNull(data);
    Model first = models.get(0);
    List<String> known =
        models.stream()
            .map(model -> model.metadata().labels())
            .filter(names -> !names.isEmpty())
            .findFirst()
            .orElse(List.of());
    ScoredSplit split = ScoredSplit.of(data, null, first.labelEncoding(), known);
    split.expectClasses(first.spec().classes());
    return split.evaluation(predictProbabilities(data, batchSize()));
  }

  /**
   * Does in advance what the first prediction would otherwise have to wait for: loads TensorFlow's
   * native library if it is not loaded yet, and runs a batch of one series and a full batch.
   *
   * @throws IllegalStateException if the classifier is closed
   */
  public void warmUp() {
    float[] steps = new float[length()];
    for (int step = 0; step < steps.length; step += 2) {
      steps[step] = 1; // series of several variables must not be constant
    }
    float[][] series = new float[predictor.variables()][];
    Arrays.fill(series, steps);
    for (int size : new int[] {1, batchSize()}) {
      float[][][] batch = new float[size][][];
      Arrays.fill(batch, series);
      predictProbabilities(batch, size);
    }
  }

  /**
   * The model of a classifier that is not an ensemble.
   *
   * @return the model with its specification, labels, preparation and provenance
   * @throws IllegalStateException if the classifier is an ensemble; see {@link #models}
   */
  public Model model() {
    if (models.size() > 1) {
      throw new IllegalStateException("an ensemble of " + models.size() + " models");
    }
    return models.get(0);
  }

  /**
   * The models of the classifier.
   *
   * @return one model, or the members of the ensemble
   */
  public List<Model> models() {
    return models;
  }

  /**
   * Whether the prediction for a series depends on the other series of its batch of {@link
   * #BATCH_SIZE}.
   *
   * @return true for attention across the batch
   */
  public boolean dependsOnBatch() {
    return predictor.dependsOnBatch();
  }

  /**
   * The number of series that are run at once: {@link #BATCH_SIZE}, or fewer for long series where
   * this does not change the result.
   *
   * @return at least 1
   */
  public int batchSize() {
    return predictor.batchSize();
  }

  /**
   * The labels of the classes.
   *
   * @return one label per class, in the order of the probabilities
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The length of the model's input.
   *
   * @return the number of steps, at least 1
   */
  public int length() {
    return predictor.length();
  }

  /**
   * Waits for the predictions in progress, then frees the native memory. Later predictions throw an
   * exception.
   */
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
