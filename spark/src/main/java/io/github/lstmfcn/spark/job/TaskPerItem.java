package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.text.ShortText;
import io.github.lstmfcn.text.VisibleText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs one task per item on a cluster and hands over each result as it arrives. Each task is a job
 * of its own: Spark repeats it where its machine is lost, and a task that takes its machines with
 * it again and again fails alone.
 *
 * @param spark the cluster
 */
record TaskPerItem(JavaSparkContext spark) {
  private static final int LOOK_MILLISECONDS = 50;
  private static final String DONE = "+";
  private static final String REFUSED = "-";

  /** Receives the results, on the thread that waits for them. */
  interface Receiver {
    /**
     * Called when the task of an item has ended.
     *
     * @param item the item
     * @param result its result
     */
    void arrived(String item, String result);

    /**
     * Called when the task of an item has failed.
     *
     * @param item the item
     * @param reason why, in one line
     */
    void failed(String item, String reason);

    /**
     * Called when the task of an item is not waited for any more.
     *
     * @param item the item
     */
    default void stopped(String item) {}
  }

  /** An item whose task has not ended. */
  private record Open(String item, JavaFutureAction<List<String>> task) {}

  /**
   * Runs the tasks.
   *
   * @param items the items, in the order in which their tasks are started
   * @param task the work on an item
   * @param stop whether to stop: the tasks that are open then are told, and not waited for
   * @param receiver receives the results, in the order in which they arrive
   * @throws JobFailedException if the cluster ends before the tasks
   */
  void run(List<String> items, TextTask task, BooleanSupplier stop, Receiver receiver) {
    List<Open> open = new ArrayList<>();
    try {
      for (String item : items) {
        spark.sc().setJobDescription(item);
        open.add(
            new Open(
                item,
                spark
                    .parallelize(List.of(item), 1)
                    .map(each -> outcome(task, each))
                    .collectAsync()));
      }
      while (!open.isEmpty() && !stop.getAsBoolean()) {
        for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
          Open one = each.next();
          if (one.task().isDone()) {
            each.remove();
            handOver(one, stop, receiver);
          }
        }
        Thread.sleep(LOOK_MILLISECONDS);
      }
      open.forEach(one -> one.task().cancel(true));
      open.forEach(one -> receiver.stopped(one.item()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.forEach(one -> one.task().cancel(true));
      if (!spark.sc().isStopped()) {
        spark.sc().setJobDescription(null);
      }
    }
  }

  /** What the task returns: a refusal is a result, since repeating it would not help. */
  private static String outcome(TextTask task, String item) {
    try {
      return DONE + task.run(item);
    } catch (InvalidInputException refused) {
      return REFUSED + refused.getMessage();
    }
  }

  private void handOver(Open one, BooleanSupplier stop, Receiver receiver)
      throws InterruptedException {
    try {
      String outcome = one.task().get().get(0);
      if (outcome.startsWith(DONE)) {
        receiver.arrived(one.item(), outcome.substring(DONE.length()));
      } else {
        receiver.failed(one.item(), outcome.substring(REFUSED.length()));
      }
    } catch (ExecutionException failure) {
      if (!spark.sc().isStopped()) {
        receiver.failed(one.item(), reason(failure.getCause()));
      } else if (!stop.getAsBoolean()) {
        throw new JobFailedException(
            "the cluster: expected to run until the tasks have ended, found its end; submit the"
                + " job again to go on");
      }
    }
  }

  /** The first line of what Spark says of a task, without the frames. */
  private static String reason(Throwable failure) {
    String text = failure.getMessage() == null ? FailureReason.of(failure) : failure.getMessage();
    return ShortText.of(
        VisibleText.of(text.lines().findFirst().orElse("")), ShortText.LONGEST_MESSAGE);
  }
}
