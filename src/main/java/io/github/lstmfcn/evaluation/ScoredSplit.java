package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.graph.Predictor;
import java.util.List;
import java.util.stream.Stream;

/**
 * One half of a set with the classes that its labels mean.
 *
 * @param data the half
 * @param labels the classes
 */
public record ScoredSplit(Dataset data, ClassLabels labels) {

  /**
   * Encodes the labels. {@link LabelEncoding#SORTED} looks at both halves, as a class may be
   * missing in one; {@link LabelEncoding#UPSTREAM} at the scored half alone, as the original does.
   *
   * @param data the half to score
   * @param other the other half, or null if it is not at hand
   * @throws InvalidInputException if the labels do not encode
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
   * Scores a model.
   *
   * @param batchSize how many series at once, in the file's order
   * @throws InvalidInputException if series or classes do not fit the model
   */
  Evaluation score(Predictor model, Preparation preparation, int batchSize) {
    return evaluation(probabilities(model, preparation, batchSize));
  }

  /**
   * The model's answers, float32 {@code [N][classes]}.
   *
   * @throws InvalidInputException if series or classes do not fit the model
   */
  float[][] probabilities(Predictor model, Preparation preparation, int batchSize) {
    return model.probabilities(inputs(model.classes(), preparation), batchSize);
  }

  /**
   * The series as a model's input, float32 {@code [N][length]}.
   *
   * @param classes that the model has
   * @throws InvalidInputException if series or classes do not fit the model
   */
  public float[][] inputs(int classes, Preparation preparation) {
    expectClasses(classes);
    return preparation.apply(data);
  }

  /**
   * Makes sure that the labels are those of a model.
   *
   * @param classes that the model has
   * @throws InvalidInputException if the labels are of more or fewer classes
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

  /** Compares answers with the labels. */
  public Evaluation evaluation(float[][] probabilities) {
    return Evaluation.of(probabilities, truth(), labels.names());
  }

  /**
   * The class of each series, by its label.
   *
   * @throws InvalidInputException if no class has the label of one; names the series
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
