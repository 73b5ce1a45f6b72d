package io.github.lstmfcn.training;

import io.github.lstmfcn.data.AtomicFile;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * What people look at of a run: {@code training.html} and {@code training.png}.
 *
 * @param description what is trained
 * @param state where it is
 * @param notes what a reader should know, one sentence each
 */
record RunPictures(RunDescription description, TrainingState state, List<String> notes) {

  /**
   * Writes both.
   *
   * @param metrics null while there are none
   */
  void write(RunFolder folder, RunMetrics metrics) {
    String title = description.set() + ": " + state.weights().spec();
    int kept = state.keptEpoch(description.recipe());
    TrainingChart chart = new TrainingChart(title, state.progress().history(), kept);
    String html;
    BufferedImage image;
    try {
      html = new TrainingPage(chart, notes, facts(kept, metrics)).html();
      image = chart.image();
    } catch (LinkageError | InternalError noFonts) {
      // A Java without fontconfig or freetype: no reason to lose a training.
      String reason = "This Java cannot draw text (" + noFonts + "); install fontconfig.\n";
      AtomicFile.write(folder.page(), file -> Files.writeString(file, reason));
      return;
    }
    AtomicFile.write(folder.page(), file -> Files.writeString(file, html));
    AtomicFile.write(folder.picture(), file -> ImageIO.write(image, "png", file.toFile()));
  }

  private Map<String, String> facts(int kept, RunMetrics metrics) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kept", "epoch " + kept + ", chosen on " + description.chosenOn());
    if (metrics != null) {
      metrics.parts().forEach((name, part) -> facts.put(name, part.toString()));
    }
    facts.putAll(description.facts());
    return facts;
  }
}
