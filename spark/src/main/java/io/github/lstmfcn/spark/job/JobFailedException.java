package io.github.lstmfcn.spark.job;

/** Work that the cluster could not do; the message is one line for the user. */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what failed and why, in one line
   */
  public JobFailedException(String message) {
    super(message);
  }
}
