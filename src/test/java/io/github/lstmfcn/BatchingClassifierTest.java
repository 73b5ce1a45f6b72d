package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchingClassifierTest {
  private static final Path CBF = Path.of("keras-weights/2017-lstmfcn-8-CBF/weights.h5");
  private static final int CALLERS = 8;

  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void everyCallerHasTheAnswerToItsOwnSeries() throws Exception {
    float[][] series = RandomWeights.series(200, 128, 3);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(CBF)) {
      float[][] expected = classifier.predictProbabilities(series);
      BatchingClassifier batching = new BatchingClassifier(classifier);
      List<Prediction> found = all(Arrays.stream(series), batching::predictOne);
      for (int index = 0; index < series.length; index++) {
        assertThat(found.get(index).probabilities())
            .containsExactly(expected[index], Offset.offset(1e-5f));
      }
    }
  }

  private <S> List<Prediction> all(Stream<S> series, Function<S, Prediction> predict)
      throws Exception {
    List<Callable<Prediction>> calls = new ArrayList<>();
    series.forEach(one -> calls.add(() -> predict.apply(one)));
    List<Prediction> answers = new ArrayList<>();
    for (Future<Prediction> answer : threads.invokeAll(calls)) {
      answers.add(answer.get());
    }
    return answers;
  }

  @Test
  void whatComesWhileABatchIsComputedIsTheNextOne() throws Exception {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    BatchingClassifier batching =
        new BatchingClassifier(
            batch -> {
              sizes.add(batch.length);
              begun.countDown();
              await(go);
              return Arrays.stream(batch).map(BatchingClassifierTest::prediction).toList();
            },
            4);
    List<Future<Prediction>> answers = new ArrayList<>();
    answers.add(threads.submit(() -> batching.predictOne(new float[] {0})));
    begun.await();
    for (int number = 1; number < CALLERS; number++) {
      float[] series = {number};
      answers.add(threads.submit(() -> batching.predictOne(series)));
    }
    while (batching.waiting() < CALLERS - 1) {
      Thread.sleep(1);
    }
    go.countDown();

    for (int number = 0; number < CALLERS; number++) {
      assertThat(answers.get(number).get().probabilities()).containsExactly(number, 1 - number);
    }
    assertThat(sizes).containsExactly(1, 4, 3);
    assertThat(batching.waiting()).isZero();
    batching.predictOne(new float[] {1});
    assertThat(sizes).as("a lone call").endsWith(1);
  }

  private static Prediction prediction(float[][] series) {
    return new Prediction(List.of("a", "b"), new float[] {series[0][0], 1 - series[0][0]});
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void tasksOfAForkJoinPoolThatWaitForOthersAreAnswered() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(3);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(CBF)) {
      BatchingClassifier batching = new BatchingClassifier(classifier);
      float[] series = RandomWeights.series(1, 128, 3)[0];
      for (int round = 0; round < 100; round++) {
        List<CompletableFuture<Prediction>> answers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
          answers.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    CompletableFuture<Prediction> other =
                        CompletableFuture.supplyAsync(() -> batching.predictOne(series), pool);
                    batching.predictOne(series);
                    return other.join();
                  },
                  pool));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
      }
      assertThat(batching.waiting()).isZero();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anInterruptedCallerIsAnsweredAndStaysInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    BatchingClassifier batching =
        new BatchingClassifier(
            batch -> {
              begun.countDown();
              if (go.getCount() > 0) { // by the first caller, not the interrupted one
                await(go);
              }
              return Arrays.stream(batch).map(BatchingClassifierTest::prediction).toList();
            },
            4);
    Future<Prediction> first = threads.submit(() -> batching.predictOne(new float[] {0}));
    begun.await();
    Future<Boolean> waits =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              return batching.predictOne(new float[] {1}).probabilities()[0] == 1
                  && Thread.interrupted();
            });
    while (batching.waiting() < 1) {
      Thread.sleep(1);
    }
    go.countDown();
    assertThat(first.get().probabilities()).containsExactly(0, 1);
    assertThat(waits.get()).isTrue();
  }

  @Test
  void afterAnErrorOthersAreAnswered() {
    Deque<Error> errors = new ArrayDeque<>(List.of(new OutOfMemoryError("of a test")));
    BatchingClassifier batching =
        new BatchingClassifier(
            batch -> {
              if (!errors.isEmpty()) {
                throw errors.remove();
              }
              return Arrays.stream(batch).map(BatchingClassifierTest::prediction).toList();
            },
            4);
    assertThatThrownBy(() -> batching.predictOne(new float[] {0}))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(batching.predictOne(new float[] {1}).probabilities()).containsExactly(1, 0);
  }

  @Test
  void aSeriesThatIsRefusedIsItsCallersAlone() throws Exception {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(CBF)) {
      BatchingClassifier batching = new BatchingClassifier(classifier);
      float[][] series = RandomWeights.series(64, 128, 3);
      for (int index = 3; index < series.length; index += 7) {
        series[index] = new float[] {1, 2, Float.POSITIVE_INFINITY};
      }
      List<Future<Prediction>> answers = new ArrayList<>();
      for (float[] one : series) {
        answers.add(threads.submit(() -> batching.predictOne(one)));
      }
      String message = refusal(() -> classifier.predictOne(series[3]));
      for (int index = 0; index < series.length; index++) {
        Future<Prediction> answer = answers.get(index);
        if (index % 7 == 3) {
          assertThatThrownBy(answer::get)
              .cause()
              .isInstanceOf(InvalidInputException.class)
              .hasMessage(message);
        } else {
          assertThat(answer.get().probabilities()).hasSize(3);
        }
      }
      assertThat(refusal(() -> batching.predictOne((float[]) null)))
          .isEqualTo(refusal(() -> classifier.predictOne((float[]) null)));
    }
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException refused) {
      return refused.getMessage();
    }
    throw new AssertionError("not refused");
  }

  @Test
  void afterTheClassifierIsClosedNothingIsAnswered() {
    TimeSeriesClassifier classifier = TimeSeriesClassifier.load(CBF);
    BatchingClassifier batching = new BatchingClassifier(classifier);
    classifier.close();
    assertThat(IntStream.range(0, 3))
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> batching.predictOne(new float[128]))
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void sizesAndModelsThatMakeNoSenseAreRefused() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(CBF)) {
      assertThatThrownBy(() -> new BatchingClassifier(classifier, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 0");
    }
    try (TimeSeriesClassifier classifier =
        TimeSeriesClassifier.load(
            Path.of("keras-weights/2019-alstmfcn-64-SyntheticControl/weights.h5"),
            LoadOptions.builder().attention(AttentionScope.ACROSS_BATCH).build())) {
      assertThatThrownBy(() -> new BatchingClassifier(classifier))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("attention across the batch");
    }
  }
}
