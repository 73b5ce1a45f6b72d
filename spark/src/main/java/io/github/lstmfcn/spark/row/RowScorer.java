package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.model.Precision;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Scores the rows of a partition on an executor.
 *
 * @param model the files of the model
 * @param digest the digest of the files
 * @param truncate whether longer series are truncated
 * @param batchSize the number of series that are run at once; 0 for the library's own choice
 * @param rows how rows are read and what is added to them
 */
public record RowScorer(
    Broadcast<ModelFiles> model, String digest, boolean truncate, int batchSize, ScoredRow rows)
    implements MapPartitionsFunction<Row, Row>, Serializable {

  @Override
  public Iterator<Row> call(Iterator<Row> input) {
    if (!input.hasNext()) {
      return input; // no model is opened for an empty partition
    }
    TaskContext task = TaskContext.get();
    int threads = task.cpus();
    String key = digest + (truncate ? " truncating" : "") + " on " + threads;
    ExecutorClassifiers classifiers = ExecutorClassifiers.ofProcess();
    TimeSeriesClassifier classifier =
        classifiers.borrow(key, () -> opened().open(truncate, each -> classifier(each, threads)));
    task.addTaskCompletionListener((TaskCompletionListener) ended -> classifiers.release(key));
    int size = batchSize == 0 ? classifier.batchSize() : batchSize;
    return new ScoredRows(input, classifier, size, rows);
  }

  /** In one precision, whatever the environments of the executors are. */
  private static TimeSeriesClassifier classifier(Model model, int threads) {
    return TimeSeriesClassifier.of(model, threads, Precision.FLOAT32);
  }

  private ModelFiles opened() {
    ModelFiles files = model.value();
    if (!files.digest().equals(digest)) {
      throw new IllegalStateException(
          "expected the model %s, found %s under its number; load the model again in this session"
              .formatted(digest, files.digest()));
    }
    return files;
  }
}
