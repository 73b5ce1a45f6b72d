package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.files.FileDigest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multivariate weights and what {@code export} and {@code convert} make of them. */
@Timeout(120)
class MultivariateExportCommandTest {
  private static final String TEST = "testdata/SilentVoices/SilentVoices_TEST.ts";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "2018-malstmfcn-8-SilentVoices, 71, '', '(-1, 12, 26)'",
    "2018-malstmfcn-8-SilentVoices-activity, 74, '', '(-1, 12, 26)'",
    "2018-malstmfcn-8-SilentVoices-action3d, 72, --flat-input, '(-1, 312)'",
    "2018-lstmfcn-8-SilentVoices, 76, --flat-input, '(-1, 312)'"
  })
  void anExportAndAConvertedFileScoreAsTheWeights(
      String name, int correct, String option, String shape) {
    String weights = "keras-weights/" + name + "/weights.h5";
    String exported = "" + folder.resolve("exported");
    String converted = "" + folder.resolve("converted.h5");

    succeeds("export", "--weights", weights, "--length", "26", "--out", exported, option);
    succeeds("convert", "--weights", weights, "--length", "26", "--out", converted);

    for (String model : List.of(exported, converted)) {
      String scores =
          succeeds("evaluate", "--weights", model, "--length", "26", "--test", TEST, "--truncate");
      assertThat(scores).contains("Correct   " + correct + "/135");
    }
    assertThat(succeeds("inspect", exported))
        .contains("12 variables", "8 cells", "length 26")
        .containsPattern("input_shape +" + Pattern.quote(shape))
        .containsPattern(
            "(?s)exported_with .*weights_sha256 +" + FileDigest.of(Path.of(weights)).sha256());
    assertThat(predicted(exported)).isEqualTo(predicted(weights)).hasSize(135);
  }

  /** The label of each series. */
  private static List<String> predicted(String model) {
    return succeeds("predict", "--weights", model, "--length", "26", "--truncate", TEST)
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  @Test
  void seriesOfOtherVariablesAreRefusedInOneLine() {
    String exported = "" + folder.resolve("exported");
    String weights = "keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5";
    succeeds("export", "--weights", weights, "--out", exported);

    Run run = Run.of("predict", "--weights", exported, "--truncate", TEST);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("SilentVoices_TEST.ts: line 9: expected 3 variables, as the model has, found 12");
  }

  /** Runs a command without empty arguments; its output. */
  private static String succeeds(String... arguments) {
    Run run =
        Run.of(Stream.of(arguments).filter(argument -> !argument.isEmpty()).toArray(String[]::new));
    assertThat(run.exitCode()).as(Arrays.toString(arguments) + run.err()).isZero();
    return run.out();
  }
}
