package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a schema, and what is wrong with them in one line. */
public final class Columns {

  private Columns() {}

  /**
   * Finds a column, by Spark's rule for upper and lower case.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static int indexOf(StructType schema, String name) {
    StructField[] fields = schema.fields();
    for (int index = 0; index < fields.length; index++) {
      if (isSame(fields[index].name(), name)) {
        return index;
      }
    }
    throw refused(
        name, "a column of this name", "only " + String.join(", ", schema.fieldNames()), "");
  }

  private static boolean isSame(String name, String other) {
    return SQLConf.get().caseSensitiveAnalysis()
        ? name.equals(other)
        : name.equalsIgnoreCase(other);
  }

  /**
   * Adds columns.
   *
   * @throws IllegalArgumentException if two columns have the same name
   */
  public static StructType with(StructType schema, List<StructField> columns) {
    StructType extended = new StructType();
    for (StructField column : schema.fields()) {
      extended = with(extended, column, "columns of different names", "two", "drop one");
    }
    for (StructField column : columns) {
      extended =
          with(
              extended,
              column,
              "no column of this name, since it is added",
              "one",
              "name another, or drop it");
    }
    return extended;
  }

  private static StructType with(
      StructType schema, StructField column, String expected, String found, String remedy) {
    for (String name : schema.fieldNames()) {
      if (isSame(name, column.name())) {
        throw refused(column.name(), expected, found, remedy);
      }
    }
    return schema.add(column);
  }

  /**
   * The same rows with types of which the rows of Java hold every value. Strings need not be UTF-8
   * in Spark, and dates of 1582 that the calendar left out do not exist in Java.
   */
  public static Dataset<Row> carried(Dataset<Row> rows) {
    return rows.select(
        Stream.of(rows.schema().fields())
            .map(
                field ->
                    carried(functions.col(quoted(field.name())), field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Column carried(Column column, DataType type) {
    if (type instanceof StringType) {
      return column.cast(DataTypes.BinaryType);
    }
    if (type.equals(DataTypes.DateType)) {
      return functions.unix_date(column);
    }
    return type.equals(DataTypes.TimestampType) ? functions.unix_micros(column) : column;
  }

  /** The rows of a schema, with its types and metadata, from those that were {@link #carried}. */
  public static Dataset<Row> restored(Dataset<Row> rows, StructType schema) {
    return rows.select(
        Stream.of(schema.fields())
            .map(
                field ->
                    restored(
                            functions.col(quoted(field.name())),
                            field.dataType(),
                            rows.schema().apply(field.name()).dataType())
                        .as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  private static Column restored(Column column, DataType type, DataType carried) {
    if (type.equals(carried)) {
      return column;
    }
    if (type.equals(DataTypes.DateType)) {
      return functions.date_from_unix_date(column);
    }
    return type.equals(DataTypes.TimestampType)
        ? functions.timestamp_micros(column)
        : column.cast(type);
  }

  /** The name of a column as it is, whatever characters it has. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The exception of Spark ML for a parameter or column, in one line. */
  public static IllegalArgumentException refused(
      String name, String expected, String found, String remedy) {
    return new IllegalArgumentException(
        new InvalidInputException(null, "column " + name, expected, found, remedy).getMessage());
  }
}
