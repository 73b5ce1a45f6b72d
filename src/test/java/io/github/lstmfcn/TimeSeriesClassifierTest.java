package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModelExport;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TimeSeriesClassifierTest {
  private static final int LENGTH = 24;
  private static final ModelWeights WEIGHTS =
      RandomWeights.small(ModelKind.ALSTM_FCN, 4, LENGTH, 3);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("weights.h5");
    KerasWeights.write(WEIGHTS, file);
  }

  @Test
  void predictsAsTheModelDoes() {
    float[][] series = RandomWeights.series(300, LENGTH, 1); // more than a batch
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file);
        FoldedModel session = new FoldedModel(WEIGHTS)) {
      float[][] probabilities = classifier.predictProbabilities(series);

      assertThat(probabilities).isDeepEqualTo(session.probabilities(series, 128));
      String[] labels = classifier.predict(series);
      for (int row = 0; row < series.length; row++) {
        float largest = probabilities[row][Integer.parseInt(labels[row])];
        assertThat(largest).isGreaterThanOrEqualTo(max(probabilities[row]));
      }
      assertThat(labels).contains("0", "1", "2");
    }
  }

  private static float max(float[] values) {
    float max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  @Test
  void sixteenThreadsGetTheAnswersOfOne() throws Exception {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      List<float[][]> inputs = new ArrayList<>();
      List<float[][]> alone = new ArrayList<>();
      for (int input = 0; input < 16; input++) {
        inputs.add(RandomWeights.series(1 + 9 * input, LENGTH, input)); // to 136: two batches
        alone.add(classifier.predictProbabilities(inputs.get(input)));
      }
      ExecutorService threads = Executors.newFixedThreadPool(16);
      try {
        CountDownLatch start = new CountDownLatch(16);
        List<Future<Void>> answers = new ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
          int first = thread;
          answers.add(
              threads.submit(
                  () -> {
                    start.countDown();
                    start.await();
                    for (int round = 0; round < 16; round++) {
                      int input = (first + round) % 16;
                      assertThat(classifier.predictProbabilities(inputs.get(input)))
                          .isDeepEqualTo(alone.get(input));
                    }
                    return null;
                  }));
        }
        for (Future<Void> answer : answers) {
          answer.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tenThousandCallsLeaveTheMemoryAsItWas() throws Exception {
    KerasWeights.write(RandomWeights.small(ModelKind.LSTM_FCN, 1, 4, 2000), file);
    float[][] series = RandomWeights.series(1, 4, 1);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      for (int call = 0; call < 500; call++) {
        classifier.predictProbabilities(series);
      }
      long objects = nativeObjects();
      long kilobytes = residentKilobytes();
      for (int call = 0; call < 10_000; call++) {
        classifier.predictProbabilities(series);
        // What is left to the garbage collector would pile up until it comes.
        assertThat(nativeObjects()).isLessThan(objects + 10);
      }
      // The probabilities have 8 kB: 80 MB, if those of each call stayed.
      assertThat(residentKilobytes() - kilobytes).isLessThan(40_000);
    }
  }

  /** As TensorFlow-Java counts them; its count is in a library that we do not depend on. */
  private static long nativeObjects() throws ReflectiveOperationException {
    return (long)
        Class.forName("org.bytedeco.javacpp.Pointer").getMethod("totalCount").invoke(null);
  }

  private static long residentKilobytes() throws Exception {
    System.gc(); // what Java itself holds is not in question
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsWhatItIs() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThat(classifier.labels()).containsExactly("0", "1", "2");
      assertThat(classifier.length()).isEqualTo(LENGTH);
      assertThat(classifier.models().get(0).spec()).isEqualTo(WEIGHTS.spec());
      assertThat(classifier.dependsOnBatch()).isFalse();
    }
  }

  @Test
  void takesWhatTheFileLeavesOpenFromTheOptions() {
    LoadOptions options =
        new LoadOptions(
            Normalization.NONE,
            null,
            List.of("up", "down", "level"),
            GateActivation.SIGMOID,
            AttentionScope.ACROSS_BATCH,
            false);
    float[][] series = RandomWeights.series(200, LENGTH, 2);
    ModelWeights chosen =
        WEIGHTS.with(WEIGHTS.spec().with(GateActivation.SIGMOID).with(AttentionScope.ACROSS_BATCH));
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file, options);
        FoldedModel session = new FoldedModel(chosen)) {
      assertThat(classifier.models().get(0).spec()).isEqualTo(chosen.spec());
      assertThat(classifier.dependsOnBatch()).isTrue();
      assertThat(classifier.labels()).containsExactly("up", "down", "level");
      assertThat(classifier.predict(series)).containsAnyOf("up", "down", "level");
      assertThat(classifier.predictProbabilities(series))
          .isDeepEqualTo(session.probabilities(series, TimeSeriesClassifier.BATCH_SIZE));
    }
  }

  @Test
  void refusesLabelsThatAreNotOneAClass() {
    assertThatThrownBy(
            () ->
                TimeSeriesClassifier.load(
                    file, LoadOptions.defaults().withLabels(List.of("up", "down"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("weights.h5: labels: expected 3, one per class, found 2 [up, down]");
  }

  @Test
  void normalizesBySampleAndByTrain() {
    float[][] series = RandomWeights.series(3, LENGTH, 3);
    float[][] shifted = new float[3][LENGTH];
    for (int row = 0; row < 3; row++) {
      for (int step = 0; step < LENGTH; step++) {
        shifted[row][step] = 4 * series[row][step] + 100;
      }
    }
    Dataset train = new Dataset("a", null, List.of("1", "1", "2"), series);
    LoadOptions byTrain = new LoadOptions(Normalization.TRAIN, train, List.of(), null, null, false);
    try (TimeSeriesClassifier none = TimeSeriesClassifier.load(file);
        TimeSeriesClassifier sample =
            TimeSeriesClassifier.load(
                file, LoadOptions.defaults().withNormalization(Normalization.SAMPLE));
        TimeSeriesClassifier trained = TimeSeriesClassifier.load(file, byTrain)) {
      assertClose(sample.predictProbabilities(shifted), sample.predictProbabilities(series), 1e-4f);
      float[][] prepared = Preparation.of(Normalization.TRAIN, LENGTH, false, train).apply(series);
      assertThat(trained.predictProbabilities(series))
          .isDeepEqualTo(none.predictProbabilities(prepared));
    }
  }

  @Test
  void fillsShortSeriesAndMissingValues() {
    float[] full = new float[LENGTH];
    Arrays.fill(full, 0, 5, 1);
    float[] padded = full.clone();
    Arrays.fill(padded, 5, LENGTH, Float.NaN);
    float[] tooLong = Arrays.copyOf(padded, LENGTH + 3);
    Arrays.fill(tooLong, LENGTH, LENGTH + 3, Float.NaN);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      float[][] probabilities =
          classifier.predictProbabilities(
              new float[][] {full, Arrays.copyOf(full, 5), padded, tooLong});

      assertThat(probabilities[1]).containsExactly(probabilities[0]);
      assertThat(probabilities[2]).containsExactly(probabilities[0]);
      assertThat(probabilities[3]).containsExactly(probabilities[0]);
    }
  }

  @Test
  void refusesASeriesWithoutAValue() {
    float[] missing = new float[LENGTH];
    Arrays.fill(missing, Float.NaN);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      for (float[] none : new float[][] {missing, {}, {Float.NaN}}) {
        assertThatThrownBy(() -> classifier.predict(new float[][] {new float[LENGTH], none}))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith("series 2: expected a value, found ");
      }
    }
  }

  @Test
  void refusesALongerSeriesUnlessItMayBeCut() {
    float[][] series = RandomWeights.series(2, LENGTH + 1, 4);
    series[0] = Arrays.copyOf(series[0], LENGTH);
    LoadOptions cut = new LoadOptions(Normalization.NONE, null, List.of(), null, null, true);
    try (TimeSeriesClassifier strict = TimeSeriesClassifier.load(file);
        TimeSeriesClassifier truncating = TimeSeriesClassifier.load(file, cut)) {
      assertThatThrownBy(() -> strict.predict(series))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "series 2: expected at most 24 steps, the model's length, found 25; truncate, or use"
                  + " a model of this length");
      assertThat(truncating.predictProbabilities(series)[1])
          .containsExactly(
              strict.predictProbabilities(new float[][] {Arrays.copyOf(series[1], LENGTH)})[0],
              Offset.offset(1e-6f));
    }
  }

  @Test
  void refusesAnInfiniteValue() {
    float[][] series = RandomWeights.series(2, LENGTH, 4);
    series[1][2] = Float.NEGATIVE_INFINITY;
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThatThrownBy(() -> classifier.predict(series))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(
              "series 2: expected finite values or NaN, found -Infinity at step 3");
    }
  }

  @Test
  void noSeriesAreNoAnswers() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThat(classifier.predict(new float[0][])).isEmpty();
    }
  }

  @Test
  void mayBeClosedTwiceAndThenPredictsNothing() {
    TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file);
    classifier.close();

    assertThatCode(classifier::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> classifier.predict(RandomWeights.series(1, LENGTH, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void loadsASavedModelWithItsLabels() {
    Path saved = folder.resolve("saved");
    new SavedModelExport(
            WEIGHTS,
            new ModelMetadata(
                WEIGHTS.spec(),
                Preparation.none(LENGTH),
                LabelEncoding.SORTED,
                List.of("up", "down", "level"),
                Map.of()))
        .write(saved, false);
    float[][] series = RandomWeights.series(5, LENGTH, 5);
    try (TimeSeriesClassifier weights = TimeSeriesClassifier.load(file);
        TimeSeriesClassifier model = TimeSeriesClassifier.load(saved);
        TimeSeriesClassifier relabelled =
            TimeSeriesClassifier.load(
                saved, LoadOptions.defaults().withLabels(List.of("a", "b", "c")))) {
      assertClose(model.predictProbabilities(series), weights.predictProbabilities(series), 1e-6f);
      assertThat(model.labels()).containsExactly("up", "down", "level");
      assertThat(relabelled.labels()).containsExactly("a", "b", "c");
      assertThat(model.length()).isEqualTo(LENGTH);
      assertThat(model.models().get(0).spec()).isEqualTo(WEIGHTS.spec());
    }
    assertThatThrownBy(
            () ->
                TimeSeriesClassifier.load(
                    saved, LoadOptions.defaults().withNormalization(Normalization.SAMPLE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a SavedModel has its own");
    assertThatThrownBy(
            () -> TimeSeriesClassifier.load(saved, LoadOptions.defaults().withLabels(List.of("a"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labels: expected 3");
  }

  private static void assertClose(float[][] actual, float[][] expected, float tolerance) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int row = 0; row < actual.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], Offset.offset(tolerance));
    }
  }
}
