package io.github.lstmfcn.spark;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a schema, and what is wrong with them in one line. */
final class Columns {

  private Columns() {}

  /**
   * Finds a column.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static StructField find(StructType schema, String name) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    throw refused(
        name, "a column of this name", "only " + String.join(", ", schema.fieldNames()), "");
  }

  /**
   * Adds columns.
   *
   * @throws IllegalArgumentException if there is one of their names
   */
  static StructType with(StructType schema, List<StructField> columns) {
    StructType extended = schema;
    for (StructField column : columns) {
      for (String name : extended.fieldNames()) {
        if (name.equals(column.name())) {
          throw refused(
              name, "no column of this name, since it is added", "one", "name another, or drop it");
        }
      }
      extended = extended.add(column);
    }
    return extended;
  }

  /** The same rows with the metadata of a schema, which an encoder of rows drops. */
  static Dataset<Row> withMetadata(Dataset<Row> rows, StructType schema) {
    return rows.select(
        Stream.of(schema.fields())
            .map(field -> functions.col(quoted(field.name())).as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  /** The name of a column as it is, whatever characters it has. */
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The exception of Spark ML for a parameter or column, in one line. */
  static IllegalArgumentException refused(
      String name, String expected, String found, String remedy) {
    return new IllegalArgumentException(
        new InvalidInputException(null, "column " + name, expected, found, remedy).getMessage());
  }
}
