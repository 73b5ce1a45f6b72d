package io.github.lstmfcn.spark.row;

import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** A column that a model adds, in the order in which they are added. */
public enum AddedColumn {
  RAW_PREDICTION,
  PROBABILITY,
  PREDICTION,
  PREDICTED_LABEL;

  /**
   * The field of the column.
   *
   * @param name its name
   * @param labels the labels of the classes; empty if they are not known yet
   */
  public StructField field(String name, String[] labels) {
    return switch (this) {
      case RAW_PREDICTION, PROBABILITY ->
          labels.length == 0
              ? new StructField(name, SQLDataTypes.VectorType(), true, Metadata.empty())
              : new AttributeGroup(name, labels.length).toStructField();
      case PREDICTION ->
          labels.length == 0
              ? new StructField(name, DataTypes.DoubleType, true, Metadata.empty())
              : NominalAttribute.defaultAttr().withName(name).withValues(labels).toStructField();
      case PREDICTED_LABEL -> new StructField(name, DataTypes.StringType, true, Metadata.empty());
    };
  }
}
