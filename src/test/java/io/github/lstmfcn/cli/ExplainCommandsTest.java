package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that explain a model print and write when all is well. */
class ExplainCommandsTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";

  private static final String ALSTM = "keras-weights/2017-alstmfcn-8-CBF/weights.h5";

  private static final String VOICES = "keras-weights/2018-malstmfcn-8-SilentVoices/weights.h5";

  @TempDir Path folder;

  private Run run(String command, String weights, String set, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--weights", weights, "--data", "testdata", "--set", set));
    arguments.addAll(List.of("--force", "--out", "" + folder.resolve("out")));
    arguments.addAll(Arrays.asList(more));
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err().lines()).allMatch(line -> line.startsWith("lstmfcn: note: "));
    return run;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<NamedCsvRecord> table(String name) throws IOException {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("out").resolve(name))) {
      return reader.stream().toList();
    }
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }

  private BufferedImage picture(String name) throws IOException {
    return ImageIO.read(folder.resolve("out").resolve(name).toFile());
  }

  private static long coloursOf(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }

  private String page(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  private static List<JsonNode> items(String page) throws IOException {
    Matcher found =
        Pattern.compile("<script type=\"application/json\" class=\"item\"[^>]*>(.*?)</script>")
            .matcher(page);
    List<JsonNode> items = new ArrayList<>();
    while (found.find()) {
      items.add(new ObjectMapper().readTree(found.group(1)));
    }
    return items;
  }

  private static float[] numbers(JsonNode text) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(text.asText())).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  @Test
  void camDrawsTheFirstSeriesOfEachClassByDefault() throws IOException {
    Run run = run("cam", CBF, "CBF");

    assertThat(run.out())
        .contains("|      0 | 1    | 3         | 3      | 0.667 | 1.558 |")
        .contains("3 pictures as PNG and SVG");
    assertThat(files())
        .containsExactly(
            "cam.csv",
            "cam.html",
            "logits.csv",
            "sample-0.png",
            "sample-0.svg",
            "sample-1.png",
            "sample-1.svg",
            "sample-2.png",
            "sample-2.svg");
    BufferedImage picture = picture("sample-0.png");
    assertThat(picture.getWidth()).isEqualTo(960);
    assertThat(coloursOf(picture)).isGreaterThan(100);
  }

  @Test
  void camsTablesAddUpToTheLogit() throws IOException {
    run("cam", CBF, "CBF", "--samples", "3,0", "--class", "2");

    List<NamedCsvRecord> steps = table("cam.csv");
    assertThat(steps).hasSize(2 * 128);
    assertThat(steps.get(128).getFields()).startsWith("3", "1", "1", "2", "0");
    double mean =
        steps.stream()
            .filter(row -> row.getField("sample").equals("3"))
            .mapToDouble(row -> number(row, "map"))
            .average()
            .orElseThrow();
    NamedCsvRecord logit = table("logits.csv").get(3 + 1); // of sample 3, class 2
    assertThat(number(logit, "convolution")).isCloseTo(mean, within(1e-5));
    assertThat(number(logit, "convolution") + number(logit, "lstm") + number(logit, "bias"))
        .isCloseTo(number(logit, "logit"), within(1e-4));
  }

  @Test
  void camsPageHoldsTheMapsOfAllClassesAndNeedsNoNetwork() throws IOException {
    run("cam", CBF, "CBF", "--samples", "0");

    String page = page("cam.html");
    JsonNode item = items(page).get(0);
    float[] map = numbers(item.get("map"));
    assertThat(map).hasSize(3 * 128);
    List<NamedCsvRecord> shown = table("cam.csv");
    assertThat(item.get("shown").asInt()).isEqualTo(2);
    for (int step = 0; step < 128; step++) {
      assertThat((double) map[2 * 128 + step]).isEqualTo((float) number(shown.get(step), "map"));
    }
    assertThat(item.get("title").asText()).startsWith("CBF TEST, sample 0: predicted 3");
    assertNeedsNoNetwork(page);
  }

  private static void assertNeedsNoNetwork(String page) {
    assertThat(page)
        .doesNotContainPattern("(src|href)=[\"']?(?!data:)[^\"'> ]")
        .contains("</html>");
    assertThat(page).doesNotContain("http://", "https://", "@import", "fetch(");
  }

  @Test
  void camOfManySeriesTellsHowFarItIsUnlessQuiet() {
    List<String> many =
        List.of("cam", "--weights", CBF, "--data", "testdata", "--set", "CBF", "--per-class", "7");
    List<String> loud = new ArrayList<>(many);
    loud.addAll(List.of("--force", "--out", "" + folder.resolve("out")));
    List<String> quiet = new ArrayList<>(loud);
    quiet.add("--quiet");

    assertThat(Run.of(loud).err()).contains("21/21").doesNotContain("\r");
    Run run = Run.of(quiet);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("and 1 more, in logits.csv", "21 pictures");
  }

  @Test
  @Tag("long")
  void camOfMoreThanAHundredSeriesSaysWhatItWillWrite() throws IOException {
    List<String> all =
        List.of(
            "cam",
            "--weights",
            CBF,
            "--data",
            "testdata",
            "--set",
            "CBF",
            "--all",
            "--out",
            "" + folder.resolve("out"));

    Run run = Run.of(all);

    assertThat(run.err())
        .startsWith("lstmfcn: note: 150 series: writing 150 pictures as PNG and as many as SVG");
    assertThat(files()).hasSize(2 * 150 + 3);
    assertThat(Files.size(folder.resolve("out/cam.html"))).isLessThan(10_000_000);
  }

  @Test
  void camAsUpstreamIsAnotherMapOfTheSameLogits() throws IOException {
    run("cam", CBF, "CBF", "--samples", "0");
    List<NamedCsvRecord> right = table("cam.csv");
    List<String> logits = Files.readAllLines(folder.resolve("out/logits.csv"));

    run("cam", CBF, "CBF", "--samples", "0", "--as-upstream", "2017");

    List<NamedCsvRecord> original = table("cam.csv");
    assertThat(original.stream().mapToDouble(row -> number(row, "map")).max()).hasValue(1);
    assertThat(number(original.get(5), "map")).isNotEqualTo(number(right.get(5), "map"));
    assertThat(folder.resolve("out/logits.csv")).hasContent(String.join("\n", logits));
    assertThat(page("cam.html")).contains("Map as drawn by the original (2017)");
  }

  @Test
  void labelsCannotBreakThePage() throws IOException {
    Path data = Files.createDirectory(folder.resolve("odd"));
    String nasty = "</script><b>&\"";
    String lines = nasty + "\t1\t2\nb\t2\t1\nc\t0\t1\n";
    Files.writeString(data.resolve("odd_TEST.tsv"), lines);

    Run run =
        Run.of(
            "cam",
            "--weights",
            CBF,
            "--data",
            "" + data.resolve("odd_TEST.tsv"),
            "--out",
            "" + folder.resolve("out"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(page("cam.html")).doesNotContain("<b>");
    assertThat(items(page("cam.html")).get(0).get("classes").toString()).contains("<b>&");
  }

  @Test
  void contextDrawsOnePictureAClass() throws IOException {
    run("context", ALSTM, "CBF", "--classwise", "--sequence", "--limit", "2");

    assertThat(files())
        .containsExactly(
            "context-0.png",
            "context-0.svg",
            "context-1.png",
            "context-1.svg",
            "context-2.png",
            "context-2.svg",
            "context.csv",
            "context.html");
    assertThat(picture("context-1.png").getHeight()).isEqualTo(640);
    assertThat(page("context-1.svg")).contains("class 2", "sample 4 (class 2)");
    List<NamedCsvRecord> steps = table("context.csv");
    assertThat(steps).hasSize(6 * 128);
    assertThat(steps)
        .allSatisfy(
            row ->
                assertThat(number(row, "attended"))
                    .isCloseTo(number(row, "value") * number(row, "context"), within(1e-5)));
    assertThat(steps.stream().mapToDouble(row -> number(row, "context")))
        .allMatch(context -> -1 <= context && context <= 1);
    assertThat(items(page("context.html"))).hasSize(6);
    assertNeedsNoNetwork(page("context.html"));
  }

  @Test
  void contextOf2017IsTheSameForEverySeries() throws IOException {
    run("context", ALSTM, "CBF", "--as-upstream", "2017", "--limit", "2");

    List<NamedCsvRecord> steps = table("context.csv");
    assertThat(steps).hasSize(2 * 128);
    assertThat(steps.get(128 + 9).getField("context")).isEqualTo(steps.get(9).getField("context"));
    assertThat(picture("context.png").getHeight()).isEqualTo(300);
    assertThat(coloursOf(picture("context.png"))).isGreaterThan(20);
  }

  @Test
  void helpOfContextSaysWhyItShowsTheInput() {
    assertThat(Run.of("context", "--help").out().replaceAll("\\s+", " "))
        .contains("the softmax over one step is 1, so this is the series itself")
        .contains("Neither shows which steps the network uses");
  }

  @Test
  void filtersDrawsKernelsAndActivationsOfEachConvolution() throws IOException {
    run("filters", CBF, "CBF");

    assertThat(files()).hasSize(3 * 6 + 1).contains("conv2-kernels.png", "conv3-activations.csv");
    assertThat(coloursOf(picture("conv1-kernels.png"))).isGreaterThan(200);
    assertThat(coloursOf(picture("conv3-activations.png"))).isGreaterThan(100);
    assertThat(table("conv1-kernels.csv")).hasSize(128 * 8);
    assertThat(table("conv1-activations.csv"))
        .hasSize(128 * 128)
        .allMatch(row -> number(row, "mean") >= 0);
    JsonNode second = items(page("filters.html")).get(1);
    assertThat(numbers(second.get("kernels"))).hasSize(5 * 128 * 256);
    assertNeedsNoNetwork(page("filters.html"));
  }

  @Test
  void featuresWritesARowASeriesAndDrawsThem() throws IOException {
    Run run = run("features", CBF, "CBF");

    assertThat(run.out())
        .contains("150 series, 136 features: the first two components have 49.3 % and 41.3 %");
    List<NamedCsvRecord> rows = table("features.csv");
    assertThat(rows).hasSize(150);
    assertThat(rows.get(0).getHeader()).hasSize(3 + 136).contains("lstm_7", "conv_127");
    assertThat(rows.get(0).getFields()).startsWith("0", "1", "3");
    assertThat(table("components.csv")).hasSize(150);
    assertThat(Files.size(folder.resolve("out/features.npy"))).isEqualTo(128 + 150 * 136 * 4);
    assertThat(Files.size(folder.resolve("out/classes.npy"))).isEqualTo(128 + 150 * 8);
    assertThat(page("features.svg")).contains("component 1 (49.3 % of the variance)");
    assertThat(coloursOf(picture("features.png"))).isGreaterThan(20);
    assertThat(items(page("features.html")).get(0).get("names").toString()).contains("3");
    assertNeedsNoNetwork(page("features.html"));
  }

  @Test
  void camOfSeveralVariablesHasAPanelAndAColumnForEach() throws IOException {
    run("cam", VOICES, "SilentVoices", "--truncate", "--samples", "3");

    List<NamedCsvRecord> steps = table("cam.csv");
    assertThat(steps).hasSize(26);
    assertThat(steps.get(0).getHeader())
        .hasSize(5 + 12 + 1)
        .contains("variable_0", "variable_11")
        .endsWith("map");
    assertThat(steps.get(9).getField("variable_11")).isEqualTo("0.0"); // a silent variable
    assertThat(picture("sample-3.png").getHeight()).isEqualTo(1240);
    JsonNode item = items(page("cam.html")).get(0);
    float[] series = numbers(item.get("series"));
    assertThat(item.get("variables").asInt()).isEqualTo(12);
    assertThat(series).hasSize(12 * 26);
    assertThat((double) series[2 * 26 + 7]).isEqualTo((float) number(steps.get(7), "variable_2"));
    assertThat(page("cam.html")).contains("data-variables=\"12\"");
    assertNeedsNoNetwork(page("cam.html"));
  }

  @Test
  void contextOfSeveralStepsDrawsSharesOfVariables() throws IOException {
    Run run = run("context", VOICES, "SilentVoices", "--truncate", "--samples", "3,0");

    assertThat(run.out()).contains("pictures of 9 classes and 2 series");
    assertThat(files())
        .hasSize(2 * (9 + 2) + 4)
        .contains("attention-class-8.png", "attention-sample-3.svg", "attended.csv");
    List<NamedCsvRecord> shares = table("attention.csv");
    assertThat(shares).hasSize(2 * 12 * 12);
    assertThat(shares.get(0).getHeader())
        .containsExactly("sample", "label", "variable", "masked", "attended", "alpha");
    assertThat(shares.subList(0, 12).stream().mapToDouble(row -> number(row, "alpha")).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(page("attention-sample-3.svg"))
        .contains("sample 3 (class 4)", "attended variable", "attended to (grey): variable 4, 11");
    List<NamedCsvRecord> attended = table("attended.csv"); // value and share of the last step
    assertThat(attended).hasSize(2 * 12 * 26);
    NamedCsvRecord some = attended.get(5 * 26 + 7);
    assertThat(some.getFields()).startsWith("0", "1", "5", "7");
    assertThat(number(some, "attended"))
        .isCloseTo(number(some, "value") * number(shares.get(11 * 12 + 5), "alpha"), within(1e-6));
    assertThat(table("attention-means.csv")).hasSize(9 * 12 * 12);
    assertThat(items(page("attention.html"))).hasSize(9 + 2);
    assertNeedsNoNetwork(page("attention.html"));
  }

  @Test
  void contextOverStepsNamesThemSo() throws IOException {
    ModelSpec spec = ModelSpec.of(ModelKind.ALSTM_FCN, 3, 60, 3, 2, GateActivation.HARD_SIGMOID);
    ModelSpec overSteps = spec.with(spec.recurrent().with(Orientation.OVER_STEPS));
    Path weights = folder.resolve("over-steps.h5");
    write(overSteps, weights);

    run("context", "" + weights, "PhaseWaves", "--samples", "1");

    assertThat(table("attention.csv")).hasSize(60 * 60);
    assertThat(table("attended.csv").get(0).getHeader())
        .containsExactly("sample", "label", "step", "variable", "value", "attended");
    assertThat(page("attention-sample-1.svg")).contains("attended step");
  }

  @Test
  void contextOfAUnivariateNetworkIsOfTheSelectedSeries() throws IOException {
    run("context", ALSTM, "CBF", "--samples", "4,2");

    assertThat(table("context.csv").stream().map(row -> row.getField("sample")).distinct())
        .containsExactly("2", "4");
  }

  @Test
  void filtersDrawsTheFactorsOfSqueezeAndExcite() throws IOException {
    Run run = run("filters", VOICES, "SilentVoices", "--truncate", "--samples", "0,3");

    assertThat(run.out()).contains("factors of squeeze-and-excite of 2 blocks");
    assertThat(files())
        .hasSize(3 * 6 + 1 + 2 * 4)
        .contains("se1-scales.png", "se1-scales.svg", "se2-scales.csv", "se2-means.csv");
    assertThat(table("conv1-kernels.csv")).hasSize(128 * 8 * 12);
    assertThat(table("conv1-kernels.csv").get(0).getHeader())
        .containsExactly("filter", "tap", "variable", "weight");
    assertThat(table("conv2-kernels.csv").get(0).getHeader()).contains("channel");
    assertThat(page("conv1-kernels.svg")).contains("variable 11");
    assertThat(table("se1-means.csv")).hasSize(9 * 128);
    assertThat(table("se2-scales.csv"))
        .hasSize(2 * 256)
        .allMatch(row -> number(row, "scale") > 0 && number(row, "scale") < 1);
    assertThat(page("se1-scales.svg")).contains("class 9, mean", "sample 3 (4)");
    List<JsonNode> items = items(page("filters.html"));
    assertThat(numbers(items.get(0).get("scales"))).hasSize((9 + 2) * 128);
    assertThat(items.get(2).has("scales")).isFalse();
    assertThat(page("filters.html")).contains("<canvas id=\"scales\">");
    assertNeedsNoNetwork(page("filters.html"));
  }

  @Test
  void filtersOfANetworkWithoutSqueezeAndExciteHasNoPlaceForFactors() throws IOException {
    run("filters", CBF, "CBF");

    assertThat(page("filters.html")).doesNotContain("id=\"scales\"");
  }

  @Test
  void importanceRanksTheVariables() throws IOException {
    Run run =
        run(
            "importance",
            "keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5",
            "PhaseWaves",
            "--quiet");
    String picture = page("importance.svg");

    assertThat(run.out())
        .contains("77/90 correct", "10 permutations of each variable", "drop in accuracy");
    assertThat(files())
        .containsExactly(
            "importance.csv", "importance.html", "importance.png", "importance.svg", "repeats.csv");
    List<NamedCsvRecord> variables = table("importance.csv");
    assertThat(variables).hasSize(3);
    List<NamedCsvRecord> repeats = table("repeats.csv");
    assertThat(repeats).hasSize(3 * 10);
    NamedCsvRecord last = variables.get(2);
    assertThat(number(last, "accuracy_drop"))
        .isCloseTo(
            repeats.subList(20, 30).stream()
                .mapToDouble(row -> number(row, "accuracy_drop"))
                .average()
                .orElseThrow(),
            within(1e-12))
        .isBetween(number(last, "accuracy_drop_low"), number(last, "accuracy_drop_high"));
    assertThat(items(page("importance.html")).get(0).get("loss")).hasSize(3);
    assertThat(coloursOf(picture("importance.png"))).isGreaterThan(5);
    assertNeedsNoNetwork(page("importance.html"));

    run(
        "importance",
        "keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5",
        "PhaseWaves",
        "--quiet");
    assertThat(page("importance.svg")).isEqualTo(picture);
  }

  @Test
  void camOfAnFcnAloneSaysNothingOfAnLstm() throws IOException {
    Path weights = folder.resolve("fcn.h5");
    write(spec(ModelKind.FCN), weights);

    Run run = run("cam", "" + weights, "PhaseWaves");

    assertThat(run.out()).doesNotContain("LSTM");
    assertThat(page("sample-0.svg")).doesNotContain("LSTM");
    assertThat(page("cam.html")).doesNotContain("+ LSTM</th>", "no map over");
    assertThat(table("logits.csv")).allMatch(row -> number(row, "lstm") == 0);
  }

  private static void write(ModelSpec spec, Path file) {
    KerasWeights.write(RandomWeights.of(spec, 1), ModelMetadata.of(spec), file);
  }

  private static ModelSpec spec(ModelKind kind) {
    return ModelSpec.of(kind, 3, 60, 3, 2, GateActivation.HARD_SIGMOID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LSTM       | cam                      | expected a model with convolutions, found LSTM",
        "LSTM       | filters                  | expected a model with convolutions, found LSTM",
        "LSTM       | context                  | expected a model with attention",
        "MLSTM_FCN  | context                  | use lstmfcn cam for models without attention",
        "MLSTM_FCN  | cam --as-upstream 2019   | expected a univariate LSTM-FCN or ALSTM-FCN",
        "FCN        | filters --all            | expected a model with squeeze-and-excite",
        "MALSTM_FCN | context --sequence       | --sequence: expected an ALSTM-FCN of one variable",
        "MALSTM_FCN | context --as-upstream 2017 | --as-upstream: expected an ALSTM-FCN"
      })
  void whatANetworkDoesNotHaveIsRefusedInOneLine(ModelKind kind, String command, String expected) {
    Path weights = folder.resolve("weights.h5");
    write(spec(kind), weights);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addAll(List.of("--weights", "" + weights, "--data", "testdata"));
    arguments.addAll(List.of("--set", "PhaseWaves", "--out", "" + folder.resolve("out")));

    Run run = Run.of(arguments);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains(expected));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void importanceOfOneVariableIsRefusedInOneLine() {
    Run run = Run.of("importance", "--weights", CBF, "--data", "testdata", "--set", "CBF");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("expected a model of several variables, found LSTM-FCN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"importance --repeats 1", "context --limit 2 --all"})
  void optionsThatMakeNoSenseAreRefused(String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addAll(List.of("--weights", CBF, "--data", "testdata", "--set", "CBF"));

    assertThat(Run.of(arguments).exitCode()).isEqualTo(2);
  }
}
