package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.chart.PrincipalComponents;
import io.github.lstmfcn.files.NpyFile;
import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features as the original computes them, their components, and NumPy's files. */
class FeaturesTest {
  @TempDir Path folder;

  @Test
  void featuresAreBothBranchesOfTheReference() {
    ReferenceCase reference = ReferenceCase.of("2017-alstmfcn-64-ImbalancedTones", "weights.h5");
    float[][] series = reference.series();
    float[] lstm = reference.floats("lstm");
    float[] gap = reference.floats("gap");
    ModelWeights weights = ClassActivationMapsTest.weights(reference);
    Features features = Features.of(weights, series);

    assertThat(features.values()).hasNumberOfRows(100);
    for (int row = 0; row < series.length; row++) {
      float[] own = features.values()[row];
      Numbers.assertClose(
          Arrays.copyOf(own, 64), Arrays.copyOfRange(lstm, row * 64, (row + 1) * 64), 1e-4);
      Numbers.assertClose(
          Arrays.copyOfRange(own, 64, 192),
          Arrays.copyOfRange(gap, row * 128, (row + 1) * 128),
          1e-4);
    }
    assertThat(features.names()).hasSize(192).startsWith("lstm_0").endsWith("conv_127");
    assertThat(features.names().get(64)).isEqualTo("conv_0");
  }

  @ParameterizedTest
  @CsvSource({"FCN, 128, conv_0", "LSTM, 3, lstm_0", "ALSTM, 3, lstm_0", "MLSTM_FCN, 131, lstm_0"})
  void featuresAreThoseOfTheBranchesThatThereAre(ModelKind kind, int count, String first) {
    ModelSpec spec = ModelSpec.of(kind, 2, 10, 2, 3, GateActivation.HARD_SIGMOID);
    Features features = Features.of(RandomWeights.of(spec, 1), RandomWeights.series(2, 2 * 10, 1));

    assertThat(features.values()).hasDimensions(2, count);
    assertThat(features.names()).hasSize(count).startsWith(first);
    assertThat(features.cells()).isEqualTo(spec.cells());
  }

  @Test
  void noSeriesHaveNoFeatures() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 12, 2);
    assertThatThrownBy(() -> Features.of(weights, new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one series, found none");
  }

  @Test
  void componentsAreTheDirectionsInWhichPointsDiffer() {
    // On the diagonal of the first two values by 4, 0, -4; by 1, -2, 1 along the third.
    float diagonal = (float) Math.sqrt(8);
    float[][] points = {
      {diagonal, diagonal, 7 + 1, 5}, {0, 0, 7 - 2, 5}, {-diagonal, -diagonal, 7 + 1, 5}
    };

    PrincipalComponents components = PrincipalComponents.of(points);

    assertThat(Math.abs(components.scores()[0][0])).isCloseTo(4, within(1e-5f));
    assertThat(components.scores()[0][0]).isEqualTo(-components.scores()[2][0], within(1e-5f));
    assertThat(components.scores()[1]).containsExactly(new float[] {0, 2}, within(1e-5f));
    assertThat(components.shares()[0]).isCloseTo(32.0 / 38, within(1e-6));
    assertThat(components.shares()[1]).isCloseTo(6.0 / 38, within(1e-6));
  }

  @Test
  void equalPointsHaveNoShares() {
    PrincipalComponents components = PrincipalComponents.of(new float[][] {{1, 2}, {1, 2}});

    assertThat(components.shares()).containsExactly(0, 0);
    assertThat(components.scores()[1]).containsExactly(0, 0);
  }

  @Test
  void onePointHasNoDirections() {
    assertThatThrownBy(() -> PrincipalComponents.of(new float[][] {{1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numPysFilesAreAlignedAndLittleEndian() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyFile.write(file, new float[][] {{1, 2, 3}, {4, 5, 6}});

    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0).hasSize(128 + 24);
    assertThat((int) buffer.getShort(8)).isEqualTo(118);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith(" \n");
    assertThat(buffer.getFloat(128 + 12)).isEqualTo(4);

    NpyFile.write(file, new int[] {3, -1});
    bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }");
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(128 + 8))
        .isEqualTo(-1);
  }
}
