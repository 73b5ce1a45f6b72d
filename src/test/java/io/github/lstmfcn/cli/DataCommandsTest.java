package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles of files, and that every command reads the same series in every format. */
@Timeout(180)
class DataCommandsTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";
  private static final Path TRAIN = Path.of("testdata/CBF/CBF_TRAIN.tsv");
  private static final Path TEST = Path.of("testdata/CBF/CBF_TEST.tsv");

  @TempDir Path folder;

  private List<String[]> rows;

  @BeforeEach
  void writeTheSameSeriesInManyForms() throws IOException {
    Files.copy(TRAIN, folder.resolve("learn.txt"));
    Files.copy(TEST, folder.resolve("judge.txt"));
    rows = Files.readAllLines(TEST).stream().map(line -> line.split("\t")).toList();
    write("rows.csv", rows.stream().map(row -> values(row, ",")));
    write("labels-last.csv", rows.stream().map(row -> values(row, ",") + "," + row[0]));
    int steps = rows.get(0).length - 1;
    String names =
        IntStream.range(0, steps).mapToObj(i -> "t" + i).collect(Collectors.joining(","));
    write(
        "table.csv",
        Stream.concat(
            Stream.of("id," + names + ",kind"),
            rows.stream().map(row -> "row," + values(row, ",") + "," + row[0])));
    write(
        "series.ts",
        Stream.concat(
            Stream.of("@univariate true", "@classLabel true 1 2 3", "@data"),
            rows.stream().map(row -> values(row, ",") + ":" + label(row))));
    write(
        "series.arff",
        Stream.of(
                Stream.of("@relation cbf"),
                IntStream.range(0, steps).mapToObj(i -> "@attribute t" + i + " numeric"),
                Stream.of("@attribute target {1,2,3}", "@data"),
                rows.stream().map(row -> values(row, ",") + "," + label(row)))
            .flatMap(lines -> lines));
    writeArrays(steps);
  }

  private static String values(String[] row, String separator) {
    return Stream.of(row).skip(1).collect(Collectors.joining(separator));
  }

  private static String label(String[] row) {
    return Integer.toString((int) Double.parseDouble(row[0]));
  }

  private void write(String name, Stream<String> lines) throws IOException {
    Files.write(folder.resolve(name), lines.toList());
  }

  private void writeArrays(int steps) throws IOException {
    ByteBuffer series = ByteBuffer.allocate(8 * rows.size() * steps).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer labels = ByteBuffer.allocate(8 * rows.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (String[] row : rows) {
      labels.putLong(Long.parseLong(label(row)));
      Stream.of(row).skip(1).forEach(value -> series.putDouble(Double.parseDouble(value)));
    }
    array("X_test.npy", "<f8", "(%s, 1, %s)".formatted(rows.size(), steps), series);
    array("y_test.npy", "<i8", "(%s,)".formatted(rows.size()), labels);
  }

  private void array(String name, String type, String shape, ByteBuffer data) throws IOException {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length() + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    file.putShort((short) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve(name), file.put(data.duplicate().rewind()).array());
  }

  private Run run(String line) {
    List<String> arguments =
        Stream.of(line.split(" ")).map(word -> word.replace("~", folder.toString())).toList();
    return Run.of(arguments);
  }

  private Run evaluate(String options) {
    return run("evaluate --weights " + CBF + " " + options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--test ~/judge.txt",
        "--train ~/learn.txt --test ~/judge.txt",
        "--data ~/judge.txt --split test",
        "--test ~/labels-last.csv --label-column last",
        "--test ~/table.csv --label-column kind --ignore-column id",
        "--data ~/series.ts --split test",
        "--test ~/series.arff",
        "--data ~/X_test.npy",
        "--test ~/X_test.npy --labels-file ~/y_test.npy",
      })
  void evaluateScoresTheSameSeriesAlike(String options) {
    Run run = evaluate(options);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("126/150");
  }

  @Test
  void evaluateScoresTrainOfTwoNamedFiles() {
    assertThat(evaluate("--train ~/learn.txt --test ~/judge.txt --split train").out())
        .contains("learn.txt", "/30");
    assertThat(evaluate("--train ~/learn.txt").err()).contains("--test FILE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~/judge.txt --label-column first",
        "~/labels-last.csv --label-column last",
        "~/table.csv --label-column kind --ignore-column id",
        "~/series.ts",
        "~/series.arff",
        "~/X_test.npy",
        "testdata/CBF/CBF_TEST.tsv --label-column 1",
      })
  void predictAnswersTheSameSeriesAlike(String input) {
    String expected = run("predict --weights " + CBF + " ~/rows.csv").out();

    Run run = run("predict --weights " + CBF + " " + input);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(expected.lines()).hasSize(150);
    assertThat(run.out()).isEqualTo(expected);
  }

  @Test
  void aFileIsSplitAlikeByTrainingAndEvaluation() throws IOException {
    String data = "--data ~/labels-last.csv --label-column last --test-size 0.3 --split-seed 5";
    Run trained =
        run("train " + data + " --epochs 2 --batch-size 16 --recipe 2019 --quiet --out ~/run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("run/metrics.json").toFile());

    Run scored = run("evaluate --json --weights ~/run " + data);
    JsonNode score = new ObjectMapper().readTree(scored.out());

    assertThat(score.get("total").asInt()).isBetween(43, 47);
    assertThat(score.get("total")).isEqualTo(metrics.at("/test/total"));
    assertThat(score.get("correct")).isEqualTo(metrics.at("/test/correct"));
    Run other = run("evaluate --json --weights ~/run " + data.replace("5", "6"));
    assertThat(new ObjectMapper().readTree(other.out()).get("loss"))
        .isNotEqualTo(score.get("loss"));
    Run predicted = run("predict --weights ~/run ~/rows.csv");
    assertThat(predicted.out().lines()).as(predicted.err()).hasSize(150);
    assertThat(predicted.out()).matches("(?s)[123] .*");

    Run again =
        run("train " + data + " --epochs 2 --batch-size 16 --recipe 2019 --quiet --out ~/b");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("b/weights-last.h5")))
        .isEqualTo(Files.readAllBytes(folder.resolve("run/weights-last.h5")));
  }

  @Test
  void aRunDescribesHowItsFilesAreReadAndNoticesAChange() throws IOException {
    Run trained =
        run(
            "train --train ~/labels-last.csv --label-column last --epochs 1 --batch-size 64"
                + " --recipe 2019 --quiet --out ~/run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode run = new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    assertThat(run.at("/reading/layout/labelColumn").asText()).isEqualTo("last");
    assertThat(run.get("set").asText()).isEqualTo("labels-last");

    Run resumed = run("train --resume ~/run --quiet");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    Files.writeString(folder.resolve("labels-last.csv"), "1,2,3\n");
    assertThat(run("train --resume ~/run --quiet").err()).contains("labels-last.csv", "SHA-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data ~/judge.txt --test ~/judge.txt|either --data or --train and --test",
        "--test ~/judge.txt --test-size 0.2|--test-size: expected one file in --data",
        "--data testdata --test-size 0.2|--test-size: expected one file in --data, found a folder",
        "--data ~/judge.txt --test-size 1.5|--test-size: expected a share between 0 and 1",
        "--data ~/judge.txt --split-seed 3|--split-seed: expected --test-size with it",
        "--train ~/learn.txt --test ~/judge.txt --labels-file ~/y_test.npy|found several",
        "|Missing required option: '--data'",
      })
  void contradictionsAreUsageErrors(String line) {
    String[] parts = line.split("\\|", -1);
    for (String command : List.of("evaluate --weights " + CBF, "train --out ~/run")) {
      Run run = run((command + " " + parts[0]).strip());

      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains(parts[1]);
    }
  }

  @Test
  void aSingleFileOfNoRoleIsRefusedWithTheOptionsThatSayIt() {
    Run run = evaluate("--data ~/judge.txt");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("--train FILE, --test FILE or --split", "--test-size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"~/judge.txt", "testdata/CBF/CBF_TEST.tsv"})
  void predictSuspectsALabelInARowOfOneValueTooMany(String file) {
    Run run = run("predict --weights " + CBF + " " + file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 1", "found 129", "--label-column first to ignore it");
  }

  @Test
  void anEmptyLineOfValuesIsRefusedByItsLine() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("rows.csv")));
    lines.add(2, "NaN" + ",NaN".repeat(127));
    Files.write(folder.resolve("gap.csv"), lines);

    Run run = run("predict --weights " + CBF + " ~/gap.csv");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("gap.csv: line 3: ", "only missing values");
  }
}
