package io.github.lstmfcn.report;

import com.github.freva.asciitable.ColumnData;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.table.TextTable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** An evaluation as text, as CSV and as a map for JSON. */
public record EvaluationReport(Evaluation evaluation) {
  /**
   * The largest number of classes whose confusion matrix is printed; CSV and JSON always have it.
   */
  private static final int SHOWN_CLASSES = 20;

  /** The evaluation as text, for people. */
  public String text() {
    String head =
        String.format(
            Locale.ROOT,
            "Correct   %d/%d%nAccuracy  %.6f%nLoss      %.6f%n",
            evaluation.correct(),
            evaluation.total(),
            evaluation.accuracy(),
            evaluation.loss());
    return head + "\n" + classTable() + "\n\n" + confusionTable();
  }

  private String classTable() {
    return TextTable.of(
        classes(),
        List.of(
            TextTable.left("label").with(k -> evaluation.names().get(k)),
            TextTable.right("series").with(k -> Integer.toString(evaluation.support(k))),
            TextTable.right("precision").with(k -> decimal(evaluation.precision(k))),
            TextTable.right("recall").with(k -> decimal(evaluation.recall(k))),
            TextTable.right("F1").with(k -> decimal(evaluation.f1(k)))));
  }

  private String confusionTable() {
    if (evaluation.names().size() > SHOWN_CLASSES) {
      return "Use --csv or --json for the confusion matrix of %s classes."
          .formatted(evaluation.names().size());
    }
    List<ColumnData<Integer>> columns = new ArrayList<>();
    columns.add(TextTable.left("true \\ predicted").with(k -> evaluation.names().get(k)));
    for (int predicted : classes()) {
      columns.add(
          TextTable.right(evaluation.names().get(predicted))
              .with(k -> Integer.toString(evaluation.confusion()[k][predicted])));
    }
    return TextTable.of(classes(), columns);
  }

  private List<Integer> classes() {
    return IntStream.range(0, evaluation.names().size()).boxed().toList();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The evaluation as CSV, one line per number: {@code metric,label,predicted,value}. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord("metric", "label", "predicted", "value");
      csv.writeRecord("correct", "", "", Integer.toString(evaluation.correct()));
      csv.writeRecord("total", "", "", Integer.toString(evaluation.total()));
      csv.writeRecord("accuracy", "", "", Double.toString(evaluation.accuracy()));
      csv.writeRecord("loss", "", "", Double.toString(evaluation.loss()));
      for (int k : classes()) {
        String name = evaluation.names().get(k);
        csv.writeRecord("support", name, "", Integer.toString(evaluation.support(k)));
        csv.writeRecord("precision", name, "", Double.toString(evaluation.precision(k)));
        csv.writeRecord("recall", name, "", Double.toString(evaluation.recall(k)));
        csv.writeRecord("f1", name, "", Double.toString(evaluation.f1(k)));
      }
      for (int k : classes()) {
        for (int predicted : classes()) {
          csv.writeRecord(
              "confusion",
              evaluation.names().get(k),
              evaluation.names().get(predicted),
              Integer.toString(evaluation.confusion()[k][predicted]));
        }
      }
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** The evaluation as a map, for JSON. */
  public Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("correct", evaluation.correct());
    map.put("total", evaluation.total());
    map.put("accuracy", evaluation.accuracy());
    map.put("loss", evaluation.loss());
    map.put("classes", classes().stream().map(this::classMap).toList());
    map.put("confusion", evaluation.confusion());
    return map;
  }

  private Map<String, Object> classMap(int k) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", evaluation.names().get(k));
    map.put("support", evaluation.support(k));
    map.put("precision", evaluation.precision(k));
    map.put("recall", evaluation.recall(k));
    map.put("f1", evaluation.f1(k));
    return map;
  }
}
