package io.github.lstmfcn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.spark.job.Cluster;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a command line is told before a cluster is needed: this one has no master. */
class BadInputTest {
  private static CommandRun run(String line) {
    try (Cluster none = new Cluster(new SparkConf(false))) {
      return CommandRun.on(none, line);
    }
  }

  private static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(2, "--quiet", "expected a command, found none"),
        Arguments.of(2, "predict", "expected a command, found 'predict'"),
        Arguments.of(2, "verify --data ../testdata", "Missing required option: '--weights=DIR'"),
        Arguments.of(
            2,
            "search --data ../testdata --jobs 2 --out target/never",
            "--jobs: expected none, found 2; Spark decides how many runs are trained at the same"
                + " time"),
        Arguments.of(
            2,
            "train-all --data ../testdata --seeds 0 --out target/never",
            "--seeds: expected at least 1, found 0"),
        Arguments.of(
            1,
            "train-all --data nowhere --out target/never",
            "nowhere: expected a folder or file, found nothing of that name"),
        Arguments.of(
            1,
            "search --data ../testdata --set CBG --out target/never",
            "../testdata: expected one of its datasets, found 'CBG'; it has CBF, FiftyTones,"
                + " PhaseWaves, ShapeletSim, SilentVoices, TwoPatterns, ImbalancedTones,"
                + " SyntheticControl"),
        Arguments.of(
            1,
            "verify --weights nowhere --data ../testdata",
            "nowhere: expected a folder of weight files, found nothing of that name; for one file"
                + " use: lstmfcn evaluate"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldInOneLine(int exitCode, String line, String message) {
    CommandRun run = run(line);

    assertThat(run.errors().get(0)).isEqualTo("lstmfcn-spark: " + message);
    assertThat(run.errors()).hasSize(exitCode);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theHelpNeedsNoClusterAndHasNoOptionThatIsRefused() {
    CommandRun run = run("search --help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: lstmfcn-spark search").doesNotContain("--jobs N");
  }

  @Test
  void aClusterThatCannotBeReachedIsToldInOneLine() {
    CommandRun run = run("verify --quiet --weights ../keras-weights --data ../testdata");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("A master URL must be set in your configuration");
  }
}
