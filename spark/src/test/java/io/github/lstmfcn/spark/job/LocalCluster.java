package io.github.lstmfcn.spark.job;

import org.apache.spark.SparkConf;

/** A cluster within the test's process. */
public final class LocalCluster {
  private LocalCluster() {}

  /** Two tasks at a time, one thread each. */
  public static SparkConf settings() {
    return new SparkConf(false)
        .setMaster("local[2]")
        .set("spark.ui.enabled", "false")
        .set("spark.log.level", "ERROR");
  }
}
