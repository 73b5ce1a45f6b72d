import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;

/**
 * What the library needs for series without Spark: reads Parquet files into arrays first, then
 * times predictions on one thread.
 *
 * <p>Arguments: model, folder of Parquet files. Prints a line of JSON.
 */
public final class LibraryAlone {
  private static final int WARM_UP = 4096;

  private LibraryAlone() {}

  /** Measures once. */
  public static void main(String[] args) {
    float[][][] series = read(args[1]);
    try (TimeSeriesClassifier classifier =
        TimeSeriesClassifier.of(Model.load(Path.of(args[0])), 1)) {
      predict(classifier, Arrays.copyOf(series, Math.min(WARM_UP, series.length)));
      long started = System.nanoTime();
      predict(classifier, series);
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "{\"side\": \"library\", \"master\": \"one thread\", \"rows\": %d, \"seconds\": %.3f}%n",
          series.length,
          seconds);
    }
  }

  private static float[][][] read(String folder) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    List<Row> rows = spark.read().parquet(folder).select("features").collectAsList();
    float[][][] series = new float[rows.size()][][];
    for (int i = 0; i < series.length; i++) {
      Seq<Float> steps = rows.get(i).getSeq(0);
      series[i] = new float[][] {new float[steps.size()]};
      Iterator<Float> values = scala.jdk.javaapi.CollectionConverters.asJava(steps.iterator());
      for (int step = 0; step < series[i][0].length; step++) {
        series[i][0][step] = values.next();
      }
    }
    spark.stop();
    return series;
  }

  private static void predict(TimeSeriesClassifier classifier, float[][][] series) {
    int size = classifier.batchSize();
    for (int from = 0; from < series.length; from += size) {
      float[][][] batch =
          Arrays.copyOfRange(series, from, Math.min(from + size, series.length));
      classifier.predictScores(batch, size);
    }
  }
}
