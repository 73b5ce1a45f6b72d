package io.github.lstmfcn.model.graph;

import org.tensorflow.proto.ConfigProto;

/**
 * The number of threads on which TensorFlow computes. Its thread pools are one per process: their
 * size is that of the first session that is opened in the process.
 *
 * @param count the number of threads; 1 for the calling thread alone, so that several callers do
 *     not share threads; 0 to leave it to TensorFlow, which takes it from {@code
 *     TF_NUM_INTRAOP_THREADS}, or else one per processor
 */
public record Threads(int count) {
  /** Left to TensorFlow. */
  public static final Threads DEFAULT = new Threads(0);

  /** More than any machine has processors; each is started. */
  public static final int MOST = 1024;

  private static final int CALLING_THREAD = -1;

  /**
   * A number of threads.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MOST}
   */
  public static Threads of(int count) {
    if (count == 0) {
      throw new IllegalArgumentException("expected 1 to %s threads, found 0".formatted(MOST));
    }
    return new Threads(count);
  }

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is negative or more than {@link #MOST}
   */
  public Threads {
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException(
          "expected 1 to %s threads, found %s".formatted(MOST, count));
    }
  }

  /** The configuration of a session. */
  public ConfigProto.Builder configuration() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(count)
        .setInterOpParallelismThreads(count == 1 ? CALLING_THREAD : count);
  }
}
