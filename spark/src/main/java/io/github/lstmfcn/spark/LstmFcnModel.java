package io.github.lstmfcn.spark;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.spark.row.Columns;
import io.github.lstmfcn.spark.row.ModelFiles;
import io.github.lstmfcn.spark.row.RowScorer;
import io.github.lstmfcn.spark.row.ScoredRow;
import io.github.lstmfcn.spark.row.SeriesColumn;
import java.io.IOException;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag$;

/**
 * A model of the LSTM-FCN family as a transformer of Spark ML: it adds logits, class probabilities,
 * the index and the label of the most probable class to rows that have a series.
 *
 * <pre>{@code
 * LstmFcnModel model = LstmFcnModel.load("hdfs:/models/cbf.h5").setFeaturesCol("series");
 * model.transform(rows).select("id", "predictedLabel", "probability");
 * }</pre>
 *
 * <p>Series are prepared as the library does: missing values are NaN or null, shorter series are
 * padded, the model normalises. What the library answers to the rows of a partition in batches of
 * the same size is what is added, bit for bit. The model is broadcast, opened once per executor
 * process and shared by its tasks; each task computes on {@code spark.task.cpus} threads.
 */
public final class LstmFcnModel extends org.apache.spark.ml.Model<LstmFcnModel>
    implements HasPredictionColumns<LstmFcnModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ModelFiles files;
  private final transient Model model;
  private final PredictionColumns columns;
  private final BooleanParam truncate;

  /** Broadcast when it is first needed, for all copies that this process transforms with. */
  private transient Broadcast<ModelFiles> broadcast;

  private transient SparkContext broadcastBy;

  LstmFcnModel(String uid, Model model, ModelFiles files) {
    this.uid = uid;
    this.model = model;
    this.files = files;
    columns = PredictionColumns.of(this);
    truncate =
        new BooleanParam(
            this, "truncate", "whether longer series are cut at the model's length, not refused");
    columns.setDefaults(this);
    setDefault(truncate, model.preparation().truncate());
  }

  /**
   * Loads a model from a Keras weight file, the folder of a training run, a SavedModel or what
   * {@link #write} has written.
   *
   * @param path a file or folder on any file system of Hadoop; a local one is read by the driver
   *     alone
   * @return the model
   * @throws InvalidInputException if the path is none of these, or damaged
   */
  public static LstmFcnModel load(String path) {
    return load(path, LoadOptions.defaults());
  }

  /**
   * Loads a model, as {@link #load(String)} does.
   *
   * @param path a file or folder on any file system of Hadoop
   * @param options what overrides the file
   * @return the model
   * @throws InvalidInputException if the path is no model, is damaged, or does not fit the options
   */
  public static LstmFcnModel load(String path, LoadOptions options) {
    return new StoredModel(path, options, SparkSession.active()).load();
  }

  /**
   * Makes a transformer of a model.
   *
   * @param model the model, such as one that was trained in this process
   * @return the transformer
   */
  public static LstmFcnModel of(Model model) {
    return new LstmFcnModel(
        Identifiable$.MODULE$.randomUID("lstmFcn"), model, ModelFiles.of(model));
  }

  /** {@return a reader of what {@link #write} has written} */
  public static MLReader<LstmFcnModel> read() {
    return new MLReader<>() {
      @Override
      public LstmFcnModel load(String path) {
        return new StoredModel(path, LoadOptions.defaults(), sparkSession()).load();
      }
    };
  }

  /**
   * A writer of the model and its parameters. The library loads the model too: it is {@code
   * model/weights.h5} below the path, or the SavedModel in the folder {@code model}.
   *
   * @return the writer
   */
  @Override
  public MLWriter write() {
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        StoredModel.save(LstmFcnModel.this, path, sparkSession());
      }
    };
  }

  /**
   * Saves the model to a new folder.
   *
   * @param path the folder, on any file system of Hadoop
   * @throws IOException if the path exists; {@code write().overwrite()} replaces it
   */
  @Override
  public void save(String path) throws IOException {
    write().save(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PredictionColumns predictionColumns() {
    return columns;
  }

  /** {@return the parameter {@code truncate}} */
  public BooleanParam truncate() {
    return truncate;
  }

  /** {@return whether longer series are cut at the model's length; false unless set} */
  public boolean getTruncate() {
    return (Boolean) getOrDefault(truncate);
  }

  /**
   * Sets whether series that are longer than the model's input are cut at its length.
   *
   * @param value false to refuse them
   * @return this model
   */
  public LstmFcnModel setTruncate(boolean value) {
    set(truncate, value);
    return this;
  }

  /** {@return the model of the library, to inspect it or to predict in this process} */
  public Model model() {
    return model;
  }

  ModelFiles files() {
    return files;
  }

  /** {@return the labels of the classes, in the order of the probabilities} */
  public String[] labels() {
    return model.labels().toArray(String[]::new);
  }

  /** {@return the number of steps of the model's input} */
  public int length() {
    return model.spec().length();
  }

  /** SHA-256 of the model's files, in hexadecimal. */
  String digest() {
    return files.digest();
  }

  /** {@return the number of classes} */
  public int numClasses() {
    return model.spec().classes();
  }

  /**
   * Adds the predictions.
   *
   * @param dataset rows with a column of series, from a table or a stream
   * @return the rows with the columns that are named by this model's parameters
   * @throws IllegalArgumentException as {@link #transformSchema}
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType input = dataset.schema();
    StructType output = transformSchema(input);
    Dataset<Row> carried = Columns.carried(dataset.toDF());
    StructType scored = Columns.with(carried.schema(), PredictionColumns.fields(this, labels()));
    ScoredRow rows =
        new ScoredRow(
            input,
            SeriesColumn.in(input, getFeaturesCol(), model.spec().variables()),
            getHandleInvalid(),
            List.copyOf(PredictionColumns.added(this).keySet()),
            model.labels());
    int size = isDefined(batchSize()) ? getBatchSize() : 0;
    RowScorer scorer =
        new RowScorer(broadcast(dataset.sparkSession()), files.digest(), getTruncate(), size, rows);
    return Columns.restored(carried.mapPartitions(scorer, Encoders.row(scored)), output);
  }

  private synchronized Broadcast<ModelFiles> broadcast(SparkSession session) {
    SparkContext context = session.sparkContext();
    if (broadcast == null || broadcastBy != context || !broadcast.isValid()) {
      broadcast = context.broadcast(files, ClassTag$.MODULE$.apply(ModelFiles.class));
      broadcastBy = context;
    }
    return broadcast;
  }

  /**
   * The schema of the transformed rows.
   *
   * @param schema the schema of the rows
   * @return the schema with the added columns
   * @throws IllegalArgumentException if the column of series is missing or of another type, a
   *     column to add exists, or the model's answer to a series depends on others of its batch,
   *     which Spark puts together as it likes
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ModelSpec spec = model.spec();
    if (spec.dependsOnBatch()) {
      throw new IllegalArgumentException(
          new InvalidInputException(
                  null,
                  "model",
                  "one whose answer to a series does not depend on other series",
                  "attention across the batch, of which Spark puts others together at each run",
                  "load it with the attention of LoadOptions, or score it with lstmfcn")
              .getMessage());
    }
    SeriesColumn.in(schema, getFeaturesCol(), spec.variables());
    return Columns.with(schema, PredictionColumns.fields(this, labels()));
  }

  @Override
  public LstmFcnModel copy(ParamMap extra) {
    LstmFcnModel copy = new LstmFcnModel(uid, model, files);
    copy.broadcast = broadcast;
    copy.broadcastBy = broadcastBy;
    return copyValues(copy, extra).setParent(parent());
  }

  /** {@code LstmFcnModel: uid=…, MLSTM-FCN, …}. */
  @Override
  public String toString() {
    return "LstmFcnModel: uid=%s, %s".formatted(uid, model.spec());
  }
}
