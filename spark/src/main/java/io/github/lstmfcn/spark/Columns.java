package io.github.lstmfcn.spark;

import io.github.lstmfcn.error.InvalidInputException;
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
   * Adds a column.
   *
   * @throws IllegalArgumentException if there is one of this name
   */
  static StructType with(StructType schema, StructField column) {
    for (String name : schema.fieldNames()) {
      if (name.equals(column.name())) {
        throw refused(
            name, "no column of this name, since it is added", "one", "name another, or drop it");
      }
    }
    return schema.add(column);
  }

  /** The exception of Spark ML for a parameter or column, in one line. */
  static IllegalArgumentException refused(
      String name, String expected, String found, String remedy) {
    return new IllegalArgumentException(
        new InvalidInputException(null, "column " + name, expected, found, remedy).getMessage());
  }
}
