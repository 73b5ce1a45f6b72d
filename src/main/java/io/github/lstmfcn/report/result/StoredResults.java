package io.github.lstmfcn.report.result;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of the results of trainings, one line per run, without the runs themselves: what {@code
 * make reproduce} stores.
 *
 * @param file the file
 */
record StoredResults(Path file) {
  /** With these columns the header begins; others follow in any order. */
  private static final String BEGINNING = "dataset,model,cells,seed,";

  /** Whether a file is such a table. */
  static boolean isAt(Path file) {
    if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return false;
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] first = bytes.readNBytes(BEGINNING.length());
      return new String(first, StandardCharsets.ISO_8859_1).equals(BEGINNING);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * The scores on TEST.
   *
   * @throws InvalidInputException if the file cannot be read or a line is invalid; the message
   *     names line and column
   */
  List<Result> results() {
    List<Result> results = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(WholeFile.text(file, WholeFile.MOST_OF_DOCUMENT))) {
      for (NamedCsvRecord row : rows) {
        results.add(new Line(file, row).result());
      }
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException damage) {
      throw new InvalidInputException(
          file, "", "a table of results", FailureReason.of(damage), "", damage);
    }
    return results;
  }

  /** A line of the table. */
  private record Line(Path file, NamedCsvRecord row) {
    Result result() {
      String set = text("dataset");
      ModelKind kind =
          ReportedCounterpart.kind(text("model"))
              .orElseThrow(() -> wrong("model", "a kind of network"));
      int total = number("total", 1, Integer.MAX_VALUE);
      int correct = number("correct", 0, total);
      int cells = number("cells", 1, Integer.MAX_VALUE);
      String chosenOn = text("selected_on");
      String run =
          "%s-%s-seed%s".formatted(kind.toString().toLowerCase(Locale.ROOT), cells, text("seed"));
      return new Result(
          kind.toString(),
          cells,
          chosenOn,
          set,
          number("classes", 1, Integer.MAX_VALUE),
          correct,
          total,
          (double) correct / total,
          ReportedCounterpart.find(set, Optional.of(kind), chosenOn, total),
          RealPath.of(file) + "#" + set + "/" + run,
          run,
          file);
    }

    private String text(String column) {
      return row.findField(column)
          .filter(text -> !text.isBlank())
          .orElseThrow(() -> wrong(column, "a value"));
    }

    private int number(String column, int least, int most) {
      try {
        int number = Integer.parseInt(text(column));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException none) {
        // The message below says it.
      }
      throw wrong(
          column,
          most == Integer.MAX_VALUE ? least + " or more" : "%s to %s".formatted(least, most));
    }

    private InvalidInputException wrong(String column, String expected) {
      return new InvalidInputException(
          file,
          "line " + row.getStartingLineNumber() + ", " + column,
          expected,
          row.findField(column).filter(text -> !text.isBlank()).orElse("none"),
          "");
    }
  }
}
