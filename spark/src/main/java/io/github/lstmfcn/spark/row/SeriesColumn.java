package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.Serializable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * A column of series.
 *
 * @param name the name of the column
 * @param index the index of the column
 * @param kind how its values hold a series
 */
public record SeriesColumn(String name, int index, Kind kind) implements Serializable {
  /** A sparse vector may claim more than fits in memory. */
  private static final int MOST_STEPS = 1 << 24;

  private static final String TYPES =
      "array<float>, array<double> or vector for series of one variable, or an array of such arrays"
          + " for series of several";

  /** How a value holds a series. */
  public enum Kind {
    /** Steps of one variable. */
    ARRAY,
    /** Steps of one variable. */
    VECTOR,
    /** Variables, each an array of steps. */
    ARRAYS
  }

  /**
   * Finds a column of series.
   *
   * @throws IllegalArgumentException if there is no such column, it has another type or one for
   *     another number of variables
   */
  public static SeriesColumn in(StructType schema, String name, int variables) {
    int index = Columns.indexOf(schema, name);
    StructField field = schema.fields()[index];
    Kind kind = kind(field.dataType());
    if (kind == null) {
      throw Columns.refused(
          name, TYPES, field.dataType().simpleString(), "cast it, as with .cast('array<double>')");
    }
    if (kind != Kind.ARRAYS && variables > 1) {
      throw Columns.refused(
          name,
          "array<array<float>> or array<array<double>>, [variable][step], for the model's "
              + variables
              + " variables",
          field.dataType().simpleString(),
          "");
    }
    return new SeriesColumn(field.name(), index, kind);
  }

  /**
   * Finds a column of series of any number of variables.
   *
   * @throws IllegalArgumentException if there is no such column, or it has another type
   */
  public static SeriesColumn in(StructType schema, String name) {
    return in(schema, name, 1);
  }

  /** The same column at another index. */
  public SeriesColumn at(int other) {
    return new SeriesColumn(name, other, kind);
  }

  private static Kind kind(DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return Kind.VECTOR;
    }
    if (!(type instanceof ArrayType array)) {
      return null;
    }
    if (isFloating(array.elementType())) {
      return Kind.ARRAY;
    }
    return array.elementType() instanceof ArrayType inner && isFloating(inner.elementType())
        ? Kind.ARRAYS
        : null;
  }

  private static boolean isFloating(DataType type) {
    return type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType);
  }

  /**
   * The series of a row, float32 {@code [variable][step]}, with NaN for null.
   *
   * @return null if the row has none, or a variable is null
   */
  public float[][] of(Row row) {
    if (row.isNullAt(index)) {
      return null;
    }
    return switch (kind) {
      case VECTOR -> new float[][] {floats((Vector) row.get(index))};
      case ARRAY -> new float[][] {floats(row.getSeq(index))};
      case ARRAYS -> variables(row.getSeq(index));
    };
  }

  private static float[][] variables(Seq<Seq<?>> variables) {
    float[][] series = new float[variables.size()][];
    Iterator<Seq<?>> each = variables.iterator();
    for (int variable = 0; variable < series.length; variable++) {
      Seq<?> steps = each.next();
      if (steps == null) {
        return null;
      }
      series[variable] = floats(steps);
    }
    return series;
  }

  private static float[] floats(Seq<?> steps) {
    float[] values = new float[steps.size()];
    Iterator<?> each = steps.iterator();
    for (int step = 0; step < values.length; step++) {
      Object value = each.next();
      values[step] = value == null ? Float.NaN : ((Number) value).floatValue();
    }
    return values;
  }

  private static float[] floats(Vector vector) {
    if (vector.size() > MOST_STEPS) {
      throw new InvalidInputException(
          null, "", "at most " + MOST_STEPS + " steps", "" + vector.size(), "");
    }
    double[] steps = vector.toArray();
    float[] values = new float[steps.length];
    for (int step = 0; step < values.length; step++) {
      values[step] = (float) steps[step];
    }
    return values;
  }
}
