package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kernels as the file has them, activations as the original computes them. */
class ConvFiltersTest {

  @Test
  void meanActivationsAreThoseOfTheReference() {
    ReferenceCase reference = ReferenceCase.of("2017-lstmfcn-8-CBF", "weights.h5");
    ModelWeights weights = reference.file().weights();
    float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
    List<ConvFilters> found = ConvFilters.of(weights, firstTwo);

    assertThat(found).extracting(ConvFilters::filters).containsExactly(128, 256, 128);
    for (ConvFilters conv : found) {
      float[] relu = reference.floats("relu" + conv.block()); // (2, T, filters)
      int filters = conv.filters();
      int length = conv.activations()[0].length;
      for (int step = 0; step < length; step += 9) {
        for (int filter = 0; filter < filters; filter++) {
          double mean =
              (relu[step * filters + filter] + relu[(length + step) * filters + filter]) / 2.0;
          assertThat((double) conv.activations()[filter][step]).isCloseTo(mean, within(1e-4));
        }
      }
    }
  }

  @Test
  void aKernelIsTheFilesOfItsFilter() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 10, 2);
    ConvFilters second = ConvFilters.of(weights, RandomWeights.series(1, 10, 1)).get(1);
    float[] kernel = weights.arrays().get("conv2/kernel").values(); // (5, 128, 256)

    assertThat(second.size()).isEqualTo(5);
    assertThat(second.channels()).isEqualTo(128);
    assertThat(second.kernels()[17][3 * 128 + 40]).isEqualTo(kernel[(3 * 128 + 40) * 256 + 17]);
  }

  @Test
  void theMeanIsOverAllBatches() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 12, 2);
    float[][] series = RandomWeights.series(131, 12, 1);
    float[] all = ConvFilters.of(weights, series).get(2).activations()[5];
    float[] first = ConvFilters.of(weights, Arrays.copyOf(series, 128)).get(2).activations()[5];
    float[] last =
        ConvFilters.of(weights, Arrays.copyOfRange(series, 128, 131)).get(2).activations()[5];
    for (int step = 0; step < 12; step++) {
      assertThat((double) all[step])
          .isCloseTo((128 * first[step] + 3 * last[step]) / 131, within(1e-5));
    }
  }

  @Test
  void theFirstBlockHasAChannelPerVariable() {
    ModelSpec spec = ModelSpec.of(ModelKind.FCN, 3, 10, 2, 0, GateActivation.HARD_SIGMOID);
    ModelWeights weights = RandomWeights.of(spec, 1);
    ConvFilters first = ConvFilters.of(weights, RandomWeights.series(1, 3 * 10, 1)).get(0);
    float[] kernel = weights.arrays().get("conv1/kernel").values(); // (8, 3, 128)

    assertThat(first.channels()).isEqualTo(3);
    assertThat(first.channel(2)[17][5]).isEqualTo(kernel[(5 * 3 + 2) * 128 + 17]);
    assertThat(first.activations()).hasDimensions(128, 10);
  }

  @Test
  void anLstmAloneHasNoFilters() {
    ModelSpec spec = ModelSpec.of(ModelKind.LSTM, 3, 10, 2, 2, GateActivation.HARD_SIGMOID);
    assertThatThrownBy(() -> ConvFilters.of(RandomWeights.of(spec, 1), new float[1][30]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a network with convolutions, found LSTM");
  }

  @Test
  void noSeriesHaveNoMean() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 12, 2);
    assertThatThrownBy(() -> ConvFilters.of(weights, new float[0][]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
