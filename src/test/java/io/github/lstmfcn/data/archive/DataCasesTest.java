package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.UnivariateSeries;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of data as people have them. Each case is a file: beside {@code x.csv}, {@code
 * x.csv.expected.json} says what it holds, or {@code x.csv.refused.txt} has what the refusal must
 * say, a fragment per line; {@code x.csv.options} has options, one per line. Files in {@code
 * series} and those that are expected without labels are read as {@code predict} reads them.
 */
@Timeout(60)
class DataCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases/data");
  private static final String EXPECTED = ".expected.json";
  private static final String REFUSED = ".refused.txt";

  private static Stream<Path> cases(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(CASES)) {
      return all
          .filter(path -> path.toString().endsWith(ending))
          .map(path -> Path.of(path.toString().replace(ending, "")))
          .sorted()
          .toList()
          .stream();
    }
  }

  static Stream<Path> read() throws IOException {
    return cases(EXPECTED);
  }

  static Stream<Path> refused() throws IOException {
    return cases(REFUSED);
  }

  @ParameterizedTest
  @MethodSource
  void read(Path file) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Path.of(file + EXPECTED).toFile());
    float[][] series;
    if (expected.has("labels")) {
      Dataset data = labelled(file);
      List<String> labels = new ArrayList<>();
      expected.get("labels").forEach(label -> labels.add(label.asText()));
      assertThat(data.labels()).isEqualTo(labels);
      series = UnivariateSeries.of(data);
    } else {
      series = unlabelled(file);
    }

    assertThat(series).hasNumberOfRows(expected.get("series").asInt());
    assertThat(series[0]).hasSize(expected.get("length").asInt());
    assertValues(series[0], 0, expected.get("first"));
    float[] last = series[series.length - 1];
    assertValues(last, last.length - expected.get("last").size(), expected.get("last"));
    double sum = 0;
    for (float[] row : series) {
      for (float value : row) {
        sum += Float.isNaN(value) ? 0 : value;
      }
    }
    double tolerance = 1e-3 + 1e-6 * Math.abs(sum);
    assertThat(Math.abs(sum - expected.get("sum").asDouble())).isLessThan(tolerance);
  }

  private static void assertValues(float[] series, int from, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      JsonNode value = expected.get(i);
      float found = series[from + i];
      assertThat(Float.isNaN(found)).isEqualTo(value.isNull());
      assertThat(value.isNull() ? 0 : Math.abs(found - value.asDouble())).isLessThan(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(Path file) throws IOException {
    boolean series = file.getParent().endsWith("series");
    ThrowingCallable reading = series ? () -> unlabelled(file) : () -> labelled(file);

    assertThatThrownBy(reading)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.getParent().toString())
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .doesNotContain("\n", "Exception")
                    .hasSizeLessThan(500)
                    .contains(Files.readAllLines(Path.of(file + REFUSED))));
  }

  private static Dataset labelled(Path file) {
    String part = option(file, "--part");
    Split split = part == null ? null : Split.valueOf(part.toUpperCase(java.util.Locale.ROOT));
    return DataSource.of(file, split, layout(file)).read();
  }

  private static float[][] unlabelled(Path file) {
    List<float[]> series = new ArrayList<>();
    try (SeriesStream stream = SeriesStream.open(file, layout(file), null)) {
      for (Iterator<float[][]> rows = stream; rows.hasNext(); ) {
        series.add(rows.next()[0]);
      }
    }
    return series.toArray(float[][]::new);
  }

  private static TableLayout layout(Path file) {
    List<String> options = options(file);
    Boolean header =
        options.contains("--header")
            ? Boolean.TRUE
            : options.contains("--no-header") ? Boolean.FALSE : null;
    String ignored = option(file, "--ignore-column");
    return new TableLayout(
        header,
        option(file, "--label-column"),
        ignored == null ? List.of() : List.of(ignored),
        options.contains("--decimal-comma"),
        options.contains("--empty-as-missing"),
        null);
  }

  private static String option(Path file, String name) {
    return options(file).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  private static List<String> options(Path file) {
    Path options = Path.of(file + ".options");
    try {
      return Files.exists(options) ? Files.readAllLines(options) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
