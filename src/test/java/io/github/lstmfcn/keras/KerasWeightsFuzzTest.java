package io.github.lstmfcn.keras;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Weight files of any bytes. */
class KerasWeightsFuzzTest {
  private static final Path CASES = Path.of("src/test/resources/cases/keras-files");
  private static final ModelWeights SMALL =
      RandomWeights.of(Collections.nCopies(3, new ConvolutionBlock(2, 3, 0)), 6);

  static Stream<byte[]> weights() throws IOException {
    Path folder = Files.createTempDirectory("seeds");
    List<byte[]> seeds =
        List.of(
            Fuzzed.bytes(KerasFileFixture.keras2(SMALL).write(folder.resolve("2.h5"))),
            Fuzzed.bytes(KerasFileFixture.keras1(SMALL).write(folder.resolve("1.h5"))),
            Fuzzed.bytes(
                KerasFileFixture.keras2(SMALL)
                    .config("{\"class_name\": \"Model\", \"config\": {\"layers\": []}}")
                    .write(folder.resolve("whole.h5"))));
    return Stream.concat(seeds.stream(), Fuzzed.seeds(CASES, ".h5"));
  }

  @MethodSource("weights")
  @FuzzTest(maxDuration = "10s")
  void anHdf5File(byte[] bytes) {
    Fuzzed.read("weights.h5", bytes, KerasWeightsFuzzTest::read);
  }

  static Stream<byte[]> weightsOfKeras3() throws IOException {
    return Stream.of(keras3());
  }

  private static byte[] keras3() throws IOException {
    Path file = Files.createTempDirectory("seeds").resolve("model.weights.h5");
    return Fuzzed.bytes(KerasFileFixture.keras2(SMALL).writeKeras3(file, 0));
  }

  @MethodSource("weightsOfKeras3")
  @FuzzTest(maxDuration = "10s")
  void aWeightFileOfKeras3(byte[] bytes) {
    Fuzzed.read("model.weights.h5", bytes, KerasWeightsFuzzTest::read);
  }

  static Stream<byte[]> archives() throws IOException {
    return Stream.concat(Stream.of(zip(true), zip(false)), Fuzzed.seeds(CASES, ".keras", ".zip"));
  }

  private static byte[] zip(boolean whole) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "metadata.json", "{\"keras_version\": \"3.15.0\"}");
      put(zip, "config.json", "{\"class_name\": \"Functional\", \"config\": {\"layers\": []}}");
      if (whole) {
        zip.putNextEntry(new ZipEntry("model.weights.h5"));
        zip.write(keras3());
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = "10s")
  void anArchive(byte[] bytes) {
    Fuzzed.read("model.keras", bytes, KerasWeightsFuzzTest::read);
  }

  private static void read(Path file) {
    KerasFile keras = KerasWeights.read(file);
    keras.weights(null, null);
    keras.assumptions(null, null);
  }
}
