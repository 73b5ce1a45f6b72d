package io.github.lstmfcn.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.keras.KerasFileFixture.NamedArray;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.RandomWeights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a weight file, it is one line that names file and layer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS) // a reader that hangs
class KerasFaultTest {
  private static final ModelWeights LSTM = RandomWeights.small(ModelKind.LSTM_FCN, 5, 21, 3);
  private static final ModelWeights ATTENTION = RandomWeights.small(ModelKind.ALSTM_FCN, 5, 21, 3);

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

  // Layers and arrays

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "no LSTM",
            f -> f.remove("lstm_1"),
            "expected one LSTM or AttentionLSTM layer, found none"),
        fault("no Dense", f -> f.remove("dense_1"), "expected one Dense layer, found none"),
        fault(
            "no second Conv1D",
            f -> f.remove("conv1d_2"),
            "expected three Conv1D layers, found 2 (conv1d_1 [8, 1, 128] [128]; conv1d_3"),
        fault(
            "no first BatchNormalization",
            f -> f.remove("batch_normalization_1"),
            "expected three BatchNormalization layers, found 2 (batch_normalization_2"),
        fault(
            "a second Dense",
            f -> f.add("dense_2", renamed(f.layer("dense_1"), "dense_2")),
            "expected one Dense layer, found 2 (dense_1 [133, 3] [3]; dense_2 [133, 3] [3])"),
        fault(
            "a second LSTM",
            f -> f.add("lstm_2", renamed(f.layer("lstm_1"), "lstm_2")),
            "expected one LSTM or AttentionLSTM layer, found 2 (lstm_1"),
        fault(
            "a fourth Conv1D",
            f -> f.add("conv1d_4", renamed(f.layer("conv1d_3"), "conv1d_4")),
            "expected three Conv1D layers, found 4"),
        fault(
            "a GRU in the LSTM's place",
            f -> gru(f),
            "layer lstm_1, lstm/kernel: expected shape [21, 20], found [21, 15]"),
        fault(
            "no bias",
            f -> dropArray(f, "conv1d_1", 1),
            "layer conv1d_1: expected a Conv1D, BatchNormalization, LSTM, AttentionLSTM or Dense"
                + " layer, found [8, 1, 128]"),
        fault(
            "another layer",
            f -> f.add("embedding_1", List.of(array("embedding_1/embeddings:0", 4, 5))),
            "layer embedding_1: expected a Conv1D"),
        fault(
            "a kernel of rank 2",
            f -> f.change("conv1d_1", 0, a -> a.shaped(8, 128)),
            "expected three Conv1D layers, found 2"),
        fault(
            "a bias of rank 2",
            f -> f.change("dense_1", 1, a -> a.shaped(3, 1)),
            "layer dense_1: expected"),
        fault(
            "another kernel size",
            f -> f.change("conv1d_1", 0, a -> array(a.name(), 7, 1, 128)),
            "layer conv1d_1, conv1/kernel: expected shape [8, 1, 128], found [7, 1, 128]"),
        fault(
            "more filters",
            f -> f.change("conv1d_3", 0, a -> array(a.name(), 3, 256, 129)),
            "layer conv1d_3, conv3/kernel: expected shape [3, 256, 128], found [3, 256, 129]"),
        fault(
            "a longer bias",
            f -> f.change("conv1d_2", 1, a -> array(a.name(), 257)),
            "layer conv1d_2, conv2/bias: expected shape [256], found [257]"),
        fault(
            "a narrower normalization",
            f -> f.change("batch_normalization_2", 3, a -> array(a.name(), 255)),
            "layer batch_normalization_2, bn2/moving_variance: expected shape [256], found [255]"),
        fault(
            "a recurrent kernel of other cells",
            f -> f.change("lstm_1", 1, a -> array(a.name(), 6, 20)),
            "layer lstm_1, lstm/kernel: expected shape [21, 24], found [21, 20]"),
        fault(
            "a head of other cells",
            f -> f.change("dense_1", 0, a -> array(a.name(), 136, 3)),
            "layer dense_1, dense/kernel: expected shape [133, 3], found [136, 3]"),
        fault(
            "a head of one class",
            f -> {
              f.change("dense_1", 0, a -> array(a.name(), 133, 1));
              f.change("dense_1", 1, a -> array(a.name(), 1));
            },
            "layer dense_1: expected at least two classes, found [133, 1] [1]"),
        fault(
            "NaN",
            f -> f.change("lstm_1", 0, a -> spoiled(a, Float.NaN)),
            "layer lstm_1, lstm/kernel: expected finite weights, found NaN"),
        fault(
            "infinity",
            f -> f.change("batch_normalization_3", 2, a -> spoiled(a, Float.NEGATIVE_INFINITY)),
            "layer batch_normalization_3, bn3/moving_mean: expected finite weights, found"
                + " -Infinity"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void namesTheLayerAndWhatWasExpected(
      String name, Consumer<KerasFileFixture> fault, String message) {
    KerasFileFixture fixture = KerasFileFixture.keras2(LSTM);
    fault.accept(fixture);

    assertRefused(fixture.write(file), message);
  }

  private static Arguments fault(String name, Consumer<KerasFileFixture> fault, String message) {
    return Arguments.of(name, fault, message);
  }

  private static NamedArray array(String name, int... shape) {
    return new NamedArray(name, shape, new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  private static NamedArray spoiled(NamedArray array, float value) {
    float[] values = array.values().clone();
    values[values.length - 1] = value;
    return new NamedArray(array.name(), array.shape(), values);
  }

  private static List<NamedArray> renamed(List<NamedArray> arrays, String layer) {
    return KerasFileFixture.renamed(arrays, name -> layer + name.substring(name.indexOf('/')));
  }

  private static void dropArray(KerasFileFixture fixture, String layer, int array) {
    fixture.layer(layer).remove(array);
  }

  private static void gru(KerasFileFixture fixture) {
    fixture.change("lstm_1", 0, a -> array(a.name(), 21, 15));
    fixture.change("lstm_1", 1, a -> array(a.name(), 5, 15));
    fixture.change("lstm_1", 2, a -> array(a.name(), 15));
  }

  @Test
  void anAttentionOfOtherCellsIsNamed() {
    KerasFileFixture fixture =
        KerasFileFixture.keras2(ATTENTION)
            .change("attention_lstm_1", 4, a -> array(a.name(), 5, 6));

    assertRefused(
        fixture.write(file),
        "layer attention_lstm_1, lstm/attention_U: expected shape [5, 5], found [5, 6]");
  }

  @Test
  void aGateOfOtherCellsIsNamedInKeras1() {
    KerasFileFixture fixture =
        KerasFileFixture.keras1(LSTM).change("lstm_1", 4, a -> array(a.name(), 5, 6));

    assertRefused(
        fixture.write(file), "layer lstm_1, lstm_1_U_c: expected shape [5, 5], found [5, 6]");
  }

  @Test
  void aLayerThatIsListedButNotThereIsNamed() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", new String[] {"conv1d_1"});
      hdf.putDataset("other", new float[] {1});
    }

    assertRefused(file, "layer conv1d_1: expected a group, since layer_names lists it, found none");
  }

  @Test
  void anArrayThatIsListedButNotThereIsNamed() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", new String[] {"conv1d_1"});
      hdf.putGroup("conv1d_1").putAttribute("weight_names", new String[] {"conv1d_1/kernel:0"});
    }

    assertRefused(file, "layer conv1d_1: expected a dataset conv1d_1/kernel:0, found none");
  }

  @Test
  void weightsThatAreNoFloatsAreNamed() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", new String[] {"conv1d_1"});
      var group = hdf.putGroup("conv1d_1");
      group.putAttribute("weight_names", new String[] {"kernel:0"});
      group.putDataset("kernel:0", new int[] {1, 2});
    }

    assertRefused(file, "layer conv1d_1, kernel:0: expected floating-point weights, found int");
  }

  @Test
  void layerNamesThatAreNoTextAreNamed() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", new int[] {1});
    }

    assertRefused(file, "attribute layer_names: expected strings, found int[]");
  }

  @Test
  void anHdf5FileOfSomethingElseIsSaid() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("measurements").putDataset("x", new float[] {1, 2});
    }

    assertRefused(file, "expected layers as Keras writes them");
    assertRefused(file, "found groups [measurements]");
  }

  // Sizes that a file claims

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

  // Damage

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
    assertRefused(folder, "expected a weight file, found a folder; name the .h5");
    assertRefused(file, "expected a weight file, found no such file");
  }

  // Archives

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
    entries.put("config.json", "{\"config\": {\"layers\": []}}".getBytes(UTF_8));
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
