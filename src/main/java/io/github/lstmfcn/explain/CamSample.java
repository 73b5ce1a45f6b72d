package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.graph.Predictor;
import java.util.List;
import java.util.Locale;

/**
 * One series with its map, and what people want to read beside it.
 *
 * @param set where it is from, as {@code CBF TEST}
 * @param number its place in the set, from 0
 * @param label its own label
 * @param classes names of the model's classes
 * @param series float32 {@code [length]}, as the network sees it
 * @param cam its map
 * @param shown the class whose map is drawn
 */
public record CamSample(
    String set,
    int number,
    String label,
    List<String> classes,
    float[] series,
    ClassActivationMap cam,
    int shown) {

  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException if the shown class is none of them
   */
  public CamSample {
    classes = List.copyOf(classes);
    if (shown < 0 || shown >= classes.size() || classes.size() != cam.map().length) {
      throw new IllegalArgumentException(
          "class %d of %d, map of %d".formatted(shown, classes.size(), cam.map().length));
    }
  }

  /** The likeliest class. */
  public int predicted() {
    return Predictor.likeliest(cam.probabilities());
  }

  /** Its name. */
  public String predictedName() {
    return classes.get(predicted());
  }

  /** {@code CBF TEST, sample 3: predicted 2 (p = 0.931), true class 1}. */
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

  /** {@code Class 2, p = 0.931: logit 2.31 = mean of the map 1.90 + LSTM 0.38 + bias 0.03 …}. */
  public String decomposition() {
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
