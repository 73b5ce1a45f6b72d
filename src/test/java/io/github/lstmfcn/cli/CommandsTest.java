package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.keras.KerasWeights;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each command prints and writes when all is well. */
class CommandsTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";
  private static final String ATTENTION =
      "keras-weights/2019-alstmfcn-64-SyntheticControl/weights.h5";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect",
        "evaluate",
        "verify",
        "predict",
        "export",
        "convert",
        "train",
        "search",
        "train-all",
        "cam",
        "context",
        "filters",
        "features",
        "importance",
        "report"
      })
  void everyCommandExplainsItselfWithAnExample(String command) {
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    Run run;
    try {
      run = Run.of(command, "--help");
    } finally {
      System.setErr(before);
    }

    assertThat(run.exitCode()).isZero();
    assertThat(warnings.toString(StandardCharsets.UTF_8))
        .describedAs("warnings of a text that is no format, as of a percent sign")
        .isEmpty();
    assertThat(run.out())
        .containsPattern("(?s)Usage: lstmfcn " + command + " .*Examples?:\\R  .*lstmfcn " + command)
        .contains("--debug");
  }

  @Test
  void theVersionNamesTensorFlow() {
    assertThat(Run.of("--version").out()).contains("lstmfcn", "TensorFlow 2.");
    assertThat(Run.of("evaluate", "--version").out()).isEqualTo(Run.of("--version").out());
  }

  @Test
  void completionForShellsIsGenerated() {
    assertThat(Run.of("generate-completion").out()).contains("complete -F", "across-batch");
  }

  @Test
  void inspectShowsLayersAndTheModel() throws IOException {
    Run run = Run.of("inspect", ATTENTION);
    assertThat(run.out())
        .contains("Keras    2.2.5", "ALSTM-FCN, 64 cells, length 60, 6 classes")
        .contains("attention_lstm_1/attention_W:0", "[60, 64]");
    assertThat(run.err()).contains("--attention overrides this").hasLineCount(2);

    JsonNode json = new ObjectMapper().readTree(Run.of("inspect", ATTENTION, "--json").out());
    assertThat(json.at("/model/cells").asInt()).isEqualTo(64);
    assertThat(json.at("/model/attention_open").asBoolean()).isTrue();
    assertThat(json.at("/layers")).hasSize(8);
    assertThat(json.at("/layers/0/arrays/0").fieldNames())
        .toIterable()
        .containsExactly("name", "shape");
  }

  @Test
  void inspectShowsHowTheNetworkReadsASeries() throws IOException {
    String action3d = "keras-weights/2018-malstmfcn-8-SilentVoices-action3d/weights.h5";

    assertThat(Run.of("inspect", action3d, "--length", "26").out())
        .contains("over-variables: 6 steps of 13 times, those of zeros masked; subsampled by 6")
        .contains("Block 2  256 filters of size 5, squeeze-and-excite 16");
    JsonNode json =
        new ObjectMapper().readTree(Run.of("inspect", action3d, "--length", "26", "--json").out());
    assertThat(json.at("/model/variables").asInt()).isEqualTo(12);
    assertThat(json.at("/model/masking").asBoolean()).isTrue();
    assertThat(json.at("/model/subsampling/stride").asInt()).isEqualTo(2);
    assertThat(json.at("/model/blocks/0/squeeze_and_excite").asInt()).isEqualTo(8);
  }

  @Test
  void aLengthIsAskedForByNameAndComparedWithTheFile() {
    String steps = "src/test/resources/cases/keras-files/over-steps/sktime.weights.h5";

    assertThat(Run.of("inspect", steps).err()).contains("--length").hasLineCount(1);
    assertThat(Run.of("inspect", steps, "--length", "24").out())
        .contains("length 24", "over-steps: 24 steps of 1 variable, no mask");
    assertThat(Run.of("inspect", CBF, "--length", "24").err())
        .contains("length: expected 128, as the file has it, found 24");
  }

  @Test
  void aFileOfOneScopeOnlyHasNoSuchNote() {
    assertThat(Run.of("inspect", "keras-weights/2017-alstmfcn-8-CBF/weights.h5").out())
        .contains("per-series attention")
        .doesNotContain("across-batch");
  }

  @Test
  void evaluateCountsInTextJsonAndCsv() throws IOException {
    List<String> evaluate =
        List.of("evaluate", "--weights", CBF, "--data", "testdata", "--set", "cbf");
    assertThat(Run.of(evaluate).out()).contains("Correct   126/150", "Accuracy  0.840000");

    JsonNode json = new ObjectMapper().readTree(Run.of(with(evaluate, "--json")).out());
    assertThat(json.get("correct").asInt()).isEqualTo(126);
    assertThat(json.at("/confusion/0/2").asInt()).isEqualTo(17);

    assertThat(Run.of(with(evaluate, "--csv")).out()).contains("correct,,,126", "recall,1,,0.52");
  }

  @Test
  void aReportHasTheCountsThatEvaluateAndVerifyFound() throws IOException {
    Path results = folder.resolve("results");
    Path report = folder.resolve("report.json");
    Run evaluated =
        Run.of(
            "evaluate",
            "--weights",
            CBF,
            "--data",
            "testdata",
            "--set",
            "cbf",
            "--aeon",
            "" + results,
            "--json");
    Files.writeString(folder.resolve("cbf.json"), evaluated.out());
    Run.of("verify", "--weights", "keras-weights", "--data", "testdata", "--out", folder + "/v");

    Run run =
        Run.of(
            "report",
            "evaluated=" + folder.resolve("cbf.json"),
            "" + results,
            "" + folder.resolve("v"),
            "--out",
            "" + report);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Measured and reported", "Wrote " + report);
    assertThat(results.resolve("LSTM-FCN/Predictions/CBF/testResample0.csv")).isRegularFile();
    JsonNode json = new ObjectMapper().readTree(report.toFile()).path("results");
    assertThat(json).as("the model that was kept in two forms counts once").hasSize(22);
    for (JsonNode result : json) {
      assertThat(result.path("difference").asInt()).isZero();
      if (result.path("reported").isNull()) {
        assertThat(result.path("correct").asInt()).isEqualTo(126);
        assertThat(result.path("method").asText()).isEqualTo("evaluated");
      }
    }
    assertThat(Run.of("report", "" + results).out()).contains("1 result of 1 method", "0.8400");
  }

  @Test
  void evaluateWritesALineASample() throws IOException {
    Path file = folder.resolve("predictions.csv");
    Run run =
        Run.of(
            "evaluate",
            "--weights",
            CBF,
            "--data",
            "testdata/CBF/CBF_TEST.tsv",
            "--predictions",
            "" + file);

    assertThat(run.exitCode()).as(run.err()).isZero();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      List<NamedCsvRecord> rows = reader.stream().toList();
      assertThat(rows).hasSize(150);
      assertThat(rows.stream().filter(row -> row.getField("correct").equals("true"))).hasSize(126);
      assertThat(rows.get(0).getHeader())
          .containsExactly(
              "series",
              "label",
              "predicted",
              "correct",
              "probability_1",
              "probability_2",
              "probability_3");
    }
  }

  @Test
  void evaluateOnTheFileOfTrainScoresTrain() {
    Run run = Run.of("evaluate", "--weights", CBF, "--data", "testdata/CBF/CBF_TRAIN.tsv");

    assertThat(run.out()).contains("CBF_TRAIN.tsv", "/30");
  }

  @Test
  void aBatchMattersAcrossTheBatchAndTheOutputSaysSo() {
    List<String> across =
        List.of(
            "evaluate",
            "--weights",
            ATTENTION,
            "--data",
            "testdata",
            "--set",
            "SyntheticControl",
            "--normalize",
            "train",
            "--attention",
            "across-batch");

    Run whole = Run.of(across);
    Run single = Run.of(with(across, "--batch-size", "1"));

    assertThat(whole.out()).contains("Loss      0.405513", "batches of 128 in file order");
    assertThat(single.out()).contains("batches of 1 in file order").doesNotContain("0.405513");
  }

  @Test
  void verifyPrintsATableAndKeepsIt() throws IOException {
    Path out = folder.resolve("verified");
    Run run =
        Run.of(
            "verify",
            "--weights",
            "keras-weights",
            "--data",
            "testdata",
            "--out",
            "" + out,
            "--quiet");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("21 files: 21 reproduced", "126/150");
    assertThat(run.err()).isEmpty();
    assertThat(Files.readAllLines(out.resolve("verification.csv"))).hasSize(22);
    JsonNode json = new ObjectMapper().readTree(out.resolve("verification.json").toFile());
    assertThat(json.get("good").asBoolean()).isTrue();
  }

  @Test
  void verifyEndsWithOneIfAFigureIsNotReproduced() throws IOException {
    Path weights = Path.of(CBF).toAbsolutePath();
    Files.writeString(
        folder.resolve("reported.csv"),
        "weights,set,accuracy,normalization,labels\n" + weights + ",CBF,125/150,none,sorted\n");
    String[] verify = {
      "verify", "--weights", "" + folder, "--data", "testdata", "--quiet", "--tolerance"
    };

    Run off = Run.of(with(List.of(verify), "0"));
    Run near = Run.of(with(List.of(verify), "1"));

    assertThat(off.exitCode()).isEqualTo(1);
    assertThat(off.out()).contains("1 files: 1 off", "+1");
    assertThat(near.exitCode()).isZero();
  }

  @Test
  void verifySuggestsTheNameThatIsNearlyKnown() throws IOException {
    Files.copy(Path.of(CBF), folder.resolve("fiftywords_weights.h5"));
    String[] verify = {"verify", "--weights", "" + folder, "--data", "testdata", "--quiet"};

    assertThat(Run.of(verify).err())
        .contains("fiftywords_weights.h5: did you mean fifty_words? If not, list them");

    Files.writeString(
        folder.resolve("reported.csv"),
        "weights,set,accuracy\n" + Path.of(CBF).toAbsolutePath() + ",CBF,126/150\n");
    assertThat(Run.of(verify).out())
        .contains(
            "no accuracy was reported for them:",
            "fiftywords_weights.h5: did you mean fifty_words?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect " + CBF,
        "evaluate --data testdata --set CBF --weights " + CBF,
        "features --data testdata --set CBF --out ~/features --weights " + CBF,
        "verify --data testdata --weights keras-weights",
        "train --data testdata --set CBF --epochs 1 --cells 2 --out ~/run"
      })
  void quietLeavesResultsAndTakesNotesAndProgress(String command) throws IOException {
    String[] words = command.replace("~", "" + folder).split(" ");
    Run loud = Run.of(words);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(this::deleteUnlessFolder);
    }
    Run quiet = Run.of(with(List.of(words), "--quiet"));

    assertThat(loud.err()).isNotEmpty();
    assertThat(quiet.exitCode()).as(quiet.err()).isEqualTo(loud.exitCode());
    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out()).isNotEmpty().isEqualTo(loud.out());
  }

  private void deleteUnlessFolder(Path path) {
    try {
      if (!path.equals(folder)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void progressIsPlainLinesWhereNobodyWatches() {
    Run run = Run.of("verify", "--weights", "keras-weights", "--data", "testdata");

    assertThat(run.err()).contains("21/21").doesNotContain("\r");
  }

  @Test
  void predictAnswersALineEachInThreeForms() throws IOException {
    Path series = unlabelled(2);
    List<String> predict = List.of("predict", "--weights", CBF, "--labels", "cylinder,bell,funnel");

    assertThat(Run.of(with(predict, "" + series)).out().lines())
        .hasSize(2)
        .first()
        .asString()
        .matches("funnel {2}0\\.\\d{6} 0\\.\\d{6} 0\\.\\d{6}");
    List<String> lines = Run.of(with(predict, "--json", "" + series)).out().lines().toList();
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("predicted").asText()).isEqualTo("funnel");
    assertThat(first.at("/probabilities/funnel").asDouble()).isGreaterThan(0.5);
    assertThat(Run.of(with(predict, "--csv", "" + series)).out().lines())
        .hasSize(3)
        .first()
        .isEqualTo("predicted,probability_cylinder,probability_bell,probability_funnel");
  }

  @Test
  @Timeout(60)
  @SuppressWarnings("try") // the end of the pipe is what is tested
  void predictAnswersAPipeThatHasNotEnded() throws Exception {
    String line = Files.readAllLines(unlabelled(1)).get(0) + "\n";
    InputStream console = System.in;
    try (PipedOutputStream series = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(series, 1 << 16);
        PipedWriter answers = new PipedWriter();
        BufferedReader answered = new BufferedReader(new PipedReader(answers))) {
      System.setIn(in);
      CompletableFuture<Integer> exit =
          CompletableFuture.supplyAsync(
              () ->
                  Main.run(
                      new String[] {"predict", "--weights", CBF},
                      new PrintWriter(answers),
                      new PrintWriter(new StringWriter()),
                      false));
      for (int round = 0; round < 3; round++) {
        series.write(line.getBytes(StandardCharsets.UTF_8));
        series.flush();
        assertThat(answered.readLine()).startsWith("2  0.");
      }
      series.close();
      assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
    } finally {
      System.setIn(console);
    }
  }

  @Test
  void anExportedModelPredictsAsTheWeights() throws IOException {
    Path model = folder.resolve("models/cbf");
    Run export =
        Run.of(
            "export",
            "--weights",
            CBF,
            "--out",
            "" + model,
            "--labels",
            "c,b,f",
            "--normalize",
            "sample");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("loaded it and compared");
    assertThat(model.resolve("assets.extra/labels.txt")).hasContent("c\nb\nf");

    Path series = unlabelled(20);
    String ours =
        Run.of(
                "predict",
                "--weights",
                CBF,
                "--labels",
                "c,b,f",
                "--normalize",
                "sample",
                "" + series)
            .out();
    assertThat(Run.of("predict", "--weights", "" + model, "" + series).out()).isEqualTo(ours);

    Run again = Run.of("export", "--weights", CBF, "--out", "" + model, "--force");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(model.resolve("assets.extra/labels.txt")).doesNotExist();
  }

  @Test
  void aModelAcrossTheBatchIsExportedOnlyOnRequestAndWarns() throws IOException {
    Path asAsked = folder.resolve("across");
    Path byDefault = folder.resolve("per-series");
    Run across =
        Run.of(
            "export", "--weights", ATTENTION, "--out", "" + asAsked, "--attention", "across-batch");
    Run plain = Run.of("export", "--weights", ATTENTION, "--out", "" + byDefault);

    assertThat(across.out()).contains("depends on the series in the same request");
    assertThat(Files.readString(asAsked.resolve("assets.extra/provenance.json")))
        .contains("\"scope\" : \"across-batch\"", "\"warning\"");
    assertThat(plain.out()).doesNotContain("depends");
    assertThat(Files.readString(byDefault.resolve("assets.extra/provenance.json")))
        .contains("\"scope\" : \"per-series\"")
        .doesNotContain("warning");
  }

  @Test
  void convertWritesTheSameWeightsForKeras2() {
    Path out = folder.resolve("cbf.h5");
    String keras3 = "keras-weights/keras3-lstmfcn-8-CBF/model.keras";

    assertThat(Run.of("convert", "--weights", keras3, "--out", "" + out).exitCode()).isZero();

    var before = KerasWeights.read(Path.of(keras3)).weights();
    var after = KerasWeights.read(out).weights();
    assertThat(after.spec()).isEqualTo(before.spec());
    before
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(after.arrays().get(name).values()).isEqualTo(array.values()));
  }

  @Test
  void convertLeavesTheScopeOfTheAttentionAsOpenAsItWas() {
    Path open = folder.resolve("open.h5");
    Path closed = folder.resolve("closed.h5");
    Run.of("convert", "--weights", ATTENTION, "--out", "" + open);
    Run.of(
        "convert",
        "--weights",
        "keras-weights/2017-alstmfcn-8-CBF/weights.h5",
        "--out",
        "" + closed);

    assertThat(KerasWeights.read(open).attentionIsOpen()).isTrue();
    assertThat(KerasWeights.read(closed).attentionIsOpen()).isFalse();
  }

  @Test
  void debugShowsWhereAFailureCameFrom() {
    assertThat(Run.of("inspect", "--debug", "nothing.h5").err())
        .contains("InvalidInputException", "\tat io.github.lstmfcn.keras.KerasWeights");
  }

  private Path unlabelled(int count) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("testdata/CBF/CBF_TEST.tsv")).stream()
            .limit(count)
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .toList();
    return Files.write(folder.resolve("series.txt"), lines);
  }

  private static List<String> with(List<String> arguments, String... more) {
    return java.util.stream.Stream.concat(arguments.stream(), java.util.Arrays.stream(more))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--aeon, a-file, a folder that can be created",
    "--predictions, nowhere/predictions.csv, no folder"
  })
  void aScoreIsPrintedEvenIfItsFileCannotBeWritten(String option, String name, String message)
      throws IOException {
    Files.writeString(folder.resolve("a-file"), "");
    String path = folder.resolve(name).toString();

    Run run =
        Run.of("evaluate", "--weights", CBF, "--data", "testdata", "--set", "cbf", option, path);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Correct   126/150");
    assertThat(run.err()).contains(message).hasLineCount(1);
  }
}
