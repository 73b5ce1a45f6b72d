package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.KerasFileFixture.NamedArray;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a weight file, it is one line that names file and layer. */
class KerasFaultTest {
  private static final ModelWeights LSTM = RandomWeights.small(ModelKind.LSTM_FCN, 5, 21, 3);
  private static final ModelWeights ATTENTION = RandomWeights.small(ModelKind.ALSTM_FCN, 5, 21, 3);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("weights.h5");
  }

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
            "a kernel of other channels",
            f -> f.change("conv1d_2", 0, a -> array(a.name(), 5, 64, 256)),
            "layer conv1d_2, conv2/kernel: expected shape [5, 128, 256], found [5, 64, 256]"),
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

    assertRefused(
        file, "layer conv1d_1, kernel:0: expected floating-point weights, found whole numbers");
  }

  @Test
  void layerNamesThatAreNoTextAreNamed() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", new int[] {1});
    }

    assertRefused(file, "attribute layer_names: expected strings, found whole numbers");
  }

  @Test
  void anHdf5FileOfSomethingElseIsSaid() {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("measurements").putDataset("x", new float[] {1, 2});
    }

    assertRefused(file, "expected layers as Keras writes them");
    assertRefused(file, "found groups [measurements]");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> KerasWeights.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
