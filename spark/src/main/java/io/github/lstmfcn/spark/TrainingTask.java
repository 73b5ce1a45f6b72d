package io.github.lstmfcn.spark;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.Training;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.spark.row.LabelColumn;
import io.github.lstmfcn.spark.row.ModelFiles;
import io.github.lstmfcn.spark.row.SeriesColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/**
 * Trains on all rows of a partition. Rows are a series and a label.
 *
 * @param series the column of series
 * @param labels the column of labels, of which the values are in the second column
 * @param settings how it is trained
 */
record TrainingTask(SeriesColumn series, LabelColumn labels, TrainingSettings settings)
    implements MapPartitionsFunction<Row, Tuple3<byte[], String, String>>, Serializable {
  static final Encoder<Tuple3<byte[], String, String>> ENCODER =
      Encoders.tuple(Encoders.BINARY(), Encoders.STRING(), Encoders.STRING());

  private static final int MOST_CLASSES = 1_000_000;

  private static final String NUMBER = "[-+]?\\d{1,18}(\\.\\d{1,18})?";

  private static final Path SOURCE = Path.of("(rows)");

  /**
   * The weight file of the trained model, or why there is none: a message for input that cannot be
   * learned from, or for a training that diverged. An exception would have Spark train four times.
   */
  @Override
  public Iterator<Tuple3<byte[], String, String>> call(Iterator<Row> rows) {
    try {
      return List.of(outcome(trained(rows), null, null)).iterator();
    } catch (InvalidInputException unfit) {
      return List.of(outcome(null, unfit.getMessage(), null)).iterator();
    } catch (TrainingDivergedException diverged) {
      return List.of(outcome(null, null, diverged.getMessage())).iterator();
    }
  }

  private static Tuple3<byte[], String, String> outcome(
      byte[] weights, String unfit, String diverged) {
    return new Tuple3<>(weights, unfit, diverged);
  }

  private byte[] trained(Iterator<Row> rows) {
    List<String> names = new ArrayList<>(labels.names());
    Dataset train = dataset(rows, names);
    TaskContext task = TaskContext.get();
    Training training =
        Training.on(train)
            .threads(task.cpus())
            .precision(Precision.FLOAT32) // whatever the environments of the executors are
            .stopWhen(task::isInterrupted);
    Model model = settings.applyTo(training, train.variables()).run().model();
    Model named =
        names.isEmpty() ? model : model.withLabels(names.subList(0, model.spec().classes()));
    return ModelFiles.of(named).files().get(ModelFiles.WEIGHTS);
  }

  /**
   * The rows, with class indices as labels.
   *
   * @param names the names of the classes; those of a column of strings are added
   */
  private Dataset dataset(Iterator<Row> rows, List<String> names) {
    List<float[][]> all = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int classes = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      String place = "row " + (all.size() + 1);
      float[][] steps = series.of(row);
      if (steps == null || row.isNullAt(1)) {
        throw new InvalidInputException(
            null,
            place,
            "a series and a label",
            steps == null ? "no series" : "no label",
            "leave the row out");
      }
      if (all.size() > 0 && steps.length != all.get(0).length) {
        throw new InvalidInputException(
            null,
            place + ", column " + series.name(),
            all.get(0).length + " variables, as in the first row",
            "" + steps.length,
            "");
      }
      all.add(steps);
      texts.add(labels.isIndex() ? index(place, row.getDouble(1)) : name(place, row.getString(1)));
      if (labels.isIndex()) {
        classes = Math.max(classes, (int) row.getDouble(1) + 1);
      }
    }
    if (all.isEmpty()) {
      throw noRows();
    }
    if (labels.isIndex()) {
      checkThatNoneIsMissing(texts, classes);
    } else {
      names.addAll(sorted(texts));
      texts.replaceAll(text -> Integer.toString(names.indexOf(text)));
    }
    return new Dataset("rows", SOURCE, texts, all.toArray(float[][][]::new));
  }

  /** The strings as they are, each once, by number if all are numbers. */
  private static List<String> sorted(List<String> texts) {
    boolean areNumbers = texts.stream().distinct().allMatch(text -> text.matches(NUMBER));
    Comparator<String> byNumber = Comparator.comparing(BigDecimal::new);
    Comparator<String> byText = Comparator.naturalOrder();
    return texts.stream()
        .distinct()
        .sorted(areNumbers ? byNumber.thenComparing(byText) : byText)
        .toList();
  }

  private String name(String place, String text) {
    if (text.isBlank()) {
      throw new InvalidInputException(
          null, place + ", column " + labels.name(), "a label", "a blank one", "name the class");
    }
    return text;
  }

  private static InvalidInputException noRows() {
    return new InvalidInputException(null, "rows", "at least one to train on", "none", "");
  }

  private String index(String place, double value) {
    int most = labels.names().isEmpty() ? MOST_CLASSES : labels.names().size();
    if (!(value >= 0) || value != Math.rint(value) || value >= most) {
      throw new InvalidInputException(
          null,
          place + ", column " + labels.name(),
          labels.names().isEmpty()
              ? "a class index from 0"
              : "a class index from 0 to %s, as the column has labels".formatted(most - 1),
          "" + value,
          "make the indices with StringIndexer");
    }
    return Integer.toString((int) value);
  }

  /**
   * Class indices stay what they are only if each of them occurs, up to the last one: labels that
   * the column's metadata has beyond it, as StringIndexer adds for unknown ones, are no classes.
   */
  private void checkThatNoneIsMissing(List<String> texts, int classes) {
    Set<String> present = Set.copyOf(texts);
    for (int index = 0; index < classes; index++) {
      if (!present.contains(Integer.toString(index))) {
        throw new InvalidInputException(
            null,
            "column " + labels.name(),
            "rows of each of the classes 0 to " + (classes - 1),
            "none of " + index,
            "make the indices with StringIndexer; in a fold of a cross-validation, use fewer folds");
      }
    }
  }

  /**
   * The model of the one outcome.
   *
   * @param outcomes what {@link #call} returned for each partition; none if the rows have none
   * @throws IllegalArgumentException if the rows could not be learned from
   * @throws IllegalStateException if the training diverged
   */
  static Model model(List<Tuple3<byte[], String, String>> outcomes) {
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException(noRows().getMessage());
    }
    Tuple3<byte[], String, String> outcome = outcomes.get(0);
    if (outcome._2() != null) {
      throw new IllegalArgumentException(outcome._2());
    }
    if (outcome._3() != null) {
      throw new IllegalStateException(outcome._3());
    }
    try {
      return Model.load(new ByteArrayInputStream(outcome._1()), LoadOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
