package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.machine.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tune}, and the precision of products. */
class TuneTest {
  private static final String CACHE = "lstmfcn.cache";
  private static final String WEIGHTS = "keras-weights/2017-lstmfcn-64-SyntheticControl/weights.h5";

  @TempDir Path folder;

  private String cacheBefore;

  @BeforeEach
  void useAnotherCache() {
    cacheBefore = System.getProperty(CACHE);
    System.setProperty(CACHE, "" + folder.resolve("cache"));
  }

  @AfterEach
  void restore() {
    if (cacheBefore == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, cacheBefore);
    }
  }

  @Test
  void theTimesArePrintedAndKept() throws IOException {
    Run run = Run.of("tune", "--weights", WEIGHTS, "--batch-sizes", "1,3", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertThat(printed.fieldNames()).toIterable().containsExactly("1", "3");
    assertThat(printed.get("3").fieldNames())
        .toIterable()
        .containsExactly("direct", "winograd-4", "winograd-6");
    JsonNode kept = new ObjectMapper().readTree(folder.resolve("cache/measurements.json").toFile());
    assertThat(kept.at("/measurements")).hasSize(2);
    assertThat(kept.at("/measurements/0/milliseconds")).isEqualTo(printed.get("3"));
    assertThat(kept.at("/measurements/1/question/processor").asText())
        .isEqualTo(Processor.current().name());
  }

  @Test
  void aTableNamesTheProcessor() {
    Run run = Run.of("tune", "--weights", WEIGHTS, "--batch-sizes", "2");

    assertThat(run.out())
        .startsWith(Processor.current().name())
        .contains("batch size", "direct", "winograd-4", "winograd-6")
        .endsWith("Kept in %s\n".formatted(folder.resolve("cache/measurements.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "'8,0', 'expected 1 or more, found 0'",
    "-1, 'expected 1 or more, found -1'",
    "'8,100000000', 'expected a batch size of 1 to 69905, found 100000000'"
  })
  void aBatchOfNoneOrOfTooManyIsMisuseAndNothingIsMeasured(String sizes, String reason) {
    Run run = Run.of("tune", "--weights", WEIGHTS, "--batch-sizes", sizes);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--batch-sizes: " + reason);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aListOfNoSizesIsMisuse() {
    Run run = Run.of("tune", "--weights", WEIGHTS, "--batch-sizes", ",");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--batch-sizes: expected at least one number, found none");
  }

  @Test
  void anUnknownWayIsRefusedBeforeATrainingBegins() {
    Path out = folder.resolve("run");
    System.setProperty("lstmfcn.convolutions", "fast");
    try {
      Run run = Run.of("train", "--data", "testdata", "--set", "CBF", "--out", "" + out);
      Run all = Run.of("train-all", "--data", "testdata", "--sets", "CBF", "--out", "" + out);

      assertThat(List.of(run, all))
          .allSatisfy(
              refused -> {
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.err())
                    .contains(
                        "lstmfcn.convolutions: expected auto or one of [direct, winograd-4,"
                            + " winograd-6], found fast");
              });
      assertThat(out).doesNotExist();
    } finally {
      System.clearProperty("lstmfcn.convolutions");
    }
  }

  @Test
  void timesThatCannotBeKeptAreAFailure() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    Run run = Run.of("tune", "--weights", WEIGHTS, "--batch-sizes", "1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "measurements.json: expected a file that can be written, to keep the times in, found a"
                + " file of that name");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anUnknownPrecisionIsMisuse() {
    Run run =
        Run.of("predict", "--weights", WEIGHTS, "--precision", "float16", "testdata/none.tsv");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("'--precision': expected one of [float32, bfloat16], found float16");
  }

  @Test
  void bfloat16IsConvolvedDirectlyOrRefused() throws IOException {
    assumeTrue(Processor.current().hasBfloat16());
    Run tuned =
        Run.of(
            "tune",
            "--weights",
            WEIGHTS,
            "--precision",
            "bfloat16",
            "--batch-sizes",
            "1",
            "--json");
    System.setProperty("lstmfcn.convolutions", "winograd-6");
    try {
      Path series = Files.writeString(folder.resolve("series.csv"), "1,2,3\n");
      Run refused = Run.of("predict", "--weights", WEIGHTS, "--precision", "bfloat16", "" + series);

      assertThat(new ObjectMapper().readTree(tuned.out()).get("1").fieldNames())
          .toIterable()
          .containsExactly("direct");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("convolutions: expected direct ones with bfloat16, found winograd-6");
    } finally {
      System.clearProperty("lstmfcn.convolutions");
    }
  }

  @Test
  void bfloat16ClassifiesAlikeAndIsKeptInARun() throws IOException {
    assumeTrue(Processor.current().hasBfloat16());
    List<String> evaluate =
        List.of(
            "evaluate", "--weights", WEIGHTS, "--data", "testdata", "--set", "SyntheticControl");
    List<String> coarse =
        List.of(
            "evaluate",
            "--weights",
            WEIGHTS,
            "--data",
            "testdata",
            "--set",
            "SyntheticControl",
            "--precision",
            "bfloat16");
    Path run = folder.resolve("run");
    Run trained =
        Run.of(
            "train",
            "--data",
            "testdata",
            "--set",
            "SyntheticControl",
            "--epochs",
            "1",
            "--precision",
            "bfloat16",
            "--quiet",
            "--out",
            "" + run);

    assertThat(Run.of(coarse).out()).contains("Note: It was computed with products of bfloat16.");
    assertThat(Run.of(evaluate).out()).doesNotContain("bfloat16");
    assertThat(line(Run.of(coarse), "Correct")).isEqualTo(line(Run.of(evaluate), "Correct"));
    assertThat(line(Run.of(coarse), "Loss")).isNotEqualTo(line(Run.of(evaluate), "Loss"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("The network was trained with products of bfloat16.");
    JsonNode description = new ObjectMapper().readTree(Files.readString(run.resolve("run.json")));
    assertThat(description.get("precision").asText()).isEqualTo("bfloat16");
    assertThat(description.get("convolutions").asText()).isEqualTo("direct");
  }

  private static String line(Run run, String name) {
    return run.out().lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }
}
