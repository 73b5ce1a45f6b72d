package io.github.lstmfcn.chart;

import io.github.lstmfcn.explain.ChannelScales;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The factors of one squeeze-and-excite: their means over the series of each class, and those of
 * some series.
 *
 * @param scales the factors of all series
 * @param truth the class of each series
 * @param classes the names of the classes
 * @param labels the label of each series
 * @param samples the numbers of the series that are shown, from 0
 */
public record ScaleSamples(
    ChannelScales scales, int[] truth, List<String> classes, List<String> labels, int[] samples) {

  /** float32 {@code [classes][filters]}; NaN for a class without series. */
  float[][] means() {
    return scales.means(truth, classes.size());
  }

  /** The number of series of a class. */
  int series(int k) {
    return (int) IntStream.of(truth).filter(other -> other == k).count();
  }

  /** The names of {@link #rows}. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < classes.size(); k++) {
      names.add("class %s, mean".formatted(classes.get(k)));
    }
    for (int sample : samples) {
      names.add("sample %s (%s)".formatted(sample, labels.get(sample)));
    }
    return names;
  }

  /** The means of the classes and then the factors of the series that are shown. */
  float[][] rows() {
    List<float[]> rows = new ArrayList<>(List.of(means()));
    for (int sample : samples) {
      rows.add(scales.scales()[sample]);
    }
    return rows.toArray(float[][]::new);
  }
}
