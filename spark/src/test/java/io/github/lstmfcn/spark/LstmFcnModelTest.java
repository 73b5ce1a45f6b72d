package io.github.lstmfcn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.model.ClassScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LstmFcnModelTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path WEIGHTS = ROOT.resolve("keras-weights/2017-lstmfcn-8-CBF/weights.h5");
  private static final Dataset TEST = DatasetFile.read(ROOT.resolve("testdata/CBF/CBF_TEST.tsv"));
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < TEST.size(); i++) {
      rows.add(RowFactory.create(i, TEST.series()[i][0]));
    }
    return rows;
  }

  @Test
  void answersWhatTheLibraryAnswersToTheRowsOfAPartitionBitForBit() {
    List<Row> scored =
        LstmFcnModel.load(WEIGHTS.toString())
            .setBatchSize(16)
            .transform(spark.createDataFrame(rows(), SCHEMA).coalesce(1))
            .collectAsList();

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(WEIGHTS)) {
      ClassScores expected = classifier.predictScores(TEST.series(), 16);
      assertThat(scored).hasSize(TEST.size());
      for (int i = 0; i < TEST.size(); i++) {
        Row row = scored.get(i);
        assertThat(floats(row, "probability")).containsExactly(expected.probabilities()[i]);
        assertThat(floats(row, "rawPrediction")).containsExactly(expected.logits()[i]);
      }
    }
  }

  private static float[] floats(Row row, String column) {
    double[] values = row.<Vector>getAs(column).toArray();
    float[] floats = new float[values.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) values[k];
    }
    return floats;
  }
}
