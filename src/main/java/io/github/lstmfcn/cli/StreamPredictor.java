package io.github.lstmfcn.cli;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers a stream of series in their order, each as soon as it is there.
 *
 * @param classifier that answers
 * @param series to answer
 * @param check refuses a series that the classifier would take, but should not
 * @param printer prints the probabilities of one series
 * @param out is flushed after every batch
 */
record StreamPredictor(
    TimeSeriesClassifier classifier,
    SeriesStream series,
    Check check,
    Consumer<float[]> printer,
    PrintWriter out) {

  /** Refuses some series. */
  @FunctionalInterface
  interface Check {
    /**
     * Lets a series pass.
     *
     * @throws InvalidInputException if it is not to be answered
     */
    void check(TimeSeriesClassifier classifier, SeriesStream stream, float[] series);
  }

  /** A series and where it stood, for messages. */
  private record Placed(String place, float[] series) {}

  /**
   * Answers until the stream or its reader ends.
   *
   * @param skip is told of a series that cannot be answered, after all before it are; null to end
   *     there
   * @param note runs once: after the answers, or when the stream makes wait for the next one
   * @return how many were skipped
   * @throws InvalidInputException if the stream breaks, or a series cannot be answered and is not
   *     to be skipped
   */
  int print(Consumer<InvalidInputException> skip, Runnable note) {
    Run run = new Run(skip, note);
    // A reader that has gone (… | head) ends an endless pipe.
    while (!out.checkError() && run.hasNext()) {
      run.batch();
      if (!series.ready()) {
        run.note();
      }
    }
    if (!run.begun && !out.checkError()) {
      throw new InvalidInputException(null, series.place(), "a series", "the end", "");
    }
    run.note();
    return run.skipped;
  }

  /** One pass over the stream. */
  private final class Run {
    private final Consumer<InvalidInputException> skip;
    private final List<Placed> batch = new ArrayList<>();
    private Runnable note;
    private boolean begun;
    private int skipped;

    Run(Consumer<InvalidInputException> skip, Runnable note) {
      this.skip = skip;
      this.note = note;
    }

    void note() {
      note.run();
      note = () -> {};
    }

    /** A stream that breaks owes the answers to what it gave before. */
    boolean hasNext() {
      try {
        return series.hasNext();
      } catch (InvalidInputException broken) {
        answer();
        throw broken;
      }
    }

    void batch() {
      begun = true;
      boolean wait = classifier.dependsOnBatch();
      // A full batch takes less time per series, but nobody is kept waiting for one.
      do {
        try {
          float[] next = series.next();
          check.check(classifier, series, next);
          batch.add(new Placed(series.place(), next));
        } catch (InvalidInputException bad) {
          if (!wait || skip == null) {
            answer(); // in the order of the stream
          }
          refuse(bad);
        }
      } while (batch.size() < TimeSeriesClassifier.BATCH_SIZE
          && (wait || series.ready())
          && hasNext());
      answer();
    }

    private void refuse(InvalidInputException bad) {
      if (skip == null) {
        throw bad;
      }
      skipped++;
      skip.accept(bad);
    }

    private void answer() {
      List<Placed> asked = List.copyOf(batch);
      batch.clear();
      if (asked.isEmpty()) {
        return;
      }
      try {
        answer(asked);
      } catch (InvalidInputException bad) {
        if (classifier.dependsOnBatch()) {
          throw at(asked.get(0).place() + " and the batch from there", bad);
        }
        asked.forEach(this::answerAlone);
      }
      out.flush();
    }

    private void answer(List<Placed> asked) {
      float[][] inputs = asked.stream().map(Placed::series).toArray(float[][]::new);
      float[][] probabilities = classifier.predictProbabilities(inputs);
      for (float[] answer : probabilities) {
        printer.accept(answer);
      }
    }

    private void answerAlone(Placed asked) {
      try {
        answer(List.of(asked));
      } catch (InvalidInputException bad) {
        out.flush();
        refuse(at(asked.place(), bad));
      }
    }

    private InvalidInputException at(String place, InvalidInputException bad) {
      return new InvalidInputException(null, place, bad.expected(), bad.found(), bad.remedy(), bad);
    }
  }
}
