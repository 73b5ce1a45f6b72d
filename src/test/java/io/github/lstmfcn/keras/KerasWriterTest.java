package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KerasWriterTest {
  @TempDir Path folder;

  static Stream<ReferenceCase> shipped() {
    return ReferenceCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void everyBitComesBack(ReferenceCase reference) {
    ModelWeights weights = reference.file().weights();
    Path file = folder.resolve("written.h5");

    KerasWeights.write(weights, file);

    assertSameBits(new ReferenceCase(file, reference.reference()).file().weights(), weights);
  }

  @Test
  void keepsBitsThatArithmeticWouldNot() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 1, 2, 2);
    weights =
        RandomWeights.with(
            weights,
            "lstm/kernel",
            new float[] {-0f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MIN_NORMAL / 2, 0, 0, 0, 0});
    Path file = folder.resolve("written.h5");

    KerasWeights.write(weights, file);

    assertSameBits(KerasWeights.read(file).weights(), weights);
  }

  @Test
  void writesTheGroupsThatKeras2Writes() {
    Path file = folder.resolve("written.h5");
    KerasWeights.write(RandomWeights.small(ModelKind.ALSTM_FCN, 2, 9, 2), file);

    try (HdfFile hdf = new HdfFile(file)) {
      assertThat((String[]) hdf.getAttribute("layer_names").getData())
          .containsExactly(
              "conv1d_1",
              "batch_normalization_1",
              "conv1d_2",
              "batch_normalization_2",
              "conv1d_3",
              "batch_normalization_3",
              "attention_lstm_1",
              "dense_1");
      Group lstm = (Group) hdf.getChild("attention_lstm_1");
      assertThat((String[]) lstm.getAttribute("weight_names").getData())
          .startsWith("attention_lstm_1/kernel:0", "attention_lstm_1/recurrent_kernel:0")
          .endsWith("attention_lstm_1/attention_v:0");
      assertThat(hdf.getDatasetByPath("attention_lstm_1/attention_lstm_1/kernel:0").getDimensions())
          .containsExactly(9, 8);
    }
  }

  /** A file of a Keras before 2.1 would pass for one whose attention is per series. */
  @ParameterizedTest
  @EnumSource(AttentionScope.class)
  void aFileOfAttentionAcrossTheBatchStaysOpenToIt(AttentionScope scope) {
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 2, 9, 2);
    Path file = folder.resolve("written.h5");

    KerasWeights.write(weights.with(weights.spec().with(scope)), file);

    assertThat(KerasWeights.read(file).attentionIsOpen())
        .isEqualTo(scope == AttentionScope.ACROSS_BATCH);
  }

  @Test
  void replacesAFileAndLeavesNothingBesideIt() throws Exception {
    Path file = Files.writeString(folder.resolve("written.h5"), "old");

    KerasWeights.write(RandomWeights.small(ModelKind.LSTM_FCN, 2, 9, 2), file);

    assertThat(KerasWeights.read(file).weights().spec().length()).isEqualTo(9);
    assertThat(contents()).containsExactly(file);
  }

  @Test
  void aFolderThatIsNotThereIsOneLineAndStaysAway() throws Exception {
    Path file = folder.resolve("none/written.h5");

    assertThatThrownBy(
            () -> KerasWeights.write(RandomWeights.small(ModelKind.LSTM_FCN, 2, 9, 2), file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no folder " + folder.resolve("none"));
    assertThat(contents()).isEmpty();
  }

  @Test
  void aFolderInTheFilesPlaceIsKept() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("written.h5")).resolve("a");
    Files.writeString(inside, "a");

    assertThatThrownBy(
            () ->
                KerasWeights.write(
                    RandomWeights.small(ModelKind.LSTM_FCN, 2, 9, 2), inside.getParent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a file to write, found a folder");
    assertThat(contents()).containsExactly(inside.getParent());
    assertThat(inside).hasContent("a");
  }

  private List<Path> contents() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertSameBits(ModelWeights found, ModelWeights expected) {
    assertThat(found.spec()).isEqualTo(expected.spec());
    expected
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(bits(found.arrays().get(name).values()))
                    .as(name)
                    .isEqualTo(bits(array.values())));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int index = 0; index < bits.length; index++) {
      bits[index] = Float.floatToRawIntBits(values[index]);
    }
    return bits;
  }
}
