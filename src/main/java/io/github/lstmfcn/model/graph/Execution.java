package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.machine.Processor;
import io.github.lstmfcn.machine.Setting;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/**
 * How a machine computes a graph: with one precision, results differ in their last digits only.
 *
 * @param threads the threads of TensorFlow
 * @param convolutions how convolutions are computed
 * @param precision the precision of products
 */
public record Execution(Threads threads, Convolutions convolutions, Precision precision) {
  /** Threads as TensorFlow has them, convolutions as they were fastest on most processors. */
  public static final Execution DEFAULT =
      new Execution(Threads.DEFAULT, Convolutions.WINOGRAD_6, Precision.FLOAT32);

  private static final Setting PRECISION = new Setting("precision");

  private static final Setting CONVOLUTIONS = new Setting("convolutions");

  private static final int FEW_PROCESSORS = 2;

  /** On which direct convolutions are one operation, and minimal filtering some hundred. */
  static final boolean ON_GPU =
      TensorFlow.class.getResource(
              "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so")
          != null;

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
    int usual = Threads.perSession() && processors <= FEW_PROCESSORS ? 1 : processors;
    return Threads.set().orElse(usual);
  }

  /**
   * How a training is computed that goes on.
   *
   * @param given the threads that it has to take; {@link Threads#DEFAULT} to keep those before,
   *     where the process can choose
   * @param perOperation the threads within an operation before
   * @param convolutions the convolutions before
   * @param precision the precision before
   */
  public static Execution ofTraining(
      Threads given, int perOperation, Convolutions convolutions, Precision precision) {
    boolean kept = given.equals(Threads.DEFAULT) && areThreadsOpen();
    int processors = Runtime.getRuntime().availableProcessors();
    return new Execution(
        kept ? new Threads(perOperation, processors) : given, convolutions, precision);
  }

  /**
   * The ways to compute a training among which the fastest is looked for.
   *
   * @param given as in {@link #ofTraining}
   */
  public static List<Execution> waysOfTraining(Threads given) {
    if (!given.equals(Threads.DEFAULT) || !areThreadsOpen()) {
      return Arrays.stream(Convolutions.values())
          .map(convolutions -> new Execution(given, convolutions, Precision.FLOAT32))
          .toList();
    }
    int processors = Runtime.getRuntime().availableProcessors();
    Execution usual = usualForTraining();
    Execution each = DEFAULT.with(new Threads(1, processors));
    Execution all = DEFAULT.with(new Threads(processors, processors));
    return Stream.of(
            usual,
            usual.with(Convolutions.WINOGRAD_4),
            each,
            each.with(Convolutions.WINOGRAD_4),
            all,
            all.with(Convolutions.WINOGRAD_4),
            all.with(Convolutions.DIRECT)) // one large operation after another
        .distinct()
        .toList();
  }

  /**
   * The convolutions that the user asks for, by the setting {@code convolutions}. With bfloat16
   * they are direct, since minimal filtering would make its rounding errors several times as large.
   *
   * @throws InvalidInputException if there are none of that name, or others are asked for with
   *     bfloat16
   */
  public static Optional<Convolutions> askedConvolutions(Precision precision) {
    Optional<Convolutions> asked = CONVOLUTIONS.value(List.of(Convolutions.values()));
    if (precision == Precision.FLOAT32) {
      return asked;
    }
    if (asked.filter(way -> way != Convolutions.DIRECT).isPresent()) {
      throw new InvalidInputException(
          null,
          "convolutions",
          "direct ones with " + precision,
          asked.get().toString(),
          "unset LSTMFCN_CONVOLUTIONS, or compute in float32");
    }
    return Optional.of(Convolutions.DIRECT);
  }

  /**
   * What is measured to choose by: a question about this machine, TensorFlow as it was built, and
   * the number of threads.
   *
   * @param task what is computed
   * @param threads on which it is
   */
  public static Measurement.Question question(String task, Threads threads) {
    return Measurement.Question.here(
        TensorFlow.version() + (ON_GPU ? " for GPU" : ""),
        "%s, %s, %s in all".formatted(task, threads, threads.total()));
  }

  /**
   * The precision that the user asks for, by the setting {@code precision}.
   *
   * @throws InvalidInputException if there is none of that name, or it would only be slower
   */
  public static Precision askedPrecision() {
    return usable(
        PRECISION.value(List.of(Precision.values())).orElse(Precision.FLOAT32), "precision");
  }

  /**
   * Checks that a precision is of use on this processor.
   *
   * @param option the name of the option that asks for it
   * @throws InvalidInputException if it would only be slower
   */
  public static Precision usable(Precision asked, String option) {
    if (asked == Precision.BFLOAT16 && !Processor.current().hasBfloat16()) {
      throw new InvalidInputException(
          null,
          option,
          "a processor with avx512_bf16 or amx_bf16, on which bfloat16 is faster",
          Processor.current().name() + ", which has neither",
          "use float32");
    }
    return asked;
  }

  /** Whether this process may choose the number of threads of each session. */
  private static boolean areThreadsOpen() {
    return Threads.perSession() && Threads.set().isEmpty();
  }

  /** The same on other threads. */
  public Execution with(Threads others) {
    return new Execution(others, convolutions, precision);
  }

  /** The same with convolutions in another way. */
  public Execution with(Convolutions others) {
    return new Execution(threads, others, precision);
  }

  /** The same with products of another precision. */
  public Execution with(Precision other) {
    return new Execution(threads, convolutions, other);
  }

  @Override
  public String toString() {
    return convolutions + ", " + threads;
  }
}
