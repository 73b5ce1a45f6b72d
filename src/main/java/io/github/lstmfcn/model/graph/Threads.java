package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.OptionalInt;
import org.tensorflow.proto.ConfigProto;

/**
 * The threads on which TensorFlow computes. Its pool of threads within operations is one per
 * process, with the size of the first session that is opened in the process, unless {@link
 * #perSession}.
 *
 * @param perOperation the number of threads within an operation, on which the last digits of sums
 *     depend; 0 to leave it to TensorFlow, which takes it from {@code TF_NUM_INTRAOP_THREADS}, or
 *     else one per processor
 * @param operations the number of operations at a time; 0 to leave it to TensorFlow; {@link
 *     #CALLING_THREAD} for one, on the calling thread
 */
public record Threads(int perOperation, int operations) {
  /** Left to TensorFlow. */
  public static final Threads DEFAULT = new Threads(0, 0);

  /** One operation at a time, on the thread that calls. */
  public static final int CALLING_THREAD = -1;

  /** The environment variable by which TensorFlow is told the number within an operation. */
  public static final String VARIABLE = "TF_NUM_INTRAOP_THREADS";

  private static final int SMALL_POOL = 2;

  /** More than any machine has processors; each is started. */
  public static final int MOST = 1024;

  /**
   * A number of threads; 1 for the calling thread alone, so that several callers do not share
   * threads.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MOST}
   */
  public static Threads of(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "expected 1 to %s threads, found %s".formatted(MOST, count));
    }
    return new Threads(count, count == 1 ? CALLING_THREAD : count);
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Threads {
    if (perOperation < 0 || perOperation > MOST || operations < -1 || operations > MOST) {
      throw new IllegalArgumentException(
          "expected 1 to %s threads, found %s".formatted(MOST, Math.max(perOperation, operations)));
    }
  }

  /**
   * Whether every session of this process has threads of its own, as TensorFlow is told by {@code
   * TF_OVERRIDE_GLOBAL_THREADPOOL} in the environment.
   */
  public static boolean perSession() {
    return "1".equals(System.getenv("TF_OVERRIDE_GLOBAL_THREADPOOL"));
  }

  /**
   * The number of threads that compute at a time: of these two numbers, that of {@code
   * TF_NUM_INTRAOP_THREADS}, or else that of the processors.
   */
  public int total() {
    int asked = Math.max(perOperation, operations);
    return asked > 0 ? asked : set().orElse(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The number of threads that best call a session on these at a time: as many as there are, if an
   * operation takes one; one, if operations share a pool of more than two.
   */
  public int callers() {
    return perOperation == 1 || total() <= SMALL_POOL ? total() : 1;
  }

  /** The threads for sessions that are called by several threads at a time. */
  public Threads forCallers() {
    return new Threads(perSession() ? 1 : perOperation, CALLING_THREAD);
  }

  /**
   * That of {@link #VARIABLE}; empty if it is not set, or 0.
   *
   * @throws InvalidInputException if it is not 0 to {@link #MOST}; TensorFlow itself would ignore
   *     what is no number
   */
  public static OptionalInt set() {
    return set(System.getenv(VARIABLE));
  }

  static OptionalInt set(String value) {
    String text = value == null ? "" : value.strip();
    if (text.isEmpty() || text.equals("0")) {
      return OptionalInt.empty();
    }
    int count = text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 0;
    if (count < 1 || count > MOST) {
      throw new InvalidInputException(null, VARIABLE, "1 to %s threads".formatted(MOST), value, "");
    }
    return OptionalInt.of(count);
  }

  /** The configuration of a session. */
  public ConfigProto.Builder configuration() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(perOperation)
        .setInterOpParallelismThreads(operations);
  }

  /** {@code 2 threads per operation, 2 operations}; 0 is TensorFlow's own number. */
  @Override
  public String toString() {
    return perOperation + " threads per operation, " + operations + " operations";
  }
}
