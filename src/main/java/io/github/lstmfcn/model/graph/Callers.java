package io.github.lstmfcn.model.graph;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Threads that compute parts of one task beside the thread that has it, and end when they have been
 * idle for a while. A task never waits for those of others: what no other thread has begun, its own
 * thread computes. Safe for use by several threads.
 */
public final class Callers implements AutoCloseable {
  /** No other threads. */
  static final Callers ALONE = new Callers(1);

  private static final int IDLE_SECONDS = 10;

  private final int count;
  private final ThreadPoolExecutor others;

  /**
   * Starts nothing yet.
   *
   * @param count the number of threads for a task, its own included, at least 1
   */
  public Callers(int count) {
    this.count = count;
    int size = Math.max(1, count - 1);
    others =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Callers::thread,
            new ThreadPoolExecutor.DiscardPolicy()); // of a closed one; the own thread does it all
    others.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "lstm-fcn");
    thread.setDaemon(true);
    return thread;
  }

  /** The number of threads for a task. */
  public int count() {
    return count;
  }

  /**
   * Computes the parts of a task.
   *
   * @param parts their number
   * @param part computes a part by its number, from 0
   * @return the results, in order
   * @throws RuntimeException what the first part that failed threw, or an {@link Error}, when no
   *     part is computed any more
   */
  public <R> List<R> results(int parts, IntFunction<R> part) {
    if (count == 1 || parts == 1) {
      return IntStream.range(0, parts).mapToObj(part).toList();
    }
    List<CompletableFuture<R>> results =
        Stream.generate(CompletableFuture<R>::new).limit(parts).toList();
    AtomicInteger next = new AtomicInteger();
    // Waiting for futures, a thread of a fork-join pool would take up other work, which might wait
    // for this one's.
    Semaphore done = new Semaphore(0);
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            compute(results.get(i), part, i);
            done.release();
          }
        };
    try {
      for (int other = 1; other < Math.min(count, parts); other++) {
        others.execute(work);
      }
    } finally {
      work.run();
      done.acquireUninterruptibly(parts);
    }
    return results.stream().map(Callers::result).toList();
  }

  /** The result of a computation that is done; what it threw is thrown. */
  private static <R> R result(CompletableFuture<R> result) {
    try {
      return result.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }

  /** Whatever a part throws is its result: a part without one would be waited for without end. */
  @SuppressWarnings("IllegalCatch")
  private static <R> void compute(CompletableFuture<R> result, IntFunction<R> part, int number) {
    try {
      result.complete(part.apply(number));
    } catch (Throwable failure) {
      result.completeExceptionally(failure);
    }
  }

  /** Starts no other thread any more; tasks under way are completed. */
  @Override
  public void close() {
    others.shutdown();
  }
}
