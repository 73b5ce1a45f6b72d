package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that explain a model print and write when all is well. */
class ExplainCommandsTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";

  private static final String ALSTM = "keras-weights/2017-alstmfcn-8-CBF/weights.h5";

  @TempDir Path folder;

  private Run run(String command, String weights, String set, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--weights", weights, "--data", "testdata", "--set", set));
    arguments.addAll(List.of("--out", "" + folder.resolve("out")));
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
    loud.addAll(List.of("--out", "" + folder.resolve("out")));
    List<String> quiet = new ArrayList<>(loud);
    quiet.add("--quiet");

    assertThat(Run.of(loud).err()).contains("21/21").doesNotContain("\r");
    Run run = Run.of(quiet);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("and 1 more, in logits.csv", "21 pictures");
  }

  @Test
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
}
