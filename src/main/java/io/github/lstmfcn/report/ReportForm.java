package io.github.lstmfcn.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.data.AtomicFile;
import io.github.lstmfcn.data.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** What a report can be written as, by the ending of the file's name. */
public enum ReportForm {
  /** A page for a browser, in one file. */
  HTML {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      new ReportPage(report).write(file, folder(target));
    }
  },
  /** Markdown with tables. */
  MD {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      Files.writeString(file, new ReportMarkdown(report, folder(target)).text());
    }
  },
  /** A line a result. */
  CSV {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      try (CsvWriter csv = CsvWriter.builder().build(file)) {
        csv.writeRecord(COLUMNS);
        for (Map<String, Object> result : report.resultMaps()) {
          csv.writeRecord(
              COLUMNS.stream()
                  .map(column -> result.containsKey(column) ? "" + result.get(column) : "")
                  .toList());
        }
      }
    }
  },
  /** Everything as numbers. */
  JSON {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report.map());
    }
  },
  /** The critical-difference diagram. */
  SVG {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      Files.writeString(file, diagram(report, target).picture().svg());
    }
  },
  /** The critical-difference diagram. */
  PNG {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      ImageIO.write(diagram(report, target).picture().image(), "png", file.toFile());
    }
  };

  private static final List<String> COLUMNS =
      List.of(
          "set",
          "method",
          "run",
          "cells",
          "classes",
          "correct",
          "total",
          "accuracy",
          "lower",
          "upper",
          "chosen_on",
          "reported_in",
          "reported",
          "reported_correct",
          "difference",
          "chance",
          "within_chance",
          "place");

  /** The form that a file's name ends with; empty if it is none. */
  public static Optional<ReportForm> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(form -> name.endsWith(form.ending())).findFirst();
  }

  /** All endings, for people. */
  public static String endings() {
    return Stream.of(values()).map(ReportForm::ending).collect(Collectors.joining(", "));
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a report.
   *
   * @throws InvalidInputException if the file cannot be written, or a diagram is asked for where
   *     nothing was tested
   */
  public void write(Report report, Path target) {
    AtomicFile.write(target, file -> write(report, target, file));
  }

  abstract void write(Report report, Path target, Path file) throws IOException;

  private static Path folder(Path target) {
    return target.toAbsolutePath().getParent();
  }

  private static CriticalDifferenceDiagram diagram(Report report, Path target) {
    if (!report.isTested()) {
      throw new InvalidInputException(
          target,
          "",
          "two methods and %d sets that both have, for a diagram".formatted(Report.FEWEST_SETS),
          "%d and %d"
              .formatted(report.comparison().methods().size(), report.comparison().sets().size()),
          "give more results, or --published");
    }
    return new CriticalDifferenceDiagram(report);
  }
}
