package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Factors of channels and their means; the references have a test of their own. */
class ChannelScalesTest {

  private static ModelWeights weights(ModelKind kind) {
    return RandomWeights.of(ModelSpec.of(kind, 2, 9, 3, 4, GateActivation.HARD_SIGMOID), 5);
  }

  @Test
  void theMeansOfClassesAreOverTheirSeries() {
    float[][] series = RandomWeights.series(131, 18, 2);
    ChannelScales second = ChannelScales.of(weights(ModelKind.MLSTM_FCN), series).get(1);
    int[] truth = new int[131];
    truth[7] = 2;
    truth[130] = 2;
    float[][] means = second.means(truth, 3);

    assertThat(second.scales()).hasDimensions(131, 256);
    assertThat((double) means[2][9])
        .isCloseTo((second.scales()[7][9] + second.scales()[130][9]) / 2.0, within(1e-6));
    assertThat(means[1]).containsOnly(Float.NaN);
  }

  @Test
  void aNetworkWithoutSqueezeAndExciteHasNone() {
    assertThat(ChannelScales.of(weights(ModelKind.FCN), new float[1][18])).isEmpty();
  }

  @Test
  void noSeriesAreRefused() {
    assertThatThrownBy(() -> ChannelScales.of(weights(ModelKind.MLSTM_FCN), new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one series, found none");
  }

  @Test
  void aClassThatDoesNotExistIsRefused() {
    ChannelScales scales = new ChannelScales(1, new float[2][4]);
    List<int[]> wrong = List.of(new int[] {0, 2}, new int[] {-1, 0}, new int[] {0});
    for (int[] truth : wrong) {
      assertThatThrownBy(() -> scales.means(truth, 2)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
