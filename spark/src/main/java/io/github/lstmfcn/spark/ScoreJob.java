package io.github.lstmfcn.spark;

import io.github.lstmfcn.cli.option.StreamedSeriesCheck;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.spark.job.JobFailedException;
import io.github.lstmfcn.spark.row.Columns;
import io.github.lstmfcn.spark.row.UnusableRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores files, each by a job of its own, several at a time.
 *
 * @param session the session
 * @param model the model
 * @param folder the folder of scores
 * @param featuresCol the column of series in Parquet
 * @param text how other files are read
 */
record ScoreJob(
    SparkSession session, LstmFcnModel model, ScoreFolder folder, String featuresCol, Text text) {
  /** Small files do not fill a cluster one by one. */
  private static final int FILES_AT_A_TIME = 8;

  private static final int SECONDS_TO_CANCEL = 30;

  /** The column that the folders of files are to Spark. */
  private static final String INPUT = "input";

  /** Spark's option for whether a path is a pattern. */
  private static final String PATTERNS = "__globPaths__";

  private static final String SINGLE = "float32";

  /**
   * How files are read that are not Parquet.
   *
   * @param layout the layout, where the format leaves it open
   * @param split the split to read, if a file has both
   * @param truncate whether longer series are truncated
   */
  record Text(TableLayout layout, Split split, boolean truncate) {}

  /**
   * A scored file.
   *
   * @param input the file
   * @param series the number of answers
   * @param isNew whether it was scored now
   */
  record Scored(ScoreInput input, long series, boolean isNew) {}

  /**
   * Scores the files that are missing.
   *
   * @return every file, in their order
   */
  List<Scored> score(List<ScoreInput> inputs, List<ScoreInput> missing) {
    ExecutorService submitters = Executors.newFixedThreadPool(FILES_AT_A_TIME);
    try {
      List<Future<?>> jobs = new ArrayList<>();
      for (ScoreInput input : missing) {
        jobs.add(submitters.submit(() -> score(input)));
      }
      for (Future<?> job : jobs) {
        job.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      submitters.shutdownNow();
      session.sparkContext().cancelAllJobs();
      awaitEnd(submitters); // so that what Spark logs of them is not behind the message
      throw failure.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failure.getCause());
    } finally {
      submitters.shutdownNow();
    }
    return inputs.stream()
        .map(input -> new Scored(input, count(input), missing.contains(input)))
        .toList();
  }

  private static void awaitEnd(ExecutorService submitters) {
    try {
      submitters.awaitTermination(SECONDS_TO_CANCEL, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long count(ScoreInput input) {
    String answers = folder.folder(input).toString();
    try {
      return parquet(answers).count();
    } catch (Exception damaged) { // Scala throws what it does not declare
      throw new JobFailedException(
          "%s: expected the answers to %s, found %s; delete it to score the file again"
              .formatted(answers, input.name(), firstLine(damaged)));
    }
  }

  /** Parquet under a name in which no character stands for others. */
  private Dataset<Row> parquet(String path) {
    return session.read().option(PATTERNS, "false").parquet(path);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("" + failure);
  }

  private void score(ScoreInput input) {
    Path unfinished = folder.unfinished(input);
    try {
      answers(input).write().parquet(unfinished.toString());
    } catch (JobFailedException known) {
      throw known;
    } catch (Exception failure) { // Scala throws what it does not declare
      folder.discard(unfinished);
      throw refused(input, failure);
    }
    folder.complete(input, unfinished);
  }

  /** What a task refused, or else what Spark says of the file. */
  private static RuntimeException refused(ScoreInput input, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableRowException unusable) {
        return unusable.getMessage().startsWith(input.path())
            ? unusable
            : new JobFailedException(input.path() + ": " + unusable.getMessage());
      }
    }
    return new JobFailedException(
        input.path() + ": expected a file that can be scored, found " + firstLine(failure));
  }

  private Dataset<Row> answers(ScoreInput input) {
    boolean isParquet = input.isParquet();
    LstmFcnModel scorer =
        model
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setFeaturesCol(isParquet ? featuresCol : SeriesReading.SERIES);
    Dataset<Row> rows = isParquet ? parquet(input.path()) : read(input);
    try {
      Columns.with(
          scorer.transformSchema(rows.schema()),
          List.of(new StructField(INPUT, DataTypes.StringType, true, Metadata.empty())));
    } catch (IllegalArgumentException unfit) {
      throw new JobFailedException(input.path() + ": " + unfit.getMessage());
    }
    Dataset<Row> scored =
        scorer.transform(input.tasks() == 1 ? rows.coalesce(1) : rows.repartition(input.tasks()));
    for (String vector : List.of(model.getRawPredictionCol(), model.getProbabilityCol())) {
      scored = scored.withColumn(vector, functions.vector_to_array(scored.col(vector), SINGLE));
    }
    // The series of a text need not be written again.
    return isParquet ? scored : scored.drop(SeriesReading.SERIES);
  }

  private Dataset<Row> read(ScoreInput input) {
    StreamedSeriesCheck check =
        StreamedSeriesCheck.of(
            model.length(), text.truncate, text.layout, java.nio.file.Path.of(input.name()));
    SeriesReading reading =
        new SeriesReading(
            SeriesReading.text(text.layout),
            text.split,
            check,
            model.getHandleInvalid(),
            new SerializableConfiguration(session.sessionState().newHadoopConf()));
    return session
        .createDataset(List.of(input.path()), Encoders.STRING())
        .repartition(1)
        .flatMap(reading, Encoders.row(SeriesReading.SCHEMA));
  }
}
