package io.github.lstmfcn.cli;

import io.github.lstmfcn.chart.AttentionAxes;
import io.github.lstmfcn.chart.AttentionFolder;
import io.github.lstmfcn.chart.AttentionSample;
import io.github.lstmfcn.explain.AttentionMaps;
import io.github.lstmfcn.explain.MeanAttention;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code lstmfcn context} writes for a network whose attention is over several steps.
 *
 * @param explained the dataset and the model
 */
record AttentionOfSteps(ExplainedDataset explained) {

  /**
   * Writes pictures, page and tables.
   *
   * @param folder the folder, which must exist
   * @param numbers the numbers of the series to draw, from 0
   * @return what was written, as the beginning of a line
   */
  String write(Path folder, int[] numbers) {
    ModelWeights weights = explained.model().weights();
    float[][] series =
        Arrays.stream(numbers).mapToObj(i -> explained.inputs()[i]).toArray(float[][]::new);
    List<AttentionSample> drawn = new ArrayList<>();
    List<MeanAttention> means;
    try (AttentionMaps maps = AttentionMaps.of(weights)) {
      means = maps.means(explained.inputs(), explained.labelled().truth());
      maps.explain(series)
          .forEachOrdered(
              map -> {
                int number = numbers[drawn.size()];
                drawn.add(new AttentionSample(number, explained.label(number), map));
              });
    }
    new AttentionFolder(
            folder,
            "Attention on " + explained.name(),
            AttentionAxes.of(weights.spec()),
            explained.classes())
        .write(drawn, means);
    return ("wrote attention.html, attention-means.csv, attention.csv, attended.csv and pictures of"
            + " %s classes and %s series as PNG and SVG")
        .formatted(means.stream().filter(mean -> mean.series() > 0).count(), drawn.size());
  }
}
