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
 * What came of a run: {@code metrics.json} of its folder.
 *
 * @param set the data set's name
 * @param model what was trained, in words
 * @param classes of the set
 * @param epochs that were trained
 * @param finished whether the recipe has ended it
 * @param bestEpoch whose weights are kept, from 1
 * @param monitor what they were chosen by
 * @param chosenOn what it was measured on
 * @param train of the kept weights on what was trained on
 * @param validation on what was held out; null if nothing was
 * @param test on TEST; null if there is none, or while the run is not finished
 * @param warnings of kept weights that are not what a training should give, one sentence each
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
  /** Of {@code metrics.json}. */
  static final JsonFormat<RunMetrics> FORMAT =
      new JsonFormat<>(RunMetrics.class, 1, "train --resume writes it again");

  /** Copies the warnings. */
  public RunMetrics {
    warnings = List.copyOf(warnings);
  }

  /**
   * At inference, over some series.
   *
   * @param correct series whose likeliest class is the true one
   * @param total series
   * @param accuracy the share
   * @param loss mean categorical cross-entropy in nats
   */
  public record Part(long correct, int total, double accuracy, double loss) {
    /** Refuses a count that cannot be. */
    public Part {
      if (correct < 0 || correct > total) {
        throw new InvalidInputException(null, "correct", "0 to " + total, "" + correct, "");
      }
    }

    static Part of(Score score, int total) {
      return new Part(Math.round(score.accuracy() * total), total, score.accuracy(), score.loss());
    }

    /** {@code 140/150, accuracy 0.9333, loss 0.2104}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d/%d, accuracy %.4f, loss %.4f", correct, total, accuracy, loss);
    }
  }

  /** The same without the score on TEST. */
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

  /** The parts that there are, by name. */
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
