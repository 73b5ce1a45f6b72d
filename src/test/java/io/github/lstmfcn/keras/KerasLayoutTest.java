package io.github.lstmfcn.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.KerasFileFixture.NamedArray;
import io.github.lstmfcn.keras.config.KerasConfigFixture;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same model in every layout that a Keras has written. */
class KerasLayoutTest {
  private static final ModelWeights LSTM = RandomWeights.small(ModelKind.LSTM_FCN, 5, 21, 3);
  private static final ModelWeights ATTENTION = RandomWeights.small(ModelKind.ALSTM_FCN, 5, 21, 3);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("weights.h5");
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void readsKeras2(ModelKind kind) {
    ModelWeights weights = kind == ModelKind.ALSTM_FCN ? ATTENTION : LSTM;

    KerasFile read = assertReads(KerasFileFixture.keras2(weights).write(file), weights);

    assertThat(read.layout()).isEqualTo("weights of Keras 1, Keras 2 or tf.keras");
    assertThat(read.kerasVersion()).isEqualTo("2.0.8");
    assertThat(read.backend()).isEqualTo("tensorflow");
    assertThat(read.layers()).hasSize(8);
  }

  @Test
  void readsKeras1WithItsGatesInArraysOfTheirOwn() {
    KerasFile read = assertReads(KerasFileFixture.keras1(LSTM).write(file), LSTM);

    assertThat(read.layers().get(6).arrays())
        .extracting(KerasArray::name)
        .startsWith("lstm_1_W_i", "lstm_1_U_i", "lstm_1_b_i", "lstm_1_W_c")
        .hasSize(12);
    assertThat(read.layers().get(0).array(0).rank()).isEqualTo(4);
  }

