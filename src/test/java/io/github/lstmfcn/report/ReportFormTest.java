package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.chart.ChartStyle;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.ResultFixture;
import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.PostHoc;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report in all its forms. */
class ReportFormTest {
  private static final Report SEVEN =
      ResultFixture.report(PostHoc.WILCOXON_HOLM, ResultFixture.sevenSets());

  @TempDir Path folder;

  private Path write(Report report, String name) {
    Path file = folder.resolve(name);
    ReportForm.of(file).orElseThrow().write(report, file, true);
    return file;
  }

  @Test
  void theFormIsTheEndings() {
    assertThat(ReportForm.of(Path.of("a/b.HTML"))).contains(ReportForm.HTML);
    assertThat(ReportForm.of(Path.of("report.md"))).contains(ReportForm.MD);
    assertThat(ReportForm.of(Path.of("report.pdf"))).isEmpty();
    assertThat(ReportForm.of(Path.of("html"))).isEmpty();
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    String page = Files.readString(write(SEVEN, "report.html"));

    assertThat(page)
        .contains("set6", "<svg", "Tablesort", "data-sort-method=\"number\"", "0.0476")
        .doesNotContain("{{", "@import", "fetch(", "XMLHttpRequest")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
    assertThat(page.split("<section ", -1)).hasSize(5); // methods, pairs, accuracies, results
  }

  @Test
  void namesAreTextWhateverIsInThem() throws IOException {
    List<Result> results = new ArrayList<>(ResultFixture.sevenSets());
    results.add(ResultFixture.result("<script>alert(1)</script> | *x*", "</script>", 1, 2));
    Report report = ResultFixture.report(PostHoc.NEMENYI, results);

    assertThat(Files.readString(write(report, "report.html")))
        .doesNotContain("<script>alert", "\"</script>\"")
        .contains("&lt;script&gt;alert");
    String escaped = "\\<script>alert(1)\\</script> \\| \\*x\\*";
    String markdown = Files.readString(write(report, "report.md"));
    assertThat(markdown).contains("| dataset | A | B | C | " + escaped + " |");
    assertThat(markdown).contains("fewer than 6 datasets: " + escaped);
    assertThat(markdown).doesNotContain(" <script>");
  }

  @Test
  void linksAreRelativeToTheReport() throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs/a b"));
    Files.writeString(run.resolve("training.html"), "");
    Files.writeString(run.resolve("weights-best.h5"), "");
    Result result = ResultFixture.result("A", "CBF", 1, 2, null, run);
    Report report = ResultFixture.report(PostHoc.NEMENYI, List.of(result));
    Files.createDirectories(folder.resolve("out"));

    assertThat(Files.readString(write(report, "out/report.html")))
        .contains("href=\"../runs/a%20b\"", "href=\"../runs/a%20b/training.html\"")
        .doesNotContain("weights-best");
    assertThat(Files.readString(write(report, "out/report.md")))
        .contains("[training](../runs/a%20b/training.html)");
  }

  @Test
  void aNameThatLooksLikeAnotherSchemeIsAFolder() throws IOException {
    for (String name : List.of("10:30", "javascript:alert(1)", "a)b")) {
      Path run = Files.createDirectories(folder.resolve(name));
      Files.writeString(run.resolve("training.html"), "");
      Result result = ResultFixture.result("A", "CBF", 1, 2, null, run);
      String page =
          Files.readString(
              write(ResultFixture.report(PostHoc.NEMENYI, List.of(result)), "report.html"));

      assertThat(page).doesNotContain("href=\"javascript:", "href=\"10:");
      assertThat(page).containsPattern("href=\"[^\":]*/?[^\"]*training.html\"");
    }
  }

  @Test
  void whatIsMissingSortsBeforeEveryNumber() throws IOException {
    Report report =
        ResultFixture.report(
            PostHoc.NEMENYI,
            List.of(
                ResultFixture.reported(126, 150, 0.6666), ResultFixture.result("A", "x", 1, 2)));

    assertThat(Files.readString(write(report, "a.html")))
        .contains("data-sort=\"-1000000000")
        .doesNotContain("class=\"number\" data-sort=\"\"");
  }

  @Test
  void csvHasALineAResult() throws IOException {
    Result reported = ResultFixture.reported(126, 150, 0.6666);
    Path file = write(ResultFixture.report(PostHoc.NEMENYI, List.of(reported)), "a.csv");

    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      NamedCsvRecord row = rows.stream().findFirst().orElseThrow();
      assertThat(row.getField("correct")).isEqualTo("126");
      assertThat(row.getField("reported_correct")).isEqualTo("100");
      assertThat(row.getField("difference")).isEqualTo("26");
      assertThat(row.getField("within_chance")).isEqualTo("false");
    }
    assertThat(Files.readAllLines(write(SEVEN, "seven.csv"))).hasSize(22);
  }

  @Test
  void jsonHasAllNumbers() throws IOException {
    JsonNode json = new ObjectMapper().readTree(write(SEVEN, "a.json").toFile());

    assertThat(json.path("results")).hasSize(21);
    assertThat(json.path("accuracies")).hasSize(7);
    assertThat(json.path("pairs")).hasSize(3);
    assertThat(json.path("friedman").path("pValue").asDouble()).isBetween(0.047, 0.048);
  }

  @Test
  void markdownHasTheTables() throws IOException {
    assertThat(Files.readString(write(SEVEN, "a.md")))
        .contains("# Results", "## Methods", "## Method against method", "| set5 | **1.0000** |");
  }

  @ParameterizedTest
  @EnumSource(PostHoc.class)
  void theDiagramShowsEveryMethodAndBars(PostHoc test) throws IOException {
    Report report = Report.of(Results.published(), test);
    BufferedImage image = ImageIO.read(write(report, "cd.png").toFile());
    String svg = Files.readString(write(report, "cd.svg"));

    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isBetween(150, 400);
    assertThat(pixels(image, ChartStyle.COLOURS.get(1).getRGB())).isGreaterThan(200);
    assertThat(pixels(image, ChartStyle.INK.getRGB())).isGreaterThan(500);
    assertThat(report.ranking().comparison().methods()).allMatch(svg::contains);
    assertThat(svg.contains("CD")).isEqualTo(test == PostHoc.NEMENYI);
  }

  private static int pixels(BufferedImage image, int colour) {
    int count = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        count += image.getRGB(x, y) == colour ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void theDiagramHoldsManyMethodsWithLongNames() {
    List<Result> results = new ArrayList<>();
    for (int method = 0; method < 30; method++) {
      for (int set = 0; set < 6; set++) {
        results.add(
            ResultFixture.result(
                "a very long name of a method ".repeat(3) + method, "s" + set, method * 3, 100));
      }
    }
    Report report = ResultFixture.report(PostHoc.NEMENYI, results);
    CriticalDifferenceDiagram diagram = new CriticalDifferenceDiagram(report.ranking());
    BufferedImage image = diagram.picture().image();

    assertThat(image.getHeight()).isGreaterThan(15 * 20);
    assertThat(diagram.picture().svg())
        .contains("…")
        .doesNotContain("a very long name of a method 29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cd.svg", "cd.png"})
  void noDiagramIsDrawnOfWhatWasNotTested(String name) {
    Report one =
        ResultFixture.report(PostHoc.NEMENYI, List.of(ResultFixture.result("A", "CBF", 1, 2)));

    assertThatThrownBy(() -> write(one, name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two methods with results on 6 datasets")
        .hasMessageContaining("1 method and 1 dataset");
    assertThat(folder).isEmptyDirectory();
  }
}
