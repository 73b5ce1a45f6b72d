package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that people hand over. Beside each lies what is right of it: {@code <file>.expected.csv},
 * Keras' probabilities for {@code X.csv}, or {@code <file>.refused.txt}, what the refusal says, a
 * fragment a line. A new file is a new test.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS) // a reader that hangs
class KerasCasesTest {
  private static final Path CASES = Path.of("src", "test", "resources", "cases", "keras-files");
  private static final String EXPECTED = ".expected.csv";
  private static final String REFUSED = ".refused.txt";

  static Stream<Path> expected() throws IOException {
    return filesWith(EXPECTED);
  }

  static Stream<Path> refused() throws IOException {
    return filesWith(REFUSED);
  }

  private static Stream<Path> filesWith(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      List<Path> found =
          files
              .map(Path::toString)
              .filter(name -> name.endsWith(ending))
              .map(name -> Path.of(name.substring(0, name.length() - ending.length())))
              .sorted()
              .toList();
      assertThat(found).isNotEmpty();
      return found.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expected")
  void answersAsKeras(Path file) throws IOException {
    float[][] series = numbers(file.resolveSibling("X.csv"));
    ModelWeights weights = KerasWeights.read(file).weights();

    assertAnswers(weights, series, numbers(Path.of(file + EXPECTED)));
  }

  private static void assertAnswers(ModelWeights weights, float[][] series, float[][] expected) {
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      float[][] found = session.probabilities(series, 64);
      assertThat(found).hasDimensions(expected.length, expected[0].length);
      for (int row = 0; row < found.length; row++) {
        assertThat(found[row]).as("series %d", row).containsExactly(expected[row], offset(1e-5f));
      }
    }
  }

  /** The weights of a recurrence over steps do not tell the length; {@code sktime.keras} does. */
  @Test
  void weightsOverStepsAnswerAsKerasWithTheLengthOfASeries() throws IOException {
    Path folder = CASES.resolve("over-steps");
    float[][] series = numbers(folder.resolve("X.csv"));

    KerasFile file =
        KerasWeights.read(folder.resolve("sktime.weights.h5"), OptionalInt.of(series[0].length));

    assertThat(file.weights().spec().recurrent().orientation()).isEqualTo(Orientation.OVER_STEPS);
    assertAnswers(file.weights(), series, numbers(folder.resolve("sktime.keras" + EXPECTED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedByName(Path file) throws IOException {
    String[] fragments = Files.readAllLines(Path.of(file + REFUSED)).toArray(String[]::new);

    assertThatThrownBy(() -> KerasWeights.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(fragments)
        .hasMessageNotContainingAny("\n", "Exception", "null", "java.");
  }

  @Test
  void readsHalfPrecisionExactly() {
    ModelWeights half = KerasWeights.read(CASES.resolve("hostile/dtype-f2.h5")).weights();
    ModelWeights full =
        KerasWeights.read(Path.of("keras-weights/2017-lstmfcn-8-CBF/weights.h5")).weights();

    full.arrays()
        .forEach(
            (name, array) -> {
              float[] values = half.arrays().get(name).values();
              for (int index = 0; index < values.length; index++) {
                double full32 = array.values()[index];
                assertThat((double) values[index])
                    .as("%s[%d]", name, index)
                    .isCloseTo(full32, offset(Math.abs(full32) / 2048 + 3e-8));
              }
            });
  }

  @Test
  void showsControlCharactersOfANameEscaped() {
    KerasFile file = KerasWeights.read(CASES.resolve("hostile/ansi-name.h5"));
    String name = file.layers().get(6).name();

    assertThat(name).contains("\u001b[31m");
    assertThat(new InvalidInputException(file.file(), "layer " + name, "a", "b", ""))
        .hasMessageContaining("layer \\u001b[31m\\u001b[2Jevil line2 \\u0007<script>");
  }

  private static float[][] numbers(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              float[] row = new float[cells.length];
              for (int column = 0; column < row.length; column++) {
                row[column] = Float.parseFloat(cells[column]);
              }
              return row;
            })
        .toArray(float[][]::new);
  }
}
