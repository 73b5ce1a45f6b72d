package io.github.lstmfcn.spark;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.spark.job.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A session of two threads, and what is shipped as rows. */
final class LocalSpark {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path WEIGHTS = ROOT.resolve("keras-weights/2017-lstmfcn-8-CBF/weights.h5");
  static final Dataset TEST = DatasetFile.read(ROOT.resolve("testdata/CBF/CBF_TEST.tsv"));
  static final Dataset TRAIN = DatasetFile.read(ROOT.resolve("testdata/CBF/CBF_TRAIN.tsv"));
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("label", DataTypes.StringType)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType));

  private LocalSpark() {}

  /** The session of this process; a class of tests stops it at its end. */
  static SparkSession session() {
    return SparkSession.builder()
        .config(LocalCluster.settings())
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", "target/spark-warehouse")
        .getOrCreate();
  }

  static List<Row> rows(Dataset data) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      rows.add(RowFactory.create(i, data.labels().get(i), data.series()[i][0]));
    }
    return rows;
  }

  static org.apache.spark.sql.Dataset<Row> frame(Dataset data) {
    return session().createDataFrame(rows(data), SCHEMA);
  }

  static float[] floats(Row row, String column) {
    double[] values = row.<Vector>getAs(column).toArray();
    float[] floats = new float[values.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) values[k];
    }
    return floats;
  }
}
