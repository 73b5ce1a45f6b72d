package io.github.lstmfcn.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** A column that a model adds, in the order in which they are added. */
enum AddedColumn {
  RAW_PREDICTION,
  PROBABILITY,
  PREDICTION,
  PREDICTED_LABEL;

  /** The columns that a stage adds: those that have a name. */
  static List<AddedColumn> of(HasPredictionColumns<?> stage) {
    List<AddedColumn> added = new ArrayList<>();
    for (AddedColumn column : values()) {
      if (!column.name(stage).isEmpty()) {
        added.add(column);
      }
    }
    return added;
  }

  /**
   * The fields of the columns that a stage adds.
   *
   * @param labels the labels of the classes; empty if they are not known yet
   */
  static List<StructField> fields(HasPredictionColumns<?> stage, String[] labels) {
    return of(stage).stream().map(column -> column.field(stage, labels)).toList();
  }

  private String name(HasPredictionColumns<?> stage) {
    return switch (this) {
      case RAW_PREDICTION -> stage.getRawPredictionCol();
      case PROBABILITY -> stage.getProbabilityCol();
      case PREDICTION -> stage.getPredictionCol();
      case PREDICTED_LABEL -> stage.getPredictedLabelCol();
    };
  }

  private StructField field(HasPredictionColumns<?> stage, String[] labels) {
    String column = name(stage);
    return switch (this) {
      case RAW_PREDICTION, PROBABILITY ->
          labels.length == 0
              ? new StructField(column, SQLDataTypes.VectorType(), true, Metadata.empty())
              : new AttributeGroup(column, labels.length).toStructField();
      case PREDICTION ->
          labels.length == 0
              ? new StructField(column, DataTypes.DoubleType, true, Metadata.empty())
              : NominalAttribute.defaultAttr().withName(column).withValues(labels).toStructField();
      case PREDICTED_LABEL -> new StructField(column, DataTypes.StringType, true, Metadata.empty());
    };
  }
}
