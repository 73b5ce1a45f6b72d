package io.github.lstmfcn.chart;

import com.samskivert.mustache.Template;
import io.github.lstmfcn.training.Epoch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training run as a self-contained page.
 *
 * @param chart the curves
 * @param notes notes and warnings, one sentence each
 * @param recipe the recipe, one sentence each
 * @param facts the settings and results, in order
 */
record TrainingPage(
    TrainingChart chart, List<String> notes, List<String> recipe, Map<String, String> facts) {

  /** A row of the table of epochs. */
  private record Row(
      int number,
      String loss,
      String accuracy,
      String valLoss,
      String valAccuracy,
      String learningRate,
      boolean best) {}

  /** A line of the table of facts. */
  private record Fact(String name, String value) {}

  /** The page. */
  String html() {
    List<Epoch> epochs = chart.history().epochs();
    return template()
        .execute(
            Map.of(
                "style", Page.style(),
                "title", chart.title(),
                "notes", notes,
                "charts", chart.svgs(),
                "recipe", recipe,
                "facts",
                    facts.entrySet().stream()
                        .filter(entry -> !entry.getValue().matches("|null"))
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList(),
                "epochCount", epochs.size(),
                "epochs", epochs.stream().map(this::row).toList()));
  }

  private Row row(Epoch epoch) {
    return new Row(
        epoch.number(),
        decimal(epoch.training().loss()),
        decimal(epoch.training().accuracy()),
        epoch.validation().map(score -> decimal(score.loss())).orElse(""),
        epoch.validation().map(score -> decimal(score.accuracy())).orElse(""),
        String.format(Locale.ROOT, "%.3g", epoch.learningRate()),
        epoch.number() == chart.best());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private static Template template() {
    try (InputStream text = TrainingPage.class.getResourceAsStream("training.html");
        InputStreamReader reader = new InputStreamReader(text, StandardCharsets.UTF_8)) {
      return Page.mustache().compile(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
