package io.github.lstmfcn.spark;

import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

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
  /** The values of {@link #handleInvalid}. */
  static final String ERROR = "error";

  static final String SKIP = "skip";
  static final String KEEP = "keep";

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
            ParamValidators.inArray(List.of(ERROR, SKIP, KEEP))));
  }

  private static Param<String> column(Params owner, String name, String documentation) {
    return new Param<>(owner, name, documentation);
  }

  /** All parameters. */
  List<Param<?>> all() {
    return List.of(
        features, rawPrediction, probability, prediction, predictedLabel, batchSize, handleInvalid);
  }

  /** Sets the names that Spark gives to such columns. */
  void setDefaults(Params owner) {
    owner.setDefault(features, "features");
    owner.setDefault(rawPrediction, "rawPrediction");
    owner.setDefault(probability, "probability");
    owner.setDefault(prediction, "prediction");
    owner.setDefault(predictedLabel, "predictedLabel");
    owner.setDefault(handleInvalid, ERROR);
  }
}