  @Test
  void readsTheNestedNamesOfTfKeras() {
    KerasFileFixture fixture = KerasFileFixture.keras2(LSTM).version("2.4.0");
    fixture.add(
        "lstm_1",
        KerasFileFixture.renamed(
            KerasFileFixture.arrays(LSTM, "lstm"), name -> "lstm/lstm_cell/" + name + ":0"));

    assertReads(fixture.write(file), LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));
  }

  @Test
  void readsNamesWithoutTheirNumberOfOutput() {
    assertReads(
        KerasFileFixture.keras2(ATTENTION).renameArrays(name -> name.replace(":0", "")).write(file),
        ATTENTION);
  }

  @Test
  void readsGroupsThatAreNamedOtherwiseThanTheirArrays() {
    assertReads(
        KerasFileFixture.keras2(LSTM)
            .rename("conv1d_1", "conv1d_6")
            .rename("conv1d_2", "aaa")
            .rename("conv1d_3", "lstm")
            .rename("lstm_1", "conv1d")
            .rename("dense_1", "batch_normalization")
            .write(file),
        LSTM);
  }

  @Test
  void readsTheLstmBeforeTheConvolutionsToo() {
    assertReads(KerasFileFixture.keras2(LSTM).order("lstm_1").write(file), LSTM);
    assertReads(
        KerasFileFixture.keras2(ATTENTION)
            .order("conv1d_1", "attention_lstm_1", "batch_normalization_1")
            .write(folder.resolve("between.h5")),
        ATTENTION);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void readsLayerNamesThatKerasHadToSplit(int chunks) {
    assertReads(KerasFileFixture.keras2(LSTM).layerNamesIn(chunks).write(file), LSTM);
  }

  @Test
  void readsFilesWithoutVersionAndBackend() {
    KerasFile read =
        assertReads(KerasFileFixture.keras2(LSTM).version(null).backend(null).write(file), LSTM);

    assertThat(read.kerasVersion()).isEmpty();
    assertThat(read.backend()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void turnsTheKernelsOfTheano(boolean keras1) {
    KerasFileFixture fixture =
        keras1 ? KerasFileFixture.keras1(LSTM) : KerasFileFixture.keras2(LSTM);
    String layer = keras1 ? "convolution1d_" : "conv1d_";
    for (int block = 1; block <= 3; block++) {
      fixture.change(layer + block, 0, KerasLayoutTest::backwards);
    }

    assertReads(fixture.backend("theano").write(file), LSTM);
  }

  private static NamedArray backwards(NamedArray kernel) {
    float[] values = new float[kernel.values().length];
    int steps = kernel.shape()[0];
    int row = values.length / steps;
    for (int index = 0; index < values.length; index++) {
      values[(steps - 1 - index / row) * row + index % row] = kernel.values()[index];
    }
    return new NamedArray(kernel.name(), kernel.shape(), values);
  }

  @Test
  void leavesTheKernelsOfCntkAsTheyAre() {
    assertReads(KerasFileFixture.keras2(LSTM).backend("cntk").write(file), LSTM);
  }

  /**
   * cuDNN multiplies by row-major matrices {@code (cells, inputs)}, gate after gate; Keras' layer
   * keeps each, read as one run of numbers, in the shape {@code (inputs, cells)}.
   */
  @Test
  void readsCuDnnsMatrices() {
    KerasFileFixture fixture = KerasFileFixture.keras2(LSTM).version("2.2.4");
    fixture.change("lstm_1", 0, KerasLayoutTest::asCuDnn);
    fixture.change("lstm_1", 1, KerasLayoutTest::asCuDnn);
    fixture.change("lstm_1", 2, KerasLayoutTest::asTwoBiases);

    KerasFile read =
        assertReads(fixture.write(file), LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));

    assertThat(read.gateSource()).isEqualTo("the CuDNN layer");
  }

  private static NamedArray asCuDnn(NamedArray kernel) {
    int inputs = kernel.shape()[0];
    int width = kernel.shape()[1];
    int cells = width / 4;
    float[] values = new float[kernel.values().length];
    for (int gate = 0; gate < 4; gate++) {
      for (int cell = 0; cell < cells; cell++) {
        for (int input = 0; input < inputs; input++) {
          int inRun = cell * inputs + input;
          values[inRun / cells * width + gate * cells + inRun % cells] =
              kernel.values()[input * width + gate * cells + cell];
        }
      }
    }
    return new NamedArray(kernel.name(), kernel.shape(), values);
  }

  /** Of the input and of the recurrence; they add up. Powers of two, so that no bit is lost. */
  private static NamedArray asTwoBiases(NamedArray bias) {
    int width = bias.values().length;
    float[] values = new float[2 * width];
    for (int index = 0; index < width; index++) {
      values[index] = bias.values()[index] * (index % 2 == 0 ? 0.5f : 2);
      values[width + index] = bias.values()[index] * (index % 2 == 0 ? 0.5f : -1);
    }
    return new NamedArray(bias.name(), new int[] {2 * width}, values);
  }

  /** By Keras' own conversion, {@code k.T.reshape(k.shape, order="F")} on each gate. */
  @Test
  void convertsCuDnnsKernelAsKerasDoes() {
    // For each gate of 3 cells and 2 inputs: [[0 3 1] [4 2 5]] becomes [[0 1 2] [3 4 5]].
    float[] cudnn = {0, 3, 1, 10, 13, 11, 20, 23, 21, 30, 33, 31};
    float[] second = {4, 2, 5, 14, 12, 15, 24, 22, 25, 34, 32, 35};
    float[] kernel = new float[24];
    System.arraycopy(cudnn, 0, kernel, 0, 12);
    System.arraycopy(second, 0, kernel, 12, 12);
    float[] bias = new float[24];
    bias[0] = 1;
    bias[12] = 2;
    float[] recurrent = new float[36];
    recurrent[1] = 7; // row 0, gate i, cell 1
    KerasLayer layer =
        new KerasLayer(
            "cu_dnnlstm_1",
            List.of(
                new KerasArray("kernel", new int[] {2, 12}, kernel),
                new KerasArray("recurrent_kernel", new int[] {3, 12}, recurrent),
                new KerasArray("bias", new int[] {24}, bias)));

    var arrays = RecurrentArrays.of(file, layer);

    assertThat(arrays.get("lstm/kernel").values())
        .containsExactly(
            0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, //
            3, 4, 5, 13, 14, 15, 23, 24, 25, 33, 34, 35);
    assertThat(arrays.get("lstm/recurrent_kernel").values()[12]).isEqualTo(7); // row 1, cell 0
    assertThat(arrays.get("lstm/bias").values()[0]).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(GateActivation.class)
  void readsWholeModelsByTheirConfiguration(GateActivation gates) {
    KerasFile read =
        assertReads(
            KerasFileFixture.keras2(LSTM).config(config(gates.toString())).write(file),
            LSTM.with(LSTM.spec().with(gates)));

    assertThat(read.layout()).isEqualTo("whole model of Keras in HDF5");
    assertThat(read.gateSource()).isEqualTo("the model's configuration");
  }

  @Test
  void readsWholeModelsOfKeras1() {
    String config = KerasConfigFixture.keras1(LSTM.spec(), "sigmoid");

    assertReads(
        KerasFileFixture.keras1(LSTM).config(config).write(file),
        LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));
  }

  @Test
  void readsKeras3() {
    KerasFile read =
        assertReads(
            KerasFileFixture.keras2(LSTM).writeKeras3(file, 0),
            LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));

    assertThat(read.layout()).isEqualTo("weights of Keras 3");
    assertThat(read.layers().get(0).name()).startsWith("layers/");
  }

  @Test
  void putsTheTenthGroupOfAClassBehindTheNinth() {
    assertReads(
        KerasFileFixture.keras2(LSTM).writeKeras3(file, 9),
        LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));
  }

  @Test
  void readsTheArchiveOfKeras3AndLeavesNothingBehind() throws Exception {
    Path weights = KerasFileFixture.keras2(LSTM).writeKeras3(folder.resolve("in.h5"), 0);
    Path archive = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      put(zip, "metadata.json", "{\"keras_version\": \"3.6.0\"}".getBytes(UTF_8));
      put(zip, "config.json", config("sigmoid").getBytes(UTF_8));
      put(zip, "model.weights.h5", Files.readAllBytes(weights));
    }
    List<Path> before = temporaries();

    KerasFile read = assertReads(archive, LSTM.with(LSTM.spec().with(GateActivation.SIGMOID)));

    assertThat(read.layout()).isEqualTo("archive of Keras 3 (.keras)");
    assertThat(read.kerasVersion()).isEqualTo("3.6.0");
    assertThat(temporaries()).isEqualTo(before);
  }

  private static List<Path> temporaries() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(path -> path.toString().contains("hdf")).sorted().toList();
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  @Test
  void refusesNormalizationsWhoseOrderSaysNothing() {
    Path moved =
        KerasFileFixture.keras2(LSTM)
            .order("batch_normalization_1", "batch_normalization_3", "batch_normalization_2")
            .write(file);

    assertThatThrownBy(() -> KerasWeights.read(moved))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "weights.h5",
            "batch_normalization_1 [128]",
            "batch_normalization_3 [128]",
            "batch_normalization_2 [256]");
  }

  @Test
  void refusesConvolutionsOutOfOrderSinceThenTheNormalizationsMayBeToo() {
    Path moved =
        KerasFileFixture.keras2(LSTM)
            .order("conv1d_3", "batch_normalization_3", "conv1d_2", "batch_normalization_2")
            .write(file);

    assertThatThrownBy(() -> KerasWeights.read(moved))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("conv1d_3", "batch_normalization_3", "conv1d_1");
  }

  private static String config(String gates) {
    return KerasConfigFixture.keras2(LSTM.spec(), gates);
  }

  private static KerasFile assertReads(Path file, ModelWeights expected) {
    KerasFile read = KerasWeights.read(file);
    assertThat(read.weights().spec()).isEqualTo(expected.spec());
    expected
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(read.weights().arrays().get(name).values())
                    .as(name)
                    .isEqualTo(array.values()));
    return read;
  }
}
