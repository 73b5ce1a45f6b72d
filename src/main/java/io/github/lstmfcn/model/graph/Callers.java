package io.github.lstmfcn.model.graph;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
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
    this(count, Callers::thread);
  }

  Callers(int count, ThreadFactory factory) {
    this.count = count;
    int size = Math.max(1, count - 1);
    others =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory,
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
    List<Part<R>> all = Stream.generate(Part<R>::new).limit(parts).toList();
    AtomicInteger next = new AtomicInteger();
    // Waiting for futures, a thread of a fork-join pool would take up other work, which might wait
    // for this one's.
    Semaphore done = new Semaphore(0);
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            all.get(i).compute(part, i);
            done.release();
          }
        };
    begin(work, Math.min(count, parts) - 1);
    work.run();
    done.acquireUninterruptibly(parts);
    return all.stream().map(Part::result).toList();
  }

  /** Lets other threads work too, or none where the system has no more threads. */
  private void begin(Runnable work, int threads) {
    try {
      for (int thread = 0; thread < threads; thread++) {
        others.execute(work);
      }
    } catch (OutOfMemoryError noThread) {
      // The own thread computes what no other one begins.
    }
  }

  /** A part of a task, and what came of it; it needs no memory for a failure. */
  private static final class Part<R> {
    private R result;
    private Throwable failure;

    /** Whatever a part throws is kept: a part that never ends would be waited for without end. */
    @SuppressWarnings("IllegalCatch")
    void compute(IntFunction<R> part, int number) {
      try {
        result = part.apply(number);
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }

    R result() {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      return result;
    }
  }

  /** Starts no other thread any more; tasks under way are completed. */
  @Override
  public void close() {
    others.shutdown();
  }
}
