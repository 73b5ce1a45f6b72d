package io.github.lstmfcn.spark;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.spark.row.Columns;
import io.github.lstmfcn.spark.row.LabelColumn;
import io.github.lstmfcn.spark.row.ModelFiles;
import io.github.lstmfcn.spark.row.SeriesColumn;
import java.io.IOException;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network of the LSTM-FCN family on a DataFrame, as an estimator of Spark ML.
 *
 * <pre>{@code
 * LstmFcnModel model =
 *     new LstmFcnClassifier().setCells(8).setEpochs(200).fit(train);
 * }</pre>
 *
 * <p>One training is small, many are the problem: a fit is a Spark job whose single task trains on
 * one executor, with all rows in its memory. {@code CrossValidator} and {@code
 * TrainValidationSplit} submit as many fits at a time as their {@code parallelism} says, and Spark
 * runs them on as many executors. The same rows in the same order give the same weights bit for bit
 * on the same number of threads, {@code spark.task.cpus}.
 */
public final class LstmFcnClassifier extends Estimator<LstmFcnModel>
    implements HasPredictionColumns<LstmFcnClassifier>,
        HasTrainingParameters<LstmFcnClassifier>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final PredictionColumns columns;
  private final TrainingParameters parameters;

  /** Creates an estimator of 8 cells with the standard recipe. */
  public LstmFcnClassifier() {
    this(Identifiable$.MODULE$.randomUID("lstmFcnClassifier"));
  }

  /**
   * Creates an estimator with an identifier, as Spark does when it loads one.
   *
   * @param uid the identifier
   */
  public LstmFcnClassifier(String uid) {
    this.uid = uid;
    columns = PredictionColumns.of(this);
    parameters = TrainingParameters.of(this);
    columns.setDefaults(this);
    parameters.setDefaults(this);
  }

  /**
   * Loads an estimator that was saved.
   *
   * @param path the folder
   * @return the estimator
   */
  public static LstmFcnClassifier load(String path) {
    return read().load(path);
  }

  /** {@return a reader of saved estimators} */
  public static MLReader<LstmFcnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public MLWriter write() {
    return DefaultParamsWritable.super.write();
  }

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

  @Override
  public TrainingParameters trainingParameters() {
    return parameters;
  }

  /**
   * Trains on all rows.
   *
   * @param dataset rows with a series and a label
   * @return the model, with the labels of the column's metadata, or the strings of the column
   * @throws IllegalArgumentException as {@link #transformSchema}, or if the series or labels cannot
   *     be learned from, in one line
   * @throws IllegalStateException if the training diverged
   */
  @Override
  public LstmFcnModel fit(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    transformSchema(schema);
    SeriesColumn series = SeriesColumn.in(schema, getFeaturesCol());
    LabelColumn labels = LabelColumn.in(schema, getLabelCol());
    Dataset<Row> examples =
        dataset
            .toDF()
            .select(functions.col(Columns.quoted(series.name())), labels.values())
            .coalesce(1); // keeps their order, so that a training can be repeated
    TrainingTask task = new TrainingTask(series.at(0), labels, settings());
    Model trained =
        TrainingTask.model(examples.mapPartitions(task, TrainingTask.ENCODER).collectAsList());
    LstmFcnModel model = new LstmFcnModel(uid, trained, ModelFiles.of(trained));
    copyColumnsTo(model);
    return model.setParent(this);
  }

  private void copyColumnsTo(LstmFcnModel model) {
    for (Param<?> parameter : columns.all()) {
      if (isSet(parameter)) {
        copy(parameter, model);
      }
    }
  }

  private void copy(Param<?> parameter, LstmFcnModel model) {
    model.set(model.getParam(parameter.name()), getOrDefault(parameter));
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        (String) value(kind()),
        getCells(),
        getRecipe(),
        (Integer) value(epochs()),
        (Integer) value(trainingBatchSize()),
        (Double) value(learningRate()),
        (Double) value(validationSplit()),
        (String) value(monitor()),
        (Double) value(dropout()),
        (String) value(normalize()),
        getSeed());
  }

  /** The value of a parameter; null if it has none. */
  private Object value(Param<?> parameter) {
    return isDefined(parameter) ? getOrDefault(parameter) : null;
  }

  /**
   * The schema of rows that a trained model has transformed.
   *
   * @param schema the schema of the rows
   * @return the schema with the columns that the model adds
   * @throws IllegalArgumentException if the column of series or that of labels is missing or of
   *     another type, a column to add exists, or a parameter does not fit another
   */
  @Override
  public StructType transformSchema(StructType schema) {
    SeriesColumn.in(schema, getFeaturesCol());
    LabelColumn.in(schema, getLabelCol());
    settings().check();
    return Columns.with(schema, PredictionColumns.fields(this));
  }

  @Override
  public LstmFcnClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
