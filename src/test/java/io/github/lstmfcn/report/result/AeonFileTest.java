package io.github.lstmfcn.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Result files of tsml and aeon, written and read. */
class AeonFileTest {
  private static final AeonFile FILE =
      AeonFile.of(
          "CBF",
          "LSTM-FCN",
          "weights a, b\nand c",
          new int[] {0, 1, 1, 2},
          new float[][] {{.7f, .2f, .1f}, {.1f, .8f, .1f}, {.6f, .3f, .1f}, {1e-9f, 0, 1}});

  @TempDir Path folder;

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void itIsWrittenAsTsmlDoes() throws IOException {
    Path file = FILE.write(folder, false);

    assertThat(folder.relativize(file).toString().replace('\\', '/'))
        .isEqualTo("LSTM-FCN/Predictions/CBF/testResample0.csv");
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            CBF,LSTM-FCN,TEST,0,MILLISECONDS,lstmfcn evaluate
            weights a, b and c
            0.75,-1,-1,-1,-1,3,N/A,-1,-1
            0,0,,0.7,0.2,0.1
            1,1,,0.1,0.8,0.1
            1,0,,0.6,0.3,0.1
            2,2,,1.0E-9,0.0,1.0
            """);
  }

  @Test
  void itIsReadAsItWasWritten() {
    AeonFile read = AeonReader.read(FILE.write(folder, false));

    assertThat(read).usingRecursiveComparison().ignoringFields("parameters").isEqualTo(FILE);
    assertThat(read.correct()).isEqualTo(3);
  }

  /** Times of each prediction and a comment follow the probabilities, with commas in it. */
  @Test
  void whatOtherToolsAddIsPassedOver() throws IOException {
    Path file =
        write(
            folder.resolve("ROCKET/Predictions/GunPoint/testResample3.csv"),
            """
            GunPoint,ROCKET,TEST,3,NANOSECONDS,a comment, with a comma
            {'kernels': 10000, "x": 1}
            0.5,12,13.5,-1,10000,2,N/A,-1,-1
            1,0,,0.5,0.5,,17,,because, of "that"
            1,1,,0.5,0.5,,17,,
            """);

    Result result = AeonReader.read(file).result(file);

    assertThat(result.method()).isEqualTo("ROCKET");
    assertThat(result.set()).isEqualTo("GunPoint");
    assertThat(result.correct()).isEqualTo(1);
    assertThat(result.total()).isEqualTo(2);
    assertThat(result.reported()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,1,,0.1,0.9 | 1,1,,0.1 | line 5: expected at least 5 values, found 4",
        "1,1,,0.1,0.9 | 2,1,,0.1,0.9 | line 5: expected a class from 0 to 1, found 2",
        "1,1,,0.1,0.9 | 1,-1,,0.1,0.9 | line 5: expected a whole number, found '-1'",
        "1,1,,0.1,0.9 | 1,1,,0.1,high | line 5: expected a number, found 'high'",
        "1,1,,0.1,0.9 | 1,0,,0.9,0.1 | line 3: expected the accuracy of the lines below, "
            + "1/2, found 1.0"
      })
  void damageIsNamedByItsLine(String first, String second, String message) throws IOException {
    Path file =
        write(
            folder.resolve("testResample0.csv"),
            "CBF,X,TEST,0,MILLISECONDS,\nnone\n1.0,-1,-1,-1,-1,2,N/A,-1,-1\n"
                + first
                + "\n"
                + second
                + "\n");

    assertThatThrownBy(() -> AeonReader.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CBF,X\n\n\n\n",
        "CBF,X,TEST,0,NS\nnone\n0.5\n1,1,,1",
        "../up,X,TEST,0,NS\n\n1,1,1,1,1,1\n0,0,,1"
      })
  void anotherFileIsNone(String text) throws IOException {
    Path file = write(folder.resolve("testResample0.csv"), text);

    assertThatThrownBy(() -> AeonReader.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is it a result file of tsml or aeon?");
  }

  @Test
  void binaryDataIsNone() throws IOException {
    Path file = folder.resolve("testResample0.csv");
    Files.write(file, new byte[] {-1, -2, -3, 0, 10});

    assertThatThrownBy(() -> AeonReader.read(file)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,b", "a/b", "..", "a\nb", "a\\b", "a:b"})
  void aNameThatNoFolderCanHaveIsRefused(String name) {
    assertThat(AeonFile.isName(name)).isFalse();
    assertThatThrownBy(() -> AeonFile.of("CBF", name, "", new int[] {0}, new float[][] {{1, 0}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path taken = write(folder.resolve("taken"), "a file");

    assertThatThrownBy(() -> FILE.write(taken, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a folder that can be created");
    assertThat(Files.readString(taken)).isEqualTo("a file");
    assertThat(List.of(folder.toFile().list())).containsExactly("taken");
  }
}
