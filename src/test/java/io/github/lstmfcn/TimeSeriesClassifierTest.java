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
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
      List<Prediction> predictions = classifier.predict(series);
      for (int row = 0; row < series.length; row++) {
        Prediction prediction = predictions.get(row);
        assertThat(prediction.probabilities()).containsExactly(probabilities[row]);
        assertThat(prediction.probability()).isEqualTo(max(probabilities[row]));
        assertThat(prediction.label()).isEqualTo("" + prediction.index());
      }
      assertThat(predictions).extracting(Prediction::label).contains("0", "1", "2");
    }
  }

  @Test
  void logitsComeWithTheProbabilitiesOfThePrediction() {
    float[][][] series =
        Stream.of(RandomWeights.series(40, LENGTH, 1))
            .map(steps -> new float[][] {steps})
            .toArray(float[][][]::new);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      ClassScores scores = classifier.predictScores(series, 16);

      assertThat(scores.probabilities()).isDeepEqualTo(classifier.predictProbabilities(series, 16));
      for (int row = 0; row < series.length; row++) {
        assertThat(softmax(scores.logits()[row]))
            .containsExactly(scores.probabilities()[row], Offset.offset(1e-6f));
      }
    }
  }

  private static float[] softmax(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    float[] probabilities = new float[logits.length];
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = (float) (Math.exp(logits[k]) / sum);
    }
    return probabilities;
  }

  @Test
  void anEnsembleHasNoLogits() {
    Model model = Model.load(file);
    try (TimeSeriesClassifier ensemble = TimeSeriesClassifier.of(List.of(model, model))) {
      assertThatThrownBy(() -> ensemble.predictScores(new float[1][1][LENGTH], 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ensemble");
    }
  }

  @Test
  void theNumberOfThreadsChangesNoMoreThanRounding() {
    float[][] series = RandomWeights.series(20, LENGTH, 1);
    Model model = Model.load(file);
    try (TimeSeriesClassifier many = TimeSeriesClassifier.of(model);
        TimeSeriesClassifier one = TimeSeriesClassifier.of(model, 1)) {
      float[][] expected = many.predictProbabilities(series);
      float[][] found = one.predictProbabilities(series);

      for (int row = 0; row < series.length; row++) {
        assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
      }
    }
    for (int threads : new int[] {-1, 0, 1025}) {
      assertThatThrownBy(() -> TimeSeriesClassifier.of(model, threads))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected 1 to 1024 threads, found " + threads);
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
  @Tag("long")
  @EnabledOnOs(OS.LINUX)
  void fiveThousandCallsLeaveTheMemoryAsItWas() throws Exception {
    KerasWeights.write(RandomWeights.small(ModelKind.LSTM_FCN, 1, 4, 2000), file);
    float[][] series = RandomWeights.series(1, 4, 1);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      for (int call = 0; call < 500; call++) {
        classifier.predictProbabilities(series);
      }
      long objects = nativeObjects();
      long kilobytes = residentKilobytes();
      for (int call = 0; call < 5_000; call++) {
        classifier.predictProbabilities(series);
        // What is left to the garbage collector would pile up until it comes.
        assertThat(nativeObjects()).isLessThan(objects + 10);
      }
      // The probabilities have 8 kB: 40 MB, if those of each call stayed.
      assertThat(residentKilobytes() - kilobytes).isLessThan(20_000);
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
        LoadOptions.builder()
            .normalization(Normalization.NONE)
            .labels(List.of("up", "down", "level"))
            .gates(GateActivation.SIGMOID)
            .attention(AttentionScope.ACROSS_BATCH)
            .build();
    float[][] series = RandomWeights.series(200, LENGTH, 2);
    ModelWeights chosen =
        WEIGHTS.with(WEIGHTS.spec().with(GateActivation.SIGMOID).with(AttentionScope.ACROSS_BATCH));
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file, options);
        FoldedModel session = new FoldedModel(chosen)) {
      assertThat(classifier.models().get(0).spec()).isEqualTo(chosen.spec());
      assertThat(classifier.dependsOnBatch()).isTrue();
      assertThat(classifier.labels()).containsExactly("up", "down", "level");
      assertThat(classifier.predict(series))
          .extracting(Prediction::label)
          .containsAnyOf("up", "down", "level");
      assertThat(classifier.predictProbabilities(series))
          .isDeepEqualTo(session.probabilities(series, TimeSeriesClassifier.BATCH_SIZE));
    }
  }

  @Test
  void refusesLabelsThatAreNotOneAClass() {
    assertThatThrownBy(
            () ->
                TimeSeriesClassifier.load(
                    file, LoadOptions.builder().labels(List.of("up", "down")).build()))
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
    LoadOptions byTrain =
        LoadOptions.builder().normalization(Normalization.TRAIN).train(train).build();
    try (TimeSeriesClassifier none = TimeSeriesClassifier.load(file);
        TimeSeriesClassifier sample =
            TimeSeriesClassifier.load(
                file, LoadOptions.builder().normalization(Normalization.SAMPLE).build());
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
    LoadOptions cut = LoadOptions.builder().truncate(true).build();
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
                saved, LoadOptions.builder().labels(List.of("a", "b", "c")).build())) {
      assertClose(model.predictProbabilities(series), weights.predictProbabilities(series), 1e-6f);
      assertThat(model.labels()).containsExactly("up", "down", "level");
      assertThat(relabelled.labels()).containsExactly("a", "b", "c");
      assertThat(model.length()).isEqualTo(LENGTH);
      assertThat(model.models().get(0).spec()).isEqualTo(WEIGHTS.spec());
    }
    assertThatThrownBy(
            () ->
                TimeSeriesClassifier.load(
                    saved, LoadOptions.builder().normalization(Normalization.SAMPLE).build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a SavedModel has its own");
    assertThatThrownBy(
            () ->
                TimeSeriesClassifier.load(
                    saved, LoadOptions.builder().labels(List.of("a")).build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labels: expected 3");
  }

  private static void assertClose(float[][] actual, float[][] expected, float tolerance) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int row = 0; row < actual.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], Offset.offset(tolerance));
    }
  }

  @Test
  void loadsFromAStreamAndFromBytes() throws Exception {
    float[][] series = RandomWeights.series(5, LENGTH, 8);
    byte[] bytes = Files.readAllBytes(file);
    try (TimeSeriesClassifier ofFile = TimeSeriesClassifier.load(file);
        TimeSeriesClassifier ofBytes = TimeSeriesClassifier.load(bytes);
        InputStream stream = Files.newInputStream(file);
        TimeSeriesClassifier ofStream = TimeSeriesClassifier.load(stream)) {
      float[][] expected = ofFile.predictProbabilities(series);

      assertThat(ofBytes.predictProbabilities(series)).isDeepEqualTo(expected);
      assertThat(ofStream.predictProbabilities(series)).isDeepEqualTo(expected);
      assertThat(ofStream.model().source()).hasToString("(stream)");
      assertThat(ofStream.model().metadata().provenance().get("weights_file"))
          .isEqualTo("(stream)");
    }
    assertThatThrownBy(() -> TimeSeriesClassifier.load(new byte[] {1, 2, 3}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("(stream): expected ");
  }

  @Test
  void aStreamIsClassifiedAsAnArray() {
    float[][] series = RandomWeights.series(300, LENGTH, 9); // more than two batches
    AtomicBoolean closed = new AtomicBoolean();
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file);
        Stream<Prediction> predictions =
            classifier.predictStream(Arrays.stream(series).onClose(() -> closed.set(true)))) {
      assertThat(predictions.map(Prediction::probabilities).toArray(float[][]::new))
          .isDeepEqualTo(classifier.predictProbabilities(series));
    }
    assertThat(closed).isTrue();
  }

  @Test
  void aStreamIsReadABatchAtATime() {
    AtomicInteger read = new AtomicInteger();
    Stream<float[]> endless =
        Stream.generate(
            () -> {
              read.incrementAndGet();
              return new float[LENGTH];
            });
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      Iterator<Prediction> predictions = classifier.predictStream(endless).iterator();
      for (int series = 0; series < classifier.batchSize() + 1; series++) {
        assertThat(predictions.next().label()).isNotNull();
      }
      assertThat(read).hasValue(2 * classifier.batchSize());
    }
  }

  @Test
  void aBadSeriesOfAStreamIsCountedOverTheWholeStream() {
    float[] bad = new float[LENGTH];
    bad[3] = Float.POSITIVE_INFINITY;
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      List<float[]> series =
          new ArrayList<>(Collections.nCopies(classifier.batchSize() + 6, new float[LENGTH]));
      series.add(bad);
      assertThatThrownBy(() -> classifier.predictStream(series.stream()).toList())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("series " + series.size() + ": expected finite values");
      series.set(series.size() - 1, null);
      assertThatThrownBy(() -> classifier.predictStream(series.stream()).toList())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("null as series " + series.size());
    }
  }

  @Test
  void seriesOfOneVariableAreUnivariateSeries() {
    float[][] series = RandomWeights.series(5, LENGTH, 1);
    float[][][] variables =
        Arrays.stream(series).map(steps -> new float[][] {steps}).toArray(float[][][]::new);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThat(classifier.predictProbabilities(variables))
          .isDeepEqualTo(classifier.predictProbabilities(series));
      assertThat(classifier.predict(variables)).isEqualTo(classifier.predict(series));
      assertThat(classifier.predictOne(variables[2])).isEqualTo(classifier.predictOne(series[2]));
      assertThat(classifier.predictMultivariateStream(Stream.of(variables)).toList())
          .isEqualTo(classifier.predict(series));
    }
  }

  @Test
  void seriesOfOtherVariablesAreRefused() {
    float[][] two = new float[2][LENGTH];
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThatThrownBy(() -> classifier.predict(new float[][][] {{two[0]}, two}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("series 2: expected 1 variable, as the model has, found 2");
      List<float[][]> many =
          new ArrayList<>(Collections.nCopies(classifier.batchSize() + 1, new float[][] {two[0]}));
      many.add(two);
      assertThatThrownBy(() -> classifier.predictMultivariateStream(many.stream()).toList())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("series " + many.size() + ": expected 1 variable");
      many.set(1, new float[][] {null});
      assertThatThrownBy(() -> classifier.predictMultivariateStream(many.stream()).toList())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected series, found null in series 2");
      assertThatThrownBy(() -> classifier.predict(new float[][][] {{two[0]}, {null}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected series, found null as variable 1 of series 2");
    }
  }

  @Test
  void nullIsNamed() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThatThrownBy(() -> classifier.predict((float[][]) null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected series, found null");
      assertThatThrownBy(() -> classifier.predict(new float[][] {new float[LENGTH], null}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected series, found null as series 2");
      assertThatThrownBy(() -> classifier.predictOne((float[]) null))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> classifier.predictStream(null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void valuesThatOverflowAreRefusedWhateverTheProcessor() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      for (float value : new float[] {1e19f, 1e25f, 1e30f, 1e36f, 1e38f, 3e38f}) {
        float[] large = new float[LENGTH];
        Arrays.fill(large, value);
        assertThatThrownBy(() -> classifier.predictOne(large))
            .as("%s", value)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("its arithmetic overflows");
      }
    }
  }

  @Test
  @Tag("long")
  void closingWaitsForWhatIsUnderWay() throws Exception {
    TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file);
    float[][] one = RandomWeights.series(1, LENGTH, 3);
    float[][] many = new float[25_000][];
    Arrays.fill(many, one[0]);
    classifier.warmUp();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch begun = new CountDownLatch(2);
      List<Future<float[][]>> underWay = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        underWay.add(
            threads.submit(
                () -> {
                  begun.countDown();
                  return classifier.predictProbabilities(many, 64);
                }));
      }
      begun.await();
      Thread.sleep(100);
      assertThat(underWay).noneMatch(Future::isDone);
      classifier.close();
      for (Future<float[][]> answer : underWay) {
        assertThat(answer.get()).hasNumberOfRows(many.length);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThatThrownBy(() -> classifier.predict(one))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    classifier.close(); // a second time does nothing
  }

  @Test
  void itMeasuresEachOfItsModelsUntilItIsClosed() {
    Optional<String> cache = Optional.ofNullable(System.getProperty("lstmfcn.cache"));
    System.setProperty("lstmfcn.cache", file.resolveSibling("cache").toString());
    try {
      TimeSeriesClassifier both =
          TimeSeriesClassifier.of(List.of(Model.load(file), Model.load(file)));
      assertThat(both.measure(2))
          .hasSize(2)
          .allSatisfy(
              times -> assertThat(times).containsOnlyKeys("direct", "winograd-4", "winograd-6"));
      both.close();
      assertThatThrownBy(() -> both.measure(2)).isInstanceOf(IllegalStateException.class);
    } finally {
      System.clearProperty("lstmfcn.cache");
      cache.ifPresent(before -> System.setProperty("lstmfcn.cache", before));
    }
  }

  @Test
  void anEnsembleHasNoSingleModel() {
    Model model = Model.load(file);
    try (TimeSeriesClassifier single = TimeSeriesClassifier.of(model);
        TimeSeriesClassifier both = TimeSeriesClassifier.of(List.of(model, model))) {
      assertThat(single.model()).isSameAs(model);
      assertThatThrownBy(both::model).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatIsSavedAndExportedAnswersAlike() {
    float[][] series = RandomWeights.series(4, LENGTH, 5);
    Model model = Model.load(file);
    model.save(folder.resolve("saved.h5"));
    model.export(folder.resolve("exported"), false);
    try (TimeSeriesClassifier expected = TimeSeriesClassifier.of(model);
        TimeSeriesClassifier saved = TimeSeriesClassifier.load(folder.resolve("saved.h5"));
        TimeSeriesClassifier exported = TimeSeriesClassifier.load(folder.resolve("exported"))) {
      float[][] probabilities = expected.predictProbabilities(series);
      assertThat(saved.predictProbabilities(series)).isDeepEqualTo(probabilities);
      float[][] found = exported.predictProbabilities(series);
      for (int row = 0; row < series.length; row++) {
        assertThat(found[row]).containsExactly(probabilities[row], Offset.offset(1e-5f));
      }
      assertThat(exported.model().isExported()).isTrue();
      assertThat(exported.model().spec()).isEqualTo(model.spec());
    }
  }

  @Test
  void aSourceMayFillOneArrayAgainAndAgain() {
    float[][] series = RandomWeights.series(40, LENGTH, 6);
    float[] reused = new float[LENGTH];
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      Stream<float[]> source =
          Arrays.stream(series)
              .map(
                  row -> {
                    System.arraycopy(row, 0, reused, 0, LENGTH);
                    return reused;
                  });
      assertThat(classifier.predictStream(source).toList()).isEqualTo(classifier.predict(series));
    }
  }

  @Test
  void anInterruptedThreadLoadsAllTheSame() {
    Model expected = Model.load(file);
    Thread.currentThread().interrupt();
    try {
      assertThat(Model.load(file).spec()).isEqualTo(expected.spec());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aModelIsSavedUnderANameThatKerasTakesForItsLayout() {
    Model model = Model.load(file);
    for (String name : List.of("model.keras", "model.weights.h5", "model.txt")) {
      assertThatThrownBy(() -> model.save(folder.resolve(name)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name + ": expected a name that ends in .h5");
      assertThat(folder.resolve(name)).doesNotExist();
    }
  }
}
