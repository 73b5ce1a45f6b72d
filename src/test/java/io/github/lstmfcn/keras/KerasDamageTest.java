package io.github.lstmfcn.keras;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.KerasConfigFixture;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were cut, overwritten or forged: one line, and no more memory than they are worth. */
@Timeout(value = 60, unit = TimeUnit.SECONDS) // a reader that hangs
class KerasDamageTest {
  private static final ModelWeights LSTM = RandomWeights.small(ModelKind.LSTM_FCN, 5, 21, 3);
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** For a file of 3 MB. */
  private static final long ENOUGH_MEMORY = 64 << 20;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("weights.h5");
  }

  @Test
  void anArchiveWhoseContentDoesNotHaveItsChecksumIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("keras-weights/keras3-lstmfcn-8-CBF/model.keras"));
    int checksum = 16; // in the entry of the list at the end
    bytes[new String(bytes, ISO_8859_1).indexOf("PK\1\2") + checksum] ^= 1;
    Path archive = Files.write(folder.resolve("model.keras"), bytes);

    assertRefused(archive, "expected content with the checksum that the archive states");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE, -1L})
  void aClaimedSizeIsNotBelieved(long claimed) throws Exception {
    ModelWeights odd = RandomWeights.small(ModelKind.LSTM_FCN, 5, 12347, 3);
    byte[] bytes = Files.readAllBytes(KerasFileFixture.keras2(odd).write(file));
    int found = 0;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 16 <= bytes.length; at++) {
      if (buffer.getLong(at) == 12347 && buffer.getLong(at + 8) == 20) {
        buffer.putLong(at, claimed);
        found++;
      }
    }
    Files.write(file, bytes);

    assertThat(found).isPositive();
    assertRefused(file, "expected");
  }

  static Stream<Path> files() {
    return Stream.of(
            "2017-alstmfcn-8-CBF/weights.h5",
            "keras3-lstmfcn-8-CBF/model.weights.h5",
            "keras3-lstmfcn-8-CBF/model.keras",
            "tfkeras2.4-lstmfcn-8-CBF/model.h5")
        .map(Path.of("keras-weights")::resolve);
  }

  @ParameterizedTest
  @MethodSource("files")
  void aTruncatedFileIsNeverRead(Path whole) throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    int[] early = {1, 4, 7, 8, 9, 16, 48, 95, 96, 97, 200, 512, 1000, 2047, 2048, 4096, 10_000};
    int[] even = IntStream.range(1, 40).map(k -> (int) ((long) bytes.length * k / 40)).toArray();
    int[] late = {bytes.length - 4096, bytes.length - 100, bytes.length - 1};
    for (int length :
        Stream.of(early, even, late).flatMapToInt(Arrays::stream).sorted().toArray()) {
      Files.write(file, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> KerasWeights.read(file))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("weights.h5: ")
          .hasMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFlippedByteIsReadOrRefused(Path whole) throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 100; round++) {
      byte[] damaged = bytes.clone();
      int flips = 1 + random.nextInt(3);
      for (int flip = 0; flip < flips; flip++) {
        damaged[random.nextInt(4096)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file, damaged);

      refused += isRefused("round " + round) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  /**
   * Whether reading is refused; anything else that is thrown fails the test, and so does taking
   * more memory than the file can be worth.
   */
  private boolean isRefused(String round) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    try {
      KerasWeights.read(file);
      return false;
    } catch (InvalidInputException refused) {
      assertThat(refused.getMessage()).as(round).contains("weights.h5: ").doesNotContain("\n");
      return true;
    } catch (RuntimeException | Error escaped) {
      throw new AssertionError(round + ": " + escaped, escaped);
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
          .as(round)
          .isLessThan(ENOUGH_MEMORY);
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsReadOrRefused() throws Exception {
    byte[] whole = Files.readAllBytes(Path.of("keras-weights/2017-lstmfcn-8-CBF/weights.h5"));
    Path changing = Files.write(folder.resolve("changing.h5"), whole);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (FileChannel channel = FileChannel.open(changing, StandardOpenOption.WRITE)) {
                while (!done.get()) {
                  channel.truncate(whole.length / 3);
                  channel.write(ByteBuffer.wrap(whole), 0);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    for (int round = 0; round < 100; round++) {
      try {
        KerasWeights.read(changing);
      } catch (InvalidInputException refused) {
        assertThat(refused.getMessage()).startsWith(changing + ": expected ");
      }
    }
    done.set(true);
    writer.get();
  }

  @Test
  void anEmptyFileIsSaid() throws Exception {
    Files.createFile(file);

    assertRefused(file, "expected an HDF5 file or a .keras archive, found an empty file");
  }

  @Test
  void aTextIsSaid() throws Exception {
    Files.writeString(file, "layer_names\n".repeat(1000));

    assertRefused(file, "expected an HDF5 file or a .keras archive, found neither signature");
  }

  @Test
  void aFolderAndNothingAreSaid() throws Exception {
    assertRefused(file, "expected a weight file, found no such file");
    assertRefused(
        folder,
        "expected a weight file, found a folder; name a .h5 or .keras file, the folder of a"
            + " training or of an export");
  }

  @ParameterizedTest
  @CsvSource({
    "run/run.json, run/weights-best.h5, run",
    "models/1/saved_model.pb, models/1/assets.extra/provenance.json, models/1",
    "some/weights.h5, some/weights.txt, some/weights.h5",
    "waiting/run.json, of/keras/saved_model.pb, z.h5"
  })
  void theModelInAFolderIsSaid(String file, String other, String model) throws Exception {
    for (String name : List.of(file, other, "z.h5")) {
      Path inside = folder.resolve(name);
      Files.createDirectories(inside.getParent());
      Files.writeString(inside, "");
    }
    assertRefused(folder, "found a folder; name a model in it, such as " + folder.resolve(model));
  }

  @Test
  void onlyFilesAreModelsInAFolder() throws Exception {
    Files.createDirectory(folder.resolve(".keras"));

    assertRefused(folder, "found a folder; name a .h5 or .keras file, the folder of a training");
    assertRefused(folder.getRoot(), "expected a weight file, found a folder; name a");
  }

  @Test
  void anExportAndItsFileAreSaid() throws Exception {
    Path export = Files.createDirectories(folder.resolve("export/assets.extra")).getParent();
    Files.writeString(export.resolve("assets.extra/provenance.json"), "{}");
    Path graph = Files.writeString(export.resolve("saved_model.pb"), "\b\1\22");

    assertRefused(
        export, "found a SavedModel of lstmfcn export; name the file that it was exported from");
    assertRefused(graph, "found a file of a SavedModel; name the folder of it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata.json", "config.json", "model.weights.h5"})
  void anArchiveWithoutAnEntryIsSaid(String missing) {
    Map<String, byte[]> entries = archive();
    entries.remove(missing);

    assertRefused(zip(entries), "expected an entry " + missing + ", found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata.json", "config.json"})
  void anArchiveWhoseTextIsNoJsonIsSaid(String name) {
    Map<String, byte[]> entries = archive();
    entries.put(name, "{\"a\": \n tru}".getBytes(UTF_8));

    assertRefused(zip(entries), "expected JSON, found");
  }

  @Test
  void anArchiveWhoseWeightsAreNoHdf5IsSaid() {
    Map<String, byte[]> entries = archive();
    entries.put("model.weights.h5", new byte[5000]);

    assertRefused(zip(entries), "model.weights.h5: expected HDF5, found another signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata.json", "config.json", "model.weights.h5"})
  void anEntryThatUnpacksWithoutEndIsCutShort(String bomb) {
    Map<String, byte[]> entries = archive();
    entries.put("model.weights.h5", new byte[0]);
    entries.put(bomb, new byte[64 << 20]);

    assertRefused(zip(entries), bomb + ": expected at most");
  }

  private Map<String, byte[]> archive() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("metadata.json", "{\"keras_version\": \"3.6.0\"}".getBytes(UTF_8));
    entries.put("config.json", KerasConfigFixture.keras2(LSTM.spec(), "sigmoid").getBytes(UTF_8));
    try {
      Path weights = KerasFileFixture.keras2(LSTM).writeKeras3(folder.resolve("in.h5"), 0);
      entries.put("model.weights.h5", Files.readAllBytes(weights));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  @Test
  void theArchiveOfTheseTestsIsSound() {
    assertThatCode(() -> KerasWeights.read(zip(archive()))).doesNotThrowAnyException();
  }

  private Path zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
      zip.finish();
      return Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(Path file, String message) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> KerasWeights.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(ENOUGH_MEMORY);
  }
}
