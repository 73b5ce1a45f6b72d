package io.github.lstmfcn.spark;

import io.github.lstmfcn.spark.row.AddedColumn;
import io.github.lstmfcn.spark.row.ScoredRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructField;

/**
 * The parameters of {@link HasPredictionColumns}, declared for one owner.
 *
 * @param features the column of series
 * @param rawPrediction the column for logits
 * @param probability the column for probabilities
 * @param prediction the column for the index of the most probable class
 * @param predictedLabel the column for its label
 * @param batchSize the number of series that are run at once
 * @param handleInvalid what becomes of rows that cannot be scored
 */
public record PredictionColumns(
    Param<String> features,
    Param<String> rawPrediction,
    Param<String> probability,
    Param<String> prediction,
    Param<String> predictedLabel,
    IntParam batchSize,
    Param<String> handleInvalid) {
  static PredictionColumns of(Params owner) {
    return new PredictionColumns(
        column(owner, "featuresCol", "column of series"),
        column(owner, "rawPredictionCol", "column for logits; empty for none"),
        column(owner, "probabilityCol", "column for class probabilities; empty for none"),
        column(owner, "predictionCol", "column for the index of the class; empty for none"),
        column(owner, "predictedLabelCol", "column for the label of the class; empty for none"),
        new IntParam(
            owner,
            "batchSize",
            "number of series that are run at once (>= 1)",
            ParamValidators.gtEq(1)),
        new Param<>(
            owner,
            "handleInvalid",
            "what becomes of rows that cannot be scored: 'error' (fail), 'skip' (leave them out) or"
                + " 'keep' (NaN and no label)",
            ParamValidators.inArray(ScoredRow.HANDLINGS)));
  }

  private static Param<String> column(Params owner, String name, String documentation) {
    return new Param<>(owner, name, documentation);
  }

  /** All parameters. */
  List<Param<?>> all() {
    return List.of(
        features, rawPrediction, probability, prediction, predictedLabel, batchSize, handleInvalid);
  }

  /** The columns that a stage adds by their names: those that have one. */
  static Map<AddedColumn, String> added(HasPredictionColumns<?> stage) {
    Map<AddedColumn, String> names = new EnumMap<>(AddedColumn.class);
    names.put(AddedColumn.RAW_PREDICTION, stage.getRawPredictionCol());
    names.put(AddedColumn.PROBABILITY, stage.getProbabilityCol());
    names.put(AddedColumn.PREDICTION, stage.getPredictionCol());
    names.put(AddedColumn.PREDICTED_LABEL, stage.getPredictedLabelCol());
    names.values().removeIf(String::isEmpty);
    return names;
  }

  /**
   * The fields of the columns that a stage adds.
   *
   * @param labels the labels of the classes; none if they are not known yet
   */
  static List<StructField> fields(HasPredictionColumns<?> stage, String... labels) {
    return added(stage).entrySet().stream()
        .map(column -> column.getKey().field(column.getValue(), labels))
        .toList();
  }

  /** Sets the names that Spark gives to such columns. */
  void setDefaults(Params owner) {
    owner.setDefault(features, "features");
    owner.setDefault(rawPrediction, "rawPrediction");
    owner.setDefault(probability, "probability");
    owner.setDefault(prediction, "prediction");
    owner.setDefault(predictedLabel, "predictedLabel");
    owner.setDefault(handleInvalid, ScoredRow.ERROR);
  }
}
