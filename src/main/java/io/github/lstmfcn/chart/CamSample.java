package io.github.lstmfcn.chart;

import io.github.lstmfcn.explain.ClassActivationMap;
import io.github.lstmfcn.model.graph.Predictor;
import java.util.List;
import java.util.Locale;

/**
 * A series with its class activation map and the facts for its caption.
 *
 * @param set the dataset and split of the series, as {@code CBF TEST}
 * @param number the number of the series in the split, from 0
 * @param label the true label of the series
 * @param classes the names of the model's classes
 * @param series float32 {@code [variables][length]}, as the network sees it
 * @param cam the class activation map
 * @param shown the index of the class whose map is drawn
 * @param recurrent whether the network has a recurrent branch, which takes part in the logits
 */
public record CamSample(
    String set,
    int number,
    String label,
    List<String> classes,
    float[][] series,
    ClassActivationMap cam,
    int shown,
    boolean recurrent) {

  /**
   * Copies the names.
   *
   * @param set the component {@code set}
   * @param number the component {@code number}
   * @param label the component {@code label}
   * @param classes the component {@code classes}
   * @param series the component {@code series}
   * @param cam the component {@code cam}
   * @param shown the component {@code shown}
   * @param recurrent the component {@code recurrent}
   * @throws IllegalArgumentException if there is no class of the index {@code shown}, or the sizes
   *     do not agree
   */
  public CamSample {
    classes = List.copyOf(classes);
    if (shown < 0 || shown >= classes.size() || classes.size() != cam.map().length) {
      throw new IllegalArgumentException(
          "expected the index of one of %2$s classes and a map of each, found %1$s and %3$s maps"
              .formatted(shown, classes.size(), cam.map().length));
    }
  }

  /** {@return the index of the most probable class} */
  public int predicted() {
    return Predictor.mostProbable(cam.probabilities());
  }

  /** {@return the name of the most probable class} */
  public String predictedName() {
    return classes.get(predicted());
  }

  /** {@return the caption, as {@code CBF TEST, sample 3: predicted 2 (p = 0.931), true class 1}} */
  public String title() {
    return String.format(
        Locale.ROOT,
        "%s, sample %d: predicted %s (p = %.3f), true class %s",
        set,
        number,
        predictedName(),
        cam.probabilities()[predicted()],
        label);
  }

  /**
   * {@return the parts of the logit, as {@code Class 2, p = 0.931: logit 2.31 = convolutions 1.90 +
   * LSTM 0.38 + bias 0.03; …}}
   */
  public String decomposition() {
    if (!recurrent) {
      return String.format(
          Locale.ROOT,
          "Class %s, p = %.3f: logit %.2f = convolutions %.2f + bias %.2f",
          classes.get(shown),
          cam.probabilities()[shown],
          cam.logits()[shown],
          cam.convolution()[shown],
          cam.bias()[shown]);
    }
    return String.format(
        Locale.ROOT,
        "Class %s, p = %.3f: logit %.2f = convolutions %.2f + LSTM %.2f + bias %.2f; the LSTM's"
            + " share is %.0f %%",
        classes.get(shown),
        cam.probabilities()[shown],
        cam.logits()[shown],
        cam.convolution()[shown],
        cam.lstm()[shown],
        cam.bias()[shown],
        100 * cam.lstmShare(shown));
  }
}
