package io.github.lstmfcn.report.result;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of any bytes. */
class ResultsFuzzTest {

  static Stream<byte[]> documents() {
    return Stream.of(
            "{\"dataset\": \"CBF\", \"split\": \"TEST\", \"correct\": 140, \"total\": 150}",
            "{\"format\": 2, \"files\": []}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("documents")
  @FuzzTest(maxDuration = "10s")
  void aDocument(byte[] bytes) {
    Fuzzed.read("evaluation.json", bytes, ResultsFuzzTest::read);
  }

  static Stream<byte[]> files() {
    String file =
        "CBF,LSTM-FCN,TEST,0,\nweights a.h5; normalization none; labels sorted\n0.5,-1\n0,0,,0.5,0.5\n";
    return Stream.of(file.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("files")
  @FuzzTest(maxDuration = "10s")
  void aResultFileOfAeon(byte[] bytes) {
    Fuzzed.read("testResample0.csv", bytes, ResultsFuzzTest::read);
  }

  static Stream<byte[]> tables() {
    String table =
        "dataset,model,cells,seed,selected_on,classes,correct,total\nCBF,FCN,8,0,TEST,3,9,10\n";
    return Stream.of(table.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = "10s")
  void aTableOfStoredResults(byte[] bytes) {
    Fuzzed.read("recipe.csv", bytes, ResultsFuzzTest::read);
  }

  private static void read(Path file) {
    Results.read(List.of(new ResultSource("", file)));
  }
}
