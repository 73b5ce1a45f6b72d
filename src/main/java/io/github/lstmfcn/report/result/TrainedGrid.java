package io.github.lstmfcn.report.result;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the folder of a search or of {@code train-all} as results. Of a search only the selected
 * network of each dataset counts, and none before it is selected, since the scores of the others on
 * TEST are not to be shown.
 *
 * @param folder the folder, with its {@code runs.csv}
 */
record TrainedGrid(Path folder) {
  private static final String RUNS = "runs.csv";
  private static final String CHOICE = "choice.csv";

  /** The name of the method of the selected networks. */
  private static final String CHOSEN = "selected by search";

  /** Whether a folder is that of a grid. */
  static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(RUNS));
  }

  /**
   * The scores on TEST that may be shown.
   *
   * @param skipped receives the runs without such a score
   * @throws InvalidInputException if a table or a run is damaged or missing
   */
  List<Result> results(List<SkippedResult> skipped) {
    boolean chosen = Files.isRegularFile(folder.resolve(CHOICE));
    Path table = folder.resolve(chosen ? CHOICE : RUNS);
    List<Result> results = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table)) {
      for (NamedCsvRecord row : rows) {
        Path run = folder.resolve(row.getField("folder"));
        if (row.getField("test_total").isEmpty()) {
          skipped.add(new SkippedResult(run.toString(), "run not selected or not finished"));
        } else {
          results.add(result(chosen ? CHOSEN : "", run, table, row.getStartingLineNumber()));
        }
      }
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException damage) {
      throw new InvalidInputException(
          table,
          "",
          "a table with the columns folder and test_total",
          FailureReason.of(damage),
          "",
          damage);
    }
    return results;
  }

  private static Result result(String method, Path run, Path table, long line) {
    return new TrainedRun(run)
        .result(method)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    table,
                    "line " + line,
                    "a finished run in " + run,
                    "none",
                    "the same search or train-all command trains it again"));
  }
}
