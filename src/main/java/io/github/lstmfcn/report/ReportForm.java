package io.github.lstmfcn.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.Numbers;
import io.github.lstmfcn.report.statistics.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The formats of a report, by the extension of the file. */
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
  /** CSV with one line per result. */
  CSV {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      try (CsvWriter csv = CsvWriter.builder().build(file)) {
        List<Map<String, Object>> results = new ReportNumbers(report).results();
        csv.writeRecord(results.get(0).keySet());
        for (Map<String, Object> result : results) {
          csv.writeRecord(
              result.values().stream().map(value -> Objects.toString(value, "")).toList());
        }
      }
    }
  },
  /** All numbers as JSON. */
  JSON {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      Files.writeString(file, Json.pretty(new ReportNumbers(report).map()));
    }
  },
  /** The critical-difference diagram. */
  SVG {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      Files.writeString(file, diagram(report).picture().svg());
    }
  },
  /** The critical-difference diagram. */
  PNG {
    @Override
    void write(Report report, Path target, Path file) throws IOException {
      ImageIO.write(diagram(report).picture().image(), "png", file.toFile());
    }
  };

  /** The format that belongs to the extension of a file; empty if there is none. */
  public static Optional<ReportForm> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(form -> name.endsWith(form.ending())).findFirst();
  }

  /** All extensions, for people. */
  public static String endings() {
    return Stream.of(values()).map(ReportForm::ending).collect(Collectors.joining(", "));
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a report.
   *
   * @param replace whether an existing file may be replaced
   * @throws InvalidInputException if the file exists and may not be replaced or cannot be written,
   *     or {@link #check} fails
   */
  public void write(Report report, Path target, boolean replace) {
    check(report, target);
    AtomicFile.write(target, replace, file -> write(report, target, file));
  }

  abstract void write(Report report, Path target, Path file) throws IOException;

  private static Path folder(Path target) {
    return target.toAbsolutePath().getParent();
  }

  private static CriticalDifferenceDiagram diagram(Report report) {
    return new CriticalDifferenceDiagram(report.ranking());
  }

  /** Whether the format is the diagram, which needs methods that were tested. */
  boolean isDiagram() {
    return this == SVG || this == PNG;
  }

  /**
   * Checks that a report can be written in this format.
   *
   * @throws InvalidInputException if the format is the diagram and nothing was tested
   */
  public void check(Report report, Path target) {
    Comparison ranked = report.ranking().comparison();
    if (isDiagram() && !report.isTested()) {
      throw new InvalidInputException(
          target,
          "",
          "two methods with results on %s datasets in common, for a diagram"
              .formatted(Ranking.FEWEST_SETS),
          Numbers.count(ranked.methods().size(), "method")
              + " and "
              + Numbers.count(ranked.sets().size(), "dataset"),
          "name more results, or add --published");
    }
  }
}
