package io.github.lstmfcn.cli;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.cli.option.StreamedSeriesCheck;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Classifies a stream of series in their order, each as soon as it has been read.
 *
 * @param classifier the classifier
 * @param series the series to classify
 * @param check refuses series that the classifier would accept, but should not
 * @param printer prints the probabilities of one series
 * @param out the output, flushed after every batch
 */
record StreamPredictor(
    TimeSeriesClassifier classifier,
    SeriesStream series,
    StreamedSeriesCheck check,
    Consumer<float[]> printer,
    PrintWriter out) {

  /** A series and its place in the stream, for messages. */
  private record Placed(String place, float[][] series) {}

  /**
   * Classifies series until the stream or the reader of the output ends.
   *
   * @param skip receives each series that cannot be classified, after all series before it are
   *     printed; null to end there with an exception
   * @param note runs once: at the end, or earlier when the stream has no series ready
   * @return the number of skipped series
   * @throws InvalidInputException if the stream breaks, or a series cannot be classified and {@code
   *     skip} is null
   */
  int print(Consumer<InvalidInputException> skip, Runnable note) {
    Run run = new Run(skip, note);
    // An endless pipe ends when the reader of the output has ended (… | head).
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

    /**
     * Whether there is another series; if the stream breaks, the series before are classified
     * first.
     */
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
      // A full batch takes less time per series, but no series waits for a batch to fill.
      do {
        try {
          float[][] next = series.next();
          check.check(series, next);
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
      float[][][] inputs = asked.stream().map(Placed::series).toArray(float[][][]::new);
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
      String within = bad.place().replaceFirst("^series \\d+", ""); // as ", variable 3"
      return new InvalidInputException(
          null, place + within, bad.expected(), bad.found(), bad.remedy(), bad);
    }
  }
}
