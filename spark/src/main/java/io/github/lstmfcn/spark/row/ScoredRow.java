package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.text.ShortText;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * How a row is read and what is added to it.
 *
 * @param input the schema of the rows, before they were {@link Columns#carried}
 * @param series the column of series
 * @param handleInvalid what becomes of a row that cannot be scored
 * @param added what is added, in this order
 * @param labels the labels of the classes
 */
public record ScoredRow(
    StructType input,
    SeriesColumn series,
    String handleInvalid,
    List<AddedColumn> added,
    List<String> labels)
    implements Serializable {
  /** The values of {@link #handleInvalid}. */
  public static final String ERROR = "error";

  public static final String SKIP = "skip";
  public static final String KEEP = "keep";
  public static final List<String> HANDLINGS = List.of(ERROR, SKIP, KEEP);

  private static final int LONGEST_ROW = 200;
  private static final int FEW = 8;

  /** The row with what the model answers to it. */
  Row scored(Row row, float[] logits, float[] probabilities) {
    int best = Predictor.mostProbable(probabilities);
    return with(row, logits, probabilities, (double) best, labels.get(best));
  }

  /** The row with NaN and no label. */
  Row kept(Row row) {
    float[] none = new float[labels.size()];
    Arrays.fill(none, Float.NaN);
    return with(row, none, none, Double.NaN, null);
  }

  private Row with(
      Row row, float[] logits, float[] probabilities, double prediction, String predictedLabel) {
    Object[] values = new Object[row.size() + added.size()];
    for (int index = 0; index < row.size(); index++) {
      values[index] = row.get(index);
    }
    int next = row.size();
    for (AddedColumn column : added) {
      values[next++] =
          switch (column) {
            case RAW_PREDICTION -> vector(logits);
            case PROBABILITY -> vector(probabilities);
            case PREDICTION -> prediction;
            case PREDICTED_LABEL -> predictedLabel;
          };
    }
    return RowFactory.create(values);
  }

  private static Vector vector(float[] values) {
    double[] copy = new double[values.length];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = values[k];
    }
    return Vectors.dense(copy);
  }

  /** The exception for a row that cannot be scored, with its values. */
  UnusableRowException unusable(Row row, String expected, String found, String remedy) {
    return new UnusableRowException(
        new InvalidInputException(null, place(row), expected, found, remedy).getMessage());
  }

  /** The row in one line: {@code row id=7, series=[0.5, NaN, … 128 values]}. */
  String place(Row row) {
    StringJoiner text = new StringJoiner(", ", "row ", "");
    for (int column = 0; column < row.size(); column++) {
      text.add(input.fields()[column].name() + "=" + text(row, column));
    }
    return ShortText.of(text.toString(), LONGEST_ROW);
  }

  /** A value as it was before it was {@link Columns#carried}. */
  private static String text(Object value, DataType type) {
    if (value instanceof byte[] bytes && type instanceof StringType) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (value instanceof Integer days && type.equals(DataTypes.DateType)) {
      return LocalDate.ofEpochDay(days).toString();
    }
    return value instanceof Long micros && type.equals(DataTypes.TimestampType)
        ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString()
        : String.valueOf(value);
  }

  /** The series of a row; null if it cannot be read. */
  private float[][] seriesOf(Row row) {
    try {
      return series.of(row);
    } catch (InvalidInputException tooLong) {
      return null;
    }
  }

  private String text(Row row, int column) {
    float[][] values = column == series.index() ? seriesOf(row) : null;
    if (values == null) {
      return text(row.get(column), input.fields()[column].dataType());
    }
    List<String> variables = new ArrayList<>();
    for (float[] steps : values) {
      String few = Arrays.toString(Arrays.copyOf(steps, Math.min(FEW, steps.length)));
      variables.add(
          steps.length <= FEW
              ? few
              : few.substring(0, few.length() - 1) + ", … " + steps.length + " values]");
    }
    return variables.size() == 1 ? variables.get(0) : variables.toString();
  }
}
