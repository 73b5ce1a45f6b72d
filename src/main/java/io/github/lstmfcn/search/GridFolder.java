package io.github.lstmfcn.search;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.DurableFolder;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of many runs: one folder per run, {@code runs.csv} with all runs and {@code
 * choice.csv} with the selected ones. Both tables are replaced after every run.
 *
 * @param path the path of the folder
 * @param seconds the seconds that each run had taken when the folder was opened, by the folder of
 *     the run
 */
public record GridFolder(Path path, Map<String, Double> seconds) {
  private static final long MOST_SECONDS = 10_000_000_000L; // three centuries

  private static final String RUNS = "runs.csv";
  private static final String CHOICE = "choice.csv";
  private static final String PAGE = "runs.html";

  /**
   * Opens a folder that is new, empty, or has runs from before.
   *
   * @throws InvalidInputException if it contains anything else, or is a file
   */
  public static GridFolder open(Path path) {
    Path file = path.resolve(RUNS);
    for (String table : List.of(CHOICE, PAGE)) {
      if (Files.isSymbolicLink(path.resolve(table))) {
        throw new InvalidInputException(
            path.resolve(table),
            "",
            "a table of an earlier run of the command",
            "a symbolic link, whose file would be replaced",
            "name another folder");
      }
    }
    if (Files.isRegularFile(file)) {
      return new GridFolder(path, read(file));
    }
    try {
      if (Files.exists(path) && !isEmptyFolder(path)) {
        throw new InvalidInputException(
            path,
            "",
            "an empty folder, or one with runs.csv of the same command",
            "other files",
            "name another folder");
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          path, "", "a folder that can be read", FailureReason.of(e), "", e);
    }
    return new GridFolder(path, Map.of());
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(AtomicFile::isUnfinished); // of a command that was killed
    }
  }

  private static Map<String, Double> read(Path file) {
    Map<String, Double> seconds = new HashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        double taken = Double.parseDouble(row.getField("seconds"));
        if (!(taken >= 0 && taken <= MOST_SECONDS)) {
          throw new InvalidInputException(
              file,
              "line " + row.getStartingLineNumber() + ", seconds",
              "0 to " + MOST_SECONDS,
              row.getField("seconds"),
              "delete the line to begin its time anew");
        }
        seconds.put(row.getField("folder"), taken);
      }
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException other) {
      throw new InvalidInputException(
          file,
          "",
          "a table of runs with the columns " + String.join(",", GridReport.RUN_COLUMNS),
          "another table",
          "name another folder",
          other);
    }
    return seconds;
  }

  /** The folder of a run. */
  Path folder(GridPoint point) {
    return path.resolve(point.folder());
  }

  /** Seconds that a run took before the folder was opened. */
  double seconds(GridPoint point) {
    return seconds.getOrDefault(point.toString(), 0.0);
  }

  /**
   * Replaces the tables.
   *
   * @throws InvalidInputException if they cannot be written
   */
  void write(GridReport report) {
    try {
      DurableFolder.create(path);
    } catch (IOException e) {
      throw new InvalidInputException(
          path, "", "a folder that can be created", FailureReason.of(e), "", e);
    }
    write(RUNS, report.runsCsv());
    if (!report.choices().isEmpty() || Files.exists(path.resolve(CHOICE))) {
      write(CHOICE, report.choiceCsv());
    }
  }

  private void write(String name, String text) {
    AtomicFile.write(path.resolve(name), file -> Files.writeString(file, text));
  }
}
