package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.machine.Setting;
import io.github.lstmfcn.model.Convolutions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a machine computes a graph: results differ in their last digits only.
 *
 * @param threads the threads of TensorFlow
 * @param convolutions how convolutions are computed
 */
public record Execution(Threads threads, Convolutions convolutions) {
  /** Threads as TensorFlow has them, convolutions as they were fastest on most processors. */
  public static final Execution DEFAULT = new Execution(Threads.DEFAULT, Convolutions.WINOGRAD_6);

  private static final Setting CONVOLUTIONS = new Setting("convolutions");

  private static final String THREADS = "TF_NUM_INTRAOP_THREADS";

  private static final int FEW_PROCESSORS = 2;

  /**
   * How a training is computed unless something else was measured to be faster. On one or two
   * processors every operation takes one thread, as the many products of minimal filtering are
   * independent.
   */
  public static Execution usualForTraining() {
    int processors = Runtime.getRuntime().availableProcessors();
    return areThreadsOpen()
        ? DEFAULT.with(new Threads(usualThreads(processors), processors))
        : DEFAULT;
  }

  /**
   * The number of threads that an operation of a training usually takes: that of {@code
   * TF_NUM_INTRAOP_THREADS}, or else by the processors.
   *
   * @param processors the number of processors for the training
   */
  public static int usualThreads(int processors) {
    String set = System.getenv(THREADS);
    if (set != null && set.matches("[1-9]\\d{0,5}")) {
      return Math.min(Integer.parseInt(set), processors);
    }
    return Threads.perSession() && processors <= FEW_PROCESSORS ? 1 : processors;
  }

  /**
   * How a training is computed that goes on.
   *
   * @param given the threads that it has to take; {@link Threads#DEFAULT} to keep those before,
   *     where the process can choose
   * @param perOperation the threads within an operation before
   * @param convolutions the convolutions before
   */
  public static Execution ofTraining(Threads given, int perOperation, Convolutions convolutions) {
    boolean kept = given.equals(Threads.DEFAULT) && areThreadsOpen();
    int processors = Runtime.getRuntime().availableProcessors();
    return new Execution(kept ? new Threads(perOperation, processors) : given, convolutions);
  }

  /**
   * The ways to compute a training among which the fastest is looked for.
   *
   * @param given as in {@link #ofTraining}
   */
  public static List<Execution> waysOfTraining(Threads given) {
    if (!given.equals(Threads.DEFAULT) || !areThreadsOpen()) {
      return Arrays.stream(Convolutions.values())
          .map(convolutions -> new Execution(given, convolutions))
          .toList();
    }
    int processors = Runtime.getRuntime().availableProcessors();
    Execution usual = usualForTraining();
    return List.of(
        usual,
        usual.with(Convolutions.WINOGRAD_4),
        // One large operation after another.
        new Execution(new Threads(processors, processors), Convolutions.DIRECT));
  }

  /**
   * The convolutions that the user asks for, by the setting {@code convolutions}.
   *
   * @throws InvalidInputException if there are none of that name
   */
  public static Optional<Convolutions> askedConvolutions() {
    return CONVOLUTIONS.value(List.of(Convolutions.values()));
  }

  /** Whether this process may choose the number of threads of each session. */
  private static boolean areThreadsOpen() {
    return Threads.perSession() && System.getenv(THREADS) == null;
  }

  /** The same on other threads. */
  public Execution with(Threads others) {
    return new Execution(others, convolutions);
  }

  /** The same with convolutions in another way. */
  public Execution with(Convolutions others) {
    return new Execution(threads, others);
  }
}
