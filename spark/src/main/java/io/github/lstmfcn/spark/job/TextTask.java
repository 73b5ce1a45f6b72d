package io.github.lstmfcn.spark.job;

import java.io.Serializable;

/**
 * The work of a task on one item. Items and results are texts, which every serializer of Spark's
 * can pass on.
 */
@FunctionalInterface
interface TextTask extends Serializable {
  /**
   * Does the work on a machine of the cluster.
   *
   * @param item the item
   * @return the result
   * @throws io.github.lstmfcn.error.InvalidInputException if the item cannot be used; its task is
   *     not repeated then
   */
  String run(String item);
}
