package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What predict owes where one series cannot be answered. */
class PredictTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";
  private static final int BAD = 131; // behind a full batch

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    for (String line : Files.readAllLines(Path.of("testdata/CBF/CBF_TEST.tsv"))) {
      lines.add(line.substring(line.indexOf('\t') + 1));
    }
    file = folder.resolve("series.tsv");
  }

  private Run predict(String... more) throws IOException {
    Files.write(file, lines);
    List<String> arguments = new ArrayList<>(List.of("predict", "--weights", CBF, "" + file));
    arguments.addAll(List.of(more));
    return Run.of(arguments);
  }

  /** The same answers, to what a batch of another size may round. */
  private static void same(Run run, List<String> expected) {
    List<String> found = run.out().lines().toList();
    assertThat(found).hasSameSizeAs(expected);
    for (int line = 0; line < found.size(); line++) {
      String[] one = found.get(line).split(" +", -1);
      String[] other = expected.get(line).split(" +", -1);
      assertThat(one[0]).isEqualTo(other[0]);
      for (int k = 1; k < one.length; k++) {
        assertThat(Double.parseDouble(one[k]))
            .isCloseTo(Double.parseDouble(other[k]), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"series.csv", "series.json"})
  void aSeriesIsAnsweredAlikeInEveryFormWithVariables(String name) throws IOException {
    List<String> expected = predict().out().lines().toList().subList(0, 3);
    List<String> table = new ArrayList<>(List.of("series,step,value"));
    List<String> arrays = new ArrayList<>();
    for (int row = 0; row < 3; row++) {
      String[] values = lines.get(row).split("\t");
      for (int step = 0; step < values.length; step++) {
        table.add(row + "," + step + "," + values[step]);
      }
      arrays.add("[[" + String.join(", ", values) + "]]");
    }
    Path other = folder.resolve(name);
    Files.write(other, name.endsWith(".csv") ? table : arrays);

    Run run = Run.of(List.of("predict", "--weights", CBF, "" + other));

    assertThat(run.exitCode()).as(run.err()).isZero();
    same(run, expected);
  }

  @Test
  void aSeriesOfOtherVariablesIsRefusedByItsLine() throws IOException {
    Path other = Files.writeString(folder.resolve("two.json"), "[[1, 2]]\n[[1], [2]]\n");

    Run run = Run.of(List.of("predict", "--weights", CBF, "" + other));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err())
        .contains("two.json: line 2: expected 1 variable, as the model has, found 2");
  }

  private static String wide(String value) {
    return String.join("\t", Collections.nCopies(128, value));
  }

  @ParameterizedTest
  @CsvSource({
    "letters, series.tsv: line 132",
    "nothing, series.tsv: line 132",
    "overflow, series.tsv: line 132: expected values that the network can compute with",
    "infinite, series.tsv: line 132",
    "long, 'series.tsv: line 132: expected at most 128 values'"
  })
  void theLinesBeforeABadOneAreAnsweredAndWithSkipBadTheRest(String kind, String message)
      throws IOException {
    List<String> good = predict().out().lines().toList();
    assertThat(good).hasSize(150);
    lines.set(
        BAD,
        switch (kind) {
          case "letters" -> wide("x");
          case "nothing" -> wide("NaN");
          case "overflow" -> wide("3e38");
          case "infinite" -> wide("Infinity");
          default -> wide("1") + "\t2\t3";
        });

    Run ended = predict();
    Run skipping = predict("--skip-bad");

    assertThat(ended.exitCode()).isEqualTo(1);
    same(ended, good.subList(0, BAD));
    assertThat(ended.err()).contains(message).hasLineCount(1);
    assertThat(skipping.exitCode()).isEqualTo(1);
    List<String> rest = new ArrayList<>(good);
    rest.remove(BAD);
    same(skipping, rest);
    assertThat(skipping.err().lines().filter(line -> !line.contains("note:")))
        .satisfiesExactly(
            skipped -> assertThat(skipped).startsWith("lstmfcn: skipped: ").contains(message),
            count -> assertThat(count).isEqualTo("lstmfcn: skipped 1 series"));
  }

  @Test
  void aBadFirstLineLeavesNothingToAnswer() throws IOException {
    lines.set(0, wide("x"));

    Run run = predict();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("series.tsv: line 1").hasLineCount(1);
  }

  @Test
  void aSeriesInAColumnAndAnEmptyFileAreRefused() throws IOException {
    List<String> column = List.of(lines.get(0).split("\t", -1));
    lines.clear();
    lines.addAll(column);
    Run inColumn = predict();
    lines.clear();
    Run empty = predict();

    assertThat(inColumn.exitCode()).isEqualTo(1);
    assertThat(inColumn.out()).isEmpty();
    assertThat(inColumn.err())
        .contains("series.tsv: line 1: expected a series, one line with all its values")
        .hasLineCount(1);
    assertThat(empty.exitCode()).isEqualTo(1);
    assertThat(empty.err()).contains("series.tsv").contains("found the end").hasLineCount(1);
  }

  @Test
  void anAssumptionIsSaidOnce() throws IOException {
    Run run = predict();

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("lstmfcn: note: " + CBF + ": ")
        .contains("--gates")
        .hasLineCount(1);
    assertThat(predict("--gates", "hard_sigmoid").err()).isEmpty();
  }
}
