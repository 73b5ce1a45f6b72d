package io.github.lstmfcn.data.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Dataset files and streams of series of any bytes. */
class DatasetFuzzTest {
  private static final Path CASES = Path.of("src/test/resources/cases/data");

  static Stream<byte[]> tables() {
    return Fuzzed.seeds(CASES.resolve("delimited"), ".csv", ".tsv", ".txt");
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = "10s")
  void aTable(byte[] bytes) {
    Fuzzed.read("Any_TEST.csv", bytes, DatasetFile::read);
  }

  static Stream<byte[]> longTables() {
    return Stream.of(
        "case_id,dim_id,reading_id,value\n0,0,0,1.5\n0,1,0,2.5\n".getBytes(StandardCharsets.UTF_8),
        "series,time,a,b,label\n1,0,0.5,1,x\n1,1,0.5,1,x\n2,0,0.5,1,y\n"
            .getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("longTables")
  @FuzzTest(maxDuration = "10s")
  void aLongTable(byte[] bytes) {
    TableLayout layout = new TableLayout(true, "last", List.of(), false, true, null);
    Fuzzed.read("Any_TEST.csv", bytes, file -> DataSource.of(file, null, layout).read());
  }

  static Stream<byte[]> ts() {
    return Fuzzed.seeds(CASES.resolve("ts"), ".ts");
  }

  @MethodSource("ts")
  @FuzzTest(maxDuration = "10s")
  void aTsFile(byte[] bytes) {
    Fuzzed.read("Any_TEST.ts", bytes, DatasetFile::read);
  }

  static Stream<byte[]> arff() {
    return Fuzzed.seeds(CASES.resolve("arff"), ".arff");
  }

  @MethodSource("arff")
  @FuzzTest(maxDuration = "10s")
  void anArffFile(byte[] bytes) {
    Fuzzed.read("Any_TEST.arff", bytes, DatasetFile::read);
  }

  static Stream<byte[]> arrays() {
    return Fuzzed.seeds(CASES.resolve("npy"), ".npy", ".npz");
  }

  @MethodSource("arrays")
  @FuzzTest(maxDuration = "10s")
  void aNumpyArchive(byte[] bytes) {
    Fuzzed.read("Any_TEST.npz", bytes, DatasetFile::read);
  }

  @MethodSource("arrays")
  @FuzzTest(maxDuration = "10s")
  void aNumpyArray(byte[] bytes) {
    TableLayout layout =
        new TableLayout(null, null, List.of(), false, false, AxisOrder.VARIABLES_FIRST);
    Fuzzed.read(
        "Any_TEST.npy",
        bytes,
        file -> {
          try (SeriesStream stream = SeriesStream.open(file, layout, null)) {
            all(stream);
          }
        });
  }

  static Stream<byte[]> streams() {
    return Stream.of(
            Fuzzed.seeds(CASES.resolve("series"), ""),
            ts(),
            Stream.of("[[1, 2], [3, 4]]\n[[1, 2], [3, 4]]\n".getBytes(StandardCharsets.UTF_8)))
        .flatMap(seeds -> seeds);
  }

  @MethodSource("streams")
  @FuzzTest(maxDuration = "10s")
  void aStreamOfSeries(byte[] bytes) {
    Fuzzed.refusing(
        () -> {
          try (SeriesStream stream =
              SeriesStream.open(new ByteArrayInputStream(bytes), "standard input")) {
            all(stream);
          }
        });
  }

  /** Reads on behind a series that is refused, as prediction from a pipe does. */
  private static void all(SeriesStream stream) {
    while (stream.hasNext()) {
      try {
        stream.next();
      } catch (InvalidInputException refused) {
        Fuzzed.refusing(
            () -> {
              throw refused;
            });
      }
    }
  }
}
