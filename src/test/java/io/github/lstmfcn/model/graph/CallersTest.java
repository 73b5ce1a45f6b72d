package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CallersTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 5", "2, 0", "2, 1", "2, 2", "2, 101", "8, 3", "8, 101"})
  void resultsAreInTheOrderOfTheParts(int count, int parts) {
    try (Callers callers = new Callers(count)) {
      assertThat(callers.results(parts, part -> 2 * part))
          .isEqualTo(IntStream.range(0, parts).mapToObj(part -> 2 * part).toList());
    }
  }

  @Test
  void asManyPartsAtATimeAsThereAreThreads() {
    CountDownLatch all = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (Callers callers = new Callers(3)) {
      callers.results(
          3,
          part -> {
            threads.add(Thread.currentThread());
            all.countDown();
            return await(all);
          });
    }
    assertThat(threads).hasSize(3).contains(Thread.currentThread());
  }

  @Test
  void whereThereAreNoMoreThreadsTheOwnOneComputesEverything() {
    try (Callers callers =
        new Callers(
            3,
            work ->
                new Thread(work) {
                  @Override
                  public synchronized void start() {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                })) {
      assertThat(callers.results(5, part -> part)).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void aTaskDoesNotWaitForThoseOfOthers() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    try (Callers callers = new Callers(2)) {
      Thread other =
          new Thread(
              () ->
                  callers.results(
                      2,
                      part -> {
                        busy.countDown();
                        return await(end);
                      }));
      other.start();
      busy.await(); // both threads

      assertThat(callers.results(10, part -> Thread.currentThread()))
          .containsOnly(Thread.currentThread());

      end.countDown();
      other.join();
    }
  }

  @Test
  void whatTheFirstFailedPartThrewIsThrownWhenNoPartIsComputedAnyMore() {
    AtomicInteger computed = new AtomicInteger();
    try (Callers callers = new Callers(4)) {
      assertThatThrownBy(
              () ->
                  callers.results(
                      50,
                      part -> {
                        computed.incrementAndGet();
                        if (part % 20 == 10) {
                          throw new IllegalStateException("part " + part);
                        }
                        return part;
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part 10");
      assertThat(computed).hasValue(50);
    }
  }

  @Test
  void ofClosedOnesTheOwnThreadComputesAll() {
    Callers callers = new Callers(4);
    callers.close();
    assertThat(callers.results(9, part -> Thread.currentThread()))
        .hasSize(9)
        .containsOnly(Thread.currentThread());
  }

  private static List<Integer> await(CountDownLatch latch) {
    try {
      latch.await();
      return List.of();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
