package io.github.lstmfcn.chart;

import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.training.loop.TrainingState;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunFolder;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.RunObserver;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** What people look at of a run: {@code training.html} and {@code training.png}. */
public final class RunPictures implements RunObserver {

  @Override
  public void saved(
      RunFolder folder,
      RunDescription description,
      TrainingState state,
      List<String> notes,
      RunMetrics metrics) {
    String title = description.set() + ": " + state.weights().spec();
    int kept = state.keptEpoch(description.recipe());
    TrainingChart chart = new TrainingChart(title, state.progress().history(), kept);
    String html;
    BufferedImage image;
    try {
      List<String> recipe = new RecipeWords(description).sentences();
      html = new TrainingPage(chart, notes, recipe, facts(description, kept, metrics)).html();
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

  private static Map<String, String> facts(
      RunDescription description, int kept, RunMetrics metrics) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kept", "epoch " + kept + ", chosen on " + description.chosenOn());
    if (metrics != null) {
      metrics.parts().forEach((name, part) -> facts.put(name, part.toString()));
    }
    facts.putAll(description.facts());
    return facts;
  }
}
