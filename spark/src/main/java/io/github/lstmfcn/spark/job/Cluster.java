package io.github.lstmfcn.spark.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The cluster that jobs run on. Its session begins when it is first needed. */
public final class Cluster implements AutoCloseable {
  private static final String SPECULATION = "spark.speculation";
  private static final String LOG_LEVEL = "spark.log.level";

  /** Logs the frames of what a task refused, which the message of the program tells in a line. */
  private static final String WRITER =
      "org.apache.spark.sql.execution.datasources.FileFormatWriter";

  /** Files are divided by their size alone, so that any cluster reads the same parts. */
  private static final String LEAST_SPLITS = "spark.sql.files.minPartitionNum";

  private static final String TASK_CPUS = "spark.task.cpus";

  private final SparkConf settings;
  private JavaSparkContext context;

  /** The cluster of the settings that {@code spark-submit} gives. */
  public Cluster() {
    this(new SparkConf());
  }

  /**
   * The cluster of the given settings, or of the session that this process has already.
   *
   * @param settings the settings
   */
  public Cluster(SparkConf settings) {
    // No task is worth a second copy: two trainings would write the same folder.
    this.settings = settings.clone().set(SPECULATION, "false").setIfMissing(LOG_LEVEL, "WARN");
  }

  /** The settings. */
  public SparkConf settings() {
    return context == null ? settings : context.getConf();
  }

  /** The number of processors of a task, which is the number of threads it computes on. */
  int taskCpus() {
    return settings().getInt(TASK_CPUS, 1);
  }

  /**
   * The context of the session.
   *
   * @throws JobFailedException if the session runs a second copy of slow tasks
   */
  JavaSparkContext context() {
    if (context == null) {
      SparkSession session =
          SparkSession.builder().appName("lstm-fcn-spark").config(settings).getOrCreate();
      context = JavaSparkContext.fromSparkContext(session.sparkContext());
      Configurator.setLevel("io.jhdf", Level.ERROR);
      Configurator.setLevel(WRITER, Level.OFF);
      if (context.getConf().getBoolean(SPECULATION, false)) {
        throw new JobFailedException(
            SPECULATION
                + ": expected false, since two copies of a training would write the same folder,"
                + " found true; submit with --conf spark.speculation=false");
      }
    }
    return context;
  }

  /** The session. */
  public SparkSession session() {
    context();
    SparkSession session = SparkSession.active();
    session.conf().set(LEAST_SPLITS, "1");
    return session;
  }

  /** The configuration of the file systems. */
  public Configuration hadoop() {
    return session().sessionState().newHadoopConf();
  }

  /** Ends the session if it was begun. */
  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
