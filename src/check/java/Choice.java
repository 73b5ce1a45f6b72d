import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.machine.ByTurns;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that what is chosen by measurement is about as fast as the best single choice, by ratios
 * within one run: a line for each model and batch. A ratio that is too large is measured once more.
 *
 * <p>Arguments: weight files.
 */
final class Choice {
  private static final String SETTING = "lstmfcn.convolutions";
  private static final List<String> WAYS = List.of("direct", "winograd-4", "winograd-6");
  private static final List<String> CHOSEN = List.of("chosen", "chosen again");
  private static final int[] BATCHES = {1, 32, 128};
  private static final double MOST = 1.1;
  private static final ByTurns BY_TURNS = new ByTurns(16, 0.05);

  private Choice() {}

  public static void main(String[] files) {
    boolean good = true;
    for (String file : files) {
      for (int batch : BATCHES) {
        good &= isGood(Path.of(file), batch);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean isGood(Path file, int batch) {
    double ratio = ratio(file, batch);
    if (ratio > MOST) {
      ratio = ratio(file, batch);
    }
    boolean good = ratio <= MOST;
    System.out.printf(
        Locale.ROOT,
        "%-7s choice %s, batches of %d: %.2f × the best single choice%n",
        good ? "ok" : "FAILED",
        file.getParent().getFileName(),
        batch,
        ratio);
    return good;
  }

  /** The time of what is chosen, beside the least of all ways. */
  private static double ratio(Path file, int batch) {
    Model model = Model.load(file);
    try (TimeSeriesClassifier first = TimeSeriesClassifier.of(model)) {
      first.measure(batch);
    }
    Map<String, TimeSeriesClassifier> classifiers = new LinkedHashMap<>();
    for (String chosen : CHOSEN) { // where in memory a model lies makes a difference of its own
      classifiers.put(chosen, TimeSeriesClassifier.of(model));
    }
    for (String way : WAYS) {
      System.setProperty(SETTING, way);
      classifiers.put(way, TimeSeriesClassifier.of(model));
    }
    System.clearProperty(SETTING);
    float[][] series = new float[batch][model.spec().length()];
    for (float[] one : series) {
      for (int step = 0; step < one.length; step++) {
        one[step] = (float) Math.sin(step);
      }
    }
    Map<String, Runnable> ways = new LinkedHashMap<>();
    classifiers.forEach(
        (name, classifier) -> ways.put(name, () -> classifier.predictProbabilities(series)));
    Map<String, Double> least = BY_TURNS.least(ways);
    classifiers.values().forEach(TimeSeriesClassifier::close);
    double chosen = CHOSEN.stream().mapToDouble(least::remove).min().orElseThrow();
    return chosen / Collections.min(least.values());
  }
}
