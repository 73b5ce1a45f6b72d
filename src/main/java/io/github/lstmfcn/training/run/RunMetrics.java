package io.github.lstmfcn.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.json.OrNull;
import io.github.lstmfcn.training.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a run, stored as {@code metrics.json} in its folder.
 *
 * @param set the name of the dataset
 * @param model the network, as text
 * @param classes the number of classes of the dataset
 * @param epochs the number of epochs trained
 * @param finished whether the recipe has ended the run
 * @param bestEpoch the epoch of the selected weights, from 1
 * @param monitor the value by which the weights were selected
 * @param chosenOn the split on which this value was measured
 * @param train the score of the selected weights on the training series
 * @param validation their score on the held-out series; null if there are none
 * @param test their score on TEST; null if there is none, or while the run is not finished
 * @param warnings warnings about the selected weights, one sentence each
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunMetrics(
    String set,
    String model,
    int classes,
    int epochs,
    boolean finished,
    int bestEpoch,
    String monitor,
    String chosenOn,
    Part train,
    @OrNull Part validation,
    @OrNull Part test,
    List<String> warnings) {
  /** The format of {@code metrics.json}. */
  static final JsonFormat<RunMetrics> FORMAT =
      new JsonFormat<>(RunMetrics.class, 1, "use train --resume to write it again");

  /** Refuses counts that cannot be, and copies the warnings. */
  public RunMetrics {
    if (classes < 1) {
      throw new InvalidInputException(null, "classes", "1 or more", "" + classes, "");
    }
    if (epochs < 0 || bestEpoch < 0 || bestEpoch > epochs) {
      throw new InvalidInputException(
          null,
          epochs < 0 ? "epochs" : "best_epoch",
          epochs < 0 ? "0 or more" : "0 to " + epochs,
          "" + (epochs < 0 ? epochs : bestEpoch),
          "");
    }
    warnings = List.copyOf(warnings);
  }

  /**
   * The score on a set of series, at inference.
   *
   * @param correct the number of series whose most probable class is the true one
   * @param total the number of series
   * @param accuracy the share of correct series
   * @param loss the mean categorical cross-entropy in nats
   */
  public record Part(long correct, int total, double accuracy, double loss) {
    /** Refuses a count that cannot be. */
    public Part {
      if (total < 1) {
        throw new InvalidInputException(null, "total", "1 or more", "" + total, "");
      }
      if (correct < 0 || correct > total) {
        throw new InvalidInputException(null, "correct", "0 to " + total, "" + correct, "");
      }
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new InvalidInputException(null, "accuracy", "0 to 1", "" + accuracy, "");
      }
      if (loss < 0) {
        throw new InvalidInputException(null, "loss", "0 or more", "" + loss, "");
      }
    }

    static Part of(Score score, int total) {
      return new Part(Math.round(score.accuracy() * total), total, score.accuracy(), score.loss());
    }

    /** The score as text, as {@code 140/150, accuracy 0.9333, loss 0.2104}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d/%d, accuracy %.4f, loss %.4f", correct, total, accuracy, loss);
    }
  }

  /** These metrics without the score on TEST. */
  public RunMetrics withoutTest() {
    return new RunMetrics(
        set,
        model,
        classes,
        epochs,
        finished,
        bestEpoch,
        monitor,
        chosenOn,
        train,
        validation,
        null,
        warnings);
  }

  /** The available scores by name. */
  public Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("TRAIN", train);
    if (validation != null) {
      parts.put("held out", validation);
    }
    if (test != null) {
      parts.put("TEST", test);
    }
    return parts;
  }
}
