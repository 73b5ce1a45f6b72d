package io.github.lstmfcn.spark.row;

/**
 * A row that cannot be scored. It has no stack trace: where it was thrown says nothing, and Spark
 * logs it on every attempt of the task.
 */
public final class UnusableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the row and what is wrong with it, in one line
   */
  public UnusableRowException(String message) {
    super(message, null, false, false);
  }
}
