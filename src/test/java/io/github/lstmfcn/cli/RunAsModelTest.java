package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder of a training as a model: all commands give its answers on series as they are in the
 * files, though it was trained on normalised ones and with gates that its weights do not tell.
 */
class RunAsModelTest {
  private static final int SERIES = 6;

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    Path set = Files.createDirectories(folder.resolve("data/Slopes"));
    for (String half : List.of("TRAIN", "TEST")) {
      Random random = new Random(half.hashCode());
      List<String> lines = new ArrayList<>();
      for (int series = 0; series < SERIES; series++) {
        StringJoiner line = new StringJoiner("\t").add(series % 2 == 0 ? "down" : "up");
        for (int step = 0; step < 12; step++) {
          line.add("" + (100 + random.nextFloat() + (series % 2 == 0 ? -step : step)));
        }
        lines.add(line.toString());
      }
      Files.write(set.resolve("Slopes_" + half + ".tsv"), lines);
    }
    Run run =
        Run.of(
            "train",
            "--data",
            "" + folder.resolve("data"),
            "--model",
            "alstm-fcn",
            "--cells",
            "2",
            "--gates",
            "sigmoid",
            "--epochs",
            "2",
            "--recipe",
            "2019",
            "--out",
            "" + folder.resolve("run"),
            "--quiet");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static Run run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--weights", folder.resolve("run").toString()));
    arguments.addAll(List.of(more));
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static List<NamedCsvRecord> table(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().toList();
    }
  }

  /** The probability of {@code up} of each series. */
  private static List<Double> evaluated() throws IOException {
    Path file = folder.resolve("predictions.csv");
    run("evaluate", "--data", "" + folder.resolve("data"), "--predictions", "" + file, "--force");
    return table(file).stream()
        .map(row -> Double.parseDouble(row.getField("probability_up")))
        .toList();
  }

  private static List<Double> predicted(String... model) throws IOException {
    Path series = folder.resolve("series.tsv");
    List<String> lines = Files.readAllLines(folder.resolve("data/Slopes/Slopes_TEST.tsv"));
    Files.write(series, lines.stream().map(line -> line.replaceFirst("^\\w+\t", "")).toList());
    List<String> arguments = new ArrayList<>(List.of("predict", "--json", "--weights"));
    arguments.addAll(List.of(model));
    arguments.add("" + series);
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<Double> probabilities = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode answer = new ObjectMapper().readTree(line);
      probabilities.add(answer.at("/probabilities/up").asDouble());
    }
    return probabilities;
  }

  private static void same(List<Double> one, List<Double> other) {
    assertThat(one).hasSize(SERIES);
    for (int series = 0; series < SERIES; series++) {
      assertThat(one.get(series)).isCloseTo(other.get(series), within(1e-6));
    }
  }

  @Test
  void itsOwnScoreComesOutAgain() throws IOException {
    JsonNode metrics =
        new ObjectMapper().readTree(folder.resolve("run/metrics.json").toFile()).path("test");
    JsonNode json =
        new ObjectMapper()
            .readTree(run("evaluate", "--data", "" + folder.resolve("data"), "--json").out());

    assertThat(json.path("correct").asInt()).isEqualTo(metrics.path("correct").asInt());
    assertThat(json.path("loss").asDouble())
        .isCloseTo(metrics.path("loss").asDouble(), within(1e-5));
    assertThat(json.path("chosen_on").asText()).isEqualTo("TRAIN");
    assertThat(json.path("estimator").asText()).isEqualTo("ALSTM-FCN");
  }

  @Test
  void predictHasItsLabelsGatesAndNormalisation() throws IOException {
    same(predicted("" + folder.resolve("run")), evaluated());
  }

  @Test
  void whatIsGivenCounts() throws IOException {
    List<Double> others =
        predicted("" + folder.resolve("run"), "--normalize", "none", "--gates", "hard_sigmoid");

    assertThat(others.get(0)).isNotCloseTo(evaluated().get(0), within(1e-6));
  }

  @Test
  void theExportedModelAnswersLikewise() throws IOException {
    Path model = folder.resolve("model");
    run("export", "--out", "" + model);

    same(predicted("" + model), evaluated());
    JsonNode provenance =
        new ObjectMapper().readTree(model.resolve("assets.extra/provenance.json").toFile());
    assertThat(provenance.at("/provenance/gates_from").asText())
        .isEqualTo("the file's own description");
    assertThat(provenance.at("/preparation/normalization").asText()).isEqualTo("sample");
    assertThat(provenance.at("/model/recurrent/gates").asText()).isEqualTo("sigmoid");
  }

  @Test
  void theConvertedWeightsAnswerLikewise() throws IOException {
    Path converted = folder.resolve("converted.h5");
    run("convert", "--out", "" + converted);

    same(predicted("" + converted), evaluated());
  }

  @Test
  void itIsExplainedOnWhatItWasTrainedOn() throws IOException {
    run(
        "cam",
        "--data",
        "" + folder.resolve("data"),
        "--class",
        "up",
        "--all",
        "--out",
        "" + folder.resolve("maps"));

    List<Double> probabilities =
        table(folder.resolve("maps/logits.csv")).stream()
            .filter(row -> row.getField("class").equals("up"))
            .map(row -> Double.parseDouble(row.getField("probability")))
            .toList();
    same(probabilities, evaluated());
  }

  @Test
  void whatHappensToTheTrainFileDoesNotChangeTheModel() throws IOException {
    List<Double> before = predicted("" + folder.resolve("run"));
    Path train = folder.resolve("data/Slopes/Slopes_TRAIN.tsv");
    byte[] bytes = Files.readAllBytes(train);
    Files.writeString(train, "left\t1\nright\t2\n");
    try {
      same(predicted("" + folder.resolve("run")), before);
    } finally {
      Files.write(train, bytes);
    }
  }

  @Test
  void theWeightFileAloneAnswersLikewise() throws IOException {
    Path alone = folder.resolve("alone.h5");
    Files.copy(folder.resolve("run/weights-best.h5"), alone, StandardCopyOption.REPLACE_EXISTING);

    same(predicted("" + alone), evaluated());
  }

  @Test
  void anotherTrainFileIsRefusedByItsLabels() throws IOException {
    Path other = folder.resolve("Other_TRAIN.tsv");
    Files.writeString(other, "left\t1\nright\t2\n");
    Run run =
        Run.of(
            "export",
            "--weights",
            "" + folder.resolve("run"),
            "--train",
            "" + other,
            "--out",
            "" + folder.resolve("never"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Other_TRAIN.tsv: labels: expected [down, up], as the model was trained with, found"
                + " [left, right]");
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
