package io.github.lstmfcn.spark.row;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column of labels: class indices from 0, as Spark ML has them, or strings.
 *
 * @param name the name of the column
 * @param isIndex whether it has class indices
 * @param names the names of the classes, if the column's metadata has them as after {@code
 *     StringIndexer}; empty otherwise
 */
public record LabelColumn(String name, boolean isIndex, List<String> names)
    implements Serializable {

  /**
   * Finds a column of labels.
   *
   * @throws IllegalArgumentException if there is no such column or it has another type
   */
  public static LabelColumn in(StructType schema, String name) {
    StructField field = schema.fields()[Columns.indexOf(schema, name)];
    if (field.dataType().equals(DataTypes.StringType)) {
      return new LabelColumn(name, false, List.of());
    }
    if (!(field.dataType() instanceof NumericType)) {
      throw Columns.refused(
          name,
          "class indices from 0, or strings",
          field.dataType().simpleString(),
          "make them with StringIndexer");
    }
    List<String> names =
        Attribute.fromStructField(field) instanceof NominalAttribute nominal
                && nominal.values().isDefined()
            ? List.of(nominal.values().get())
            : List.of();
    return new LabelColumn(name, true, names);
  }

  /** The labels: as they are, or class indices as double. */
  public Column values() {
    Column column = functions.col(Columns.quoted(name));
    return isIndex ? column.cast(DataTypes.DoubleType) : column;
  }
}
