package io.github.lstmfcn.search;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of runs of any bytes. */
class GridFolderFuzzTest {

  static Stream<byte[]> tables() {
    String header = String.join(",", GridReport.RUN_COLUMNS);
    return Stream.of(
        (header + "\nCBF,LSTM-FCN,8,0,,finished,5,4,0.9,0.1,140,150,12.5,CBF/lstm-fcn-8-seed0,\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = "10s")
  void aTableOfRuns(byte[] bytes) {
    Fuzzed.read("runs.csv", bytes, file -> GridFolder.open(file.getParent()));
  }
}
