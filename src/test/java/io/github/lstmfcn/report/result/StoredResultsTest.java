package io.github.lstmfcn.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of stored results. */
class StoredResultsTest {
  private static final String HEADER =
      "dataset,model,cells,seed,epochs,selected_on,classes,correct,total,processor\n";

  @TempDir Path folder;

  private List<Result> read(Path file) {
    return Results.read(List.of(new ResultSource("", file))).list();
  }

  private Path write(String lines) throws IOException {
    return Files.writeString(folder.resolve("recipe.csv"), HEADER + lines);
  }

  /** Of DistalPhalanxTW Table 1 reports on 400 series, the TRAIN of 2018. */
  @Test
  void aLineIsAResultBesideTheFigureOfItsSelection() throws IOException {
    write(
        """
        Coffee,LSTM-FCN,128,0,500,TEST,2,28,28,"Xeon, 2 GHz"
        DistalPhalanxTW,ALSTM-FCN,64,0,2000,TEST,6,327,400,
        DistalPhalanxTW,LSTM-FCN,64,0,2000,TEST,6,107,139,
        Coffee,LSTM-FCN,8,1,2000,TRAIN,2,27,28,
        """);

    List<Result> results = read(folder); // as one of the files of a folder

    assertThat(results)
        .extracting(
            Result::set,
            Result::cells,
            Result::chosenOn,
            Result::correct,
            Result::total,
            result -> result.reported() == null ? "" : result.reported().source())
        .containsExactly(
            tuple("Coffee", 128, "TEST", 28, 28, "Table 1, LSTM-FCN"),
            tuple("DistalPhalanxTW", 64, "TEST", 327, 400, "Table 1, ALSTM-FCN"),
            tuple("DistalPhalanxTW", 64, "TEST", 107, 139, ""),
            tuple("Coffee", 8, "TRAIN", 27, 28, "train-loss table, LSTM-FCN"));
    assertThat(results.get(0).run()).isEqualTo("lstm-fcn-128-seed0");
    assertThat(results.get(0).difference()).contains(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Coffee,CNN,8,0,1,TEST,2,28,28,; line 2, model: expected a kind of network, found CNN",
        "Coffee,FCN,8,0,1,TEST,2,29,28,; line 2, correct: expected 0 to 28, found 29",
        "Coffee,FCN,8,0,1,TEST,2,x,28,; line 2, correct: expected 0 to 28, found x",
        "Coffee,FCN,8,0,1,TEST,2,0,0,; line 2, total: expected 1 or more, found 0",
        "Coffee,FCN,8,0,1,,2,1,2,; line 2, selected_on: expected a value, found none",
      })
  void anInvalidLineIsNamed(String line, String message) throws IOException {
    Path file = write(line + "\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  static Stream<Path> stored() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/reproduce/results"))) {
      return files.toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void everyStoredResultHasAReportedFigure(Path file) {
    assertThat(read(file)).isNotEmpty().allMatch(result -> result.reported() != null);
  }
}
