package io.github.lstmfcn.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.report.result.VerificationDocument;
import io.github.lstmfcn.table.TextTable;
import io.github.lstmfcn.verification.Attempt;
import io.github.lstmfcn.verification.ReportedFigure;
import io.github.lstmfcn.verification.Verdict;
import io.github.lstmfcn.verification.Verification;
import io.github.lstmfcn.verification.VerifiedFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A verification as text, as CSV and as a document for JSON.
 *
 * @param outcome the results of all files
 */
public record VerificationReport(Verification.Outcome outcome) {

  /** The report as text, for people. */
  public String text() {
    StringJoiner text = new StringJoiner("\n");
    text.add(table());
    for (VerifiedFile file : outcome.files()) {
      if (!file.notes().isEmpty()) {
        text.add("").add(file.weights());
        file.notes().forEach(note -> text.add("  " + note));
      }
    }
    if (!outcome.unrecognised().isEmpty()) {
      text.add("").add("Not verified, since no accuracy was reported for them:");
      outcome.unrecognised().forEach(file -> text.add("  " + file + suggestion(file)));
    }
    return text.add("").add(summary()).toString();
  }

  private String suggestion(String file) {
    return outcome.nearName(file).map(name -> ": did you mean " + name + "?").orElse("");
  }

  private String table() {
    return TextTable.of(
        outcome.files(),
        List.of(
            TextTable.left("weights").maxWidth(70).with(VerifiedFile::weights),
            TextTable.left("dataset").with(VerifiedFile::set),
            TextTable.right("reported").with(VerificationReport::reported),
            TextTable.right("measured").with(VerificationReport::measured),
            TextTable.right("accuracy").with(VerificationReport::accuracy),
            TextTable.right("difference").with(VerificationReport::difference),
            TextTable.left("verdict").with(file -> file.verdict().toString())));
  }

  private static String reported(VerifiedFile file) {
    return file.best() == null || file.best().figure() == null
        ? ""
        : reported(file.best().figure());
  }

  private static String reported(ReportedFigure figure) {
    int digits = figure.digits() < 4 ? figure.digits() : 5;
    return String.format(Locale.ROOT, "%." + digits + "f", figure.accuracy());
  }

  private static String measured(VerifiedFile file) {
    return file.best() == null ? "" : file.best().correct() + "/" + file.best().total();
  }

  private static String accuracy(VerifiedFile file) {
    return file.best() == null
        ? ""
        : String.format(Locale.ROOT, "%.5f", (double) file.best().correct() / file.best().total());
  }

  private static String difference(VerifiedFile file) {
    if (file.best() == null || file.best().figure() == null) {
      return "";
    }
    int difference = file.best().difference();
    return difference == 0 ? "0" : String.format(Locale.ROOT, "%+d", difference);
  }

  /** The number of files by verdict: {@code 8 files: 7 reproduced, 1 off}. */
  public String summary() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    outcome.files().forEach(file -> counts.merge(file.verdict(), 1, Integer::sum));
    StringJoiner text = new StringJoiner(", ", outcome.files().size() + " files: ", "");
    counts.forEach((verdict, count) -> text.add(count + " " + verdict));
    return text.toString();
  }

  /** The report as CSV, one line per file. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(
          "weights",
          "set",
          "model",
          "verdict",
          "reported",
          "reported_in",
          "correct",
          "total",
          "difference",
          "scored_file",
          "normalization",
          "labels",
          "attention",
          "notes");
      for (VerifiedFile file : outcome.files()) {
        csv.writeRecord(cells(file));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static List<String> cells(VerifiedFile file) {
    Attempt best = file.best();
    ReportedFigure figure = best == null ? null : best.figure();
    return List.of(
        file.weights(),
        file.set(),
        file.model() == null ? "" : file.model().toString(),
        file.verdict().toString(),
        figure == null ? "" : Double.toString(figure.accuracy()),
        figure == null ? "" : figure.source(),
        best == null ? "" : Integer.toString(best.correct()),
        best == null ? "" : Integer.toString(best.total()),
        figure == null ? "" : Integer.toString(best.difference()),
        best == null ? "" : best.file(),
        best == null ? "" : best.normalization(),
        best == null ? "" : best.labels(),
        best == null ? "" : best.attention(),
        String.join(" ", file.notes()));
  }

  /** The report as a document, for programs. */
  public VerificationDocument document() {
    return new VerificationDocument(
        summary(), outcome.isGood(), outcome.files(), outcome.unrecognised());
  }
}
