package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.Interval;
import io.github.lstmfcn.explain.PermutationImportance;
import io.github.lstmfcn.explain.VariableImportance;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder of the importance of variables: {@code importance.png}, {@code .svg} and {@code .html};
 * {@code importance.csv} with one line per variable; {@code repeats.csv} with one line per
 * permutation.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of page and picture
 */
public record ImportanceFolder(Path folder, String title) {
  /** The files of such a folder. */
  public static final FolderKind KIND =
      FolderKind.shared("importance\\.(html|png|svg|csv)|repeats\\.csv");

  /**
   * Writes all files.
   *
   * @param importance the importance of the variables
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(PermutationImportance importance) {
    String subtitle = subtitle(importance);
    NewFile.write(folder.resolve("importance.html"), file -> writePage(file, subtitle, importance));
    new ImportanceChart(title, subtitle, importance).picture().write(folder, "importance");
    NewFile.write(folder.resolve("importance.csv"), file -> writeVariables(file, importance));
    NewFile.write(folder.resolve("repeats.csv"), file -> writeRepeats(file, importance));
  }

  private static String subtitle(PermutationImportance importance) {
    return String.format(
        Locale.ROOT,
        "One variable permuted among %d series, %d times; 95 %% intervals over the permutations;"
            + " without permutation accuracy %.4f, loss %.4f",
        importance.baseline().total(),
        importance.repeats(),
        importance.baseline().accuracy(),
        importance.baseline().loss());
  }

  private void writePage(Path file, String subtitle, PermutationImportance importance)
      throws IOException {
    Map<String, Object> values = Map.of("title", title, "subtitle", subtitle);
    Map<String, Object> item = new LinkedHashMap<>();
    item.put(
        "accuracy", importance.variables().stream().map(VariableImportance::accuracyDrop).toList());
    item.put("loss", importance.variables().stream().map(VariableImportance::lossRise).toList());
    try (Page page =
        Page.start(Files.newBufferedWriter(file), ImportanceFolder.class, "importance", values)) {
      page.add(title, item);
    }
  }

  private static void writeVariables(Path file, PermutationImportance importance)
      throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord(
          "variable",
          "accuracy_drop",
          "accuracy_drop_low",
          "accuracy_drop_high",
          "loss_rise",
          "loss_rise_low",
          "loss_rise_high");
      for (VariableImportance variable : importance.variables()) {
        Interval accuracy = variable.accuracyDrop();
        Interval loss = variable.lossRise();
        table.writeRecord(
            List.of(
                Integer.toString(variable.variable()),
                Double.toString(accuracy.mean()),
                Double.toString(accuracy.low()),
                Double.toString(accuracy.high()),
                Double.toString(loss.mean()),
                Double.toString(loss.low()),
                Double.toString(loss.high())));
      }
    }
  }

  private static void writeRepeats(Path file, PermutationImportance importance) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("variable", "repeat", "accuracy_drop", "loss_rise");
      for (VariableImportance variable : importance.variables()) {
        for (int repeat = 0; repeat < importance.repeats(); repeat++) {
          table.writeRecord(
              Integer.toString(variable.variable()),
              Integer.toString(repeat),
              Double.toString(variable.accuracyDrops()[repeat]),
              Double.toString(variable.lossRises()[repeat]));
        }
      }
    }
  }
}
