package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class BatchesTest {

  @Test
  void cutsInOrderAndLeavesTheLastBatchShort() {
    float[][] series = {{1}, {2}, {3}, {4}, {5}};
    List<Integer> sizes = new ArrayList<>();

    float[][] rows =
        Batches.map(
            series,
            2,
            batch -> {
              sizes.add(batch.length);
              return batch;
            });

    assertThat(sizes).containsExactly(2, 2, 1);
    assertThat(rows).isEqualTo(series);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void refusesABatchOfNothing(int batchSize) {
    assertThatThrownBy(() -> Batches.map(new float[1][1], batchSize, batch -> batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found " + batchSize);
  }

  @Test
  void writesRowAfterRow() {
    try (TFloat32 tensor = Batches.tensor(new float[][] {{1, 2}, {3, 4}}, Shape.of(2, 1, 2), 2)) {
      assertThat(LayerOutput.of(tensor).shape()).containsExactly(2, 1, 2);
      assertThat(LayerOutput.of(tensor).values()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void refusesARaggedBatch() {
    assertThatThrownBy(() -> Batches.tensor(new float[][] {{1, 2}, {3}}, Shape.of(2, 2), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("series 1: expected length 2, found 1");
  }
}
