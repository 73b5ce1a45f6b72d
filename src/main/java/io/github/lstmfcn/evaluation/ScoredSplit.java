package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A split to be scored, with its classes.
 *
 * @param data the split
 * @param labels the classes of its labels
 */
public record ScoredSplit(Dataset data, ClassLabels labels) {

  /**
   * Encodes the labels of a split. {@link LabelEncoding#SORTED} considers both splits, as a class
   * may be missing in one; {@link LabelEncoding#UPSTREAM} considers only the split that is scored,
   * as the original code does.
   *
   * @param data the split to score
   * @param other the other split; null if it is not available
   * @param encoding how labels become class indices
   * @return the split with its classes
   * @throws InvalidInputException if the labels cannot be encoded
   */
  public static ScoredSplit of(Dataset data, Dataset other, LabelEncoding encoding) {
    boolean both = encoding == LabelEncoding.SORTED && other != null;
    List<String> known =
        both
            ? Stream.concat(data.labels().stream(), other.labels().stream()).toList()
            : data.labels();
    return new ScoredSplit(data, encoding.fit(known));
  }

  /**
   * Encodes the labels as a model does: by the labels that it knows, else as {@link #of(Dataset,
   * Dataset, LabelEncoding)}.
   *
   * @param data the split to score
   * @param other the other split; null if it is not available
   * @param encoding how labels become class indices
   * @param known the labels of the model; empty if it knows none
   * @return the split with its classes
   * @throws InvalidInputException if the labels cannot be encoded
   */
  public static ScoredSplit of(
      Dataset data, Dataset other, LabelEncoding encoding, List<String> known) {
    return encoding != LabelEncoding.SORTED || known.isEmpty()
        ? of(data, other, encoding)
        : new ScoredSplit(data, ClassLabels.sorted(known));
  }

  /**
   * Prepares the series as a model's input.
   *
   * @param classes the number of classes of the model
   * @param preparation the preparation of the model's input
   * @return float32 {@code [N][length]}
   * @throws InvalidInputException if series or classes do not fit the model
   */
  public float[][] inputs(int classes, Preparation preparation) {
    expectClasses(classes);
    return preparation.apply(data);
  }

  /**
   * Checks that the number of classes is that of a model.
   *
   * @param classes the number of classes of the model
   * @throws InvalidInputException if the labels have more or fewer classes
   */
  public void expectClasses(int classes) {
    if (labels.classes() != classes) {
      throw new InvalidInputException(
          data.source(),
          "labels",
          classes + " classes, as the model has",
          labels.classes() + " " + labels.names(),
          "is it the dataset that the model was trained on, and is the label in this column?");
    }
  }

  /**
   * Scores probabilities against the labels.
   *
   * @param probabilities float32 {@code [N][classes]}
   * @return the scores
   */
  public Evaluation evaluation(float[][] probabilities) {
    return Evaluation.of(probabilities, truth(), labels.names());
  }

  /**
   * The true class of each series, by its label.
   *
   * @return one class index per series, from 0
   * @throws InvalidInputException if no class has the label of a series; the message names the
   *     series
   */
  public int[] truth() {
    int[] truth = new int[data.size()];
    for (int series = 0; series < truth.length; series++) {
      try {
        truth[series] = labels.index(data.labels().get(series));
      } catch (InvalidInputException unknown) {
        throw new InvalidInputException(
            data.source(),
            "series " + (series + 1) + ", label",
            unknown.expected() + ", as the model has",
            unknown.found(),
            "is it the dataset that the model was trained on, and is the label in this column?",
            unknown);
      }
    }
    return truth;
  }
}
