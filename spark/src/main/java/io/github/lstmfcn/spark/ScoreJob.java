package io.github.lstmfcn.spark;

import io.github.lstmfcn.cli.option.StreamedSeriesCheck;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.spark.job.JobFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    return session.read().parquet(folder.folder(input).toString()).count();
  }

  private void score(ScoreInput input) {
    boolean isParquet = input.isParquet();
    LstmFcnModel scorer =
        model
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setFeaturesCol(isParquet ? featuresCol : SeriesReading.SERIES);
    Dataset<Row> rows = isParquet ? session.read().parquet(input.path()) : read(input);
    try {
      scorer.transformSchema(rows.schema());
    } catch (IllegalArgumentException unfit) {
      throw new JobFailedException(input.path() + ": " + unfit.getMessage());
    }
    Dataset<Row> scored =
        scorer.transform(input.tasks() == 1 ? rows.coalesce(1) : rows.repartition(input.tasks()));
    for (String vector : List.of(model.getRawPredictionCol(), model.getProbabilityCol())) {
      scored = scored.withColumn(vector, functions.vector_to_array(scored.col(vector), SINGLE));
    }
    // The series of a text need not be written again.
    (isParquet ? scored : scored.drop(SeriesReading.SERIES))
        .write()
        .mode("overwrite")
        .parquet(folder.folder(input).toString());
  }

  private Dataset<Row> read(ScoreInput input) {
    StreamedSeriesCheck check =
        StreamedSeriesCheck.of(model.length(), text.truncate, text.layout, Path.of(input.name()));
    SeriesReading reading =
        new SeriesReading(
            text.layout,
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
