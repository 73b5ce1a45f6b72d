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

/** Writes the page and the picture of a run: {@code training.html} and {@code training.png}. */
public final class RunPictures implements RunObserver {

  @Override
  public void saved(
      RunFolder folder,
      RunDescription description,
      TrainingState state,
      List<String> notes,
      RunMetrics metrics) {
    String title = description.set() + ": " + state.weights().spec();
    int selected = state.selectedEpoch(description.recipe());
    TrainingChart chart = new TrainingChart(title, state.progress().history(), selected);
    String html;
    BufferedImage image;
    try {
      List<String> recipe = new RecipeWords(description).sentences();
      html = new TrainingPage(chart, notes, recipe, facts(description, selected, metrics)).html();
      image = chart.image();
    } catch (LinkageError | InternalError noFonts) {
      // Java without fontconfig or freetype: continue the training without the picture.
      String reason = "This Java cannot draw text (" + noFonts + "); install fontconfig.\n";
      AtomicFile.write(folder.page(), file -> Files.writeString(file, reason));
      return;
    }
    AtomicFile.write(folder.page(), file -> Files.writeString(file, html));
    AtomicFile.write(folder.picture(), file -> ImageIO.write(image, "png", file.toFile()));
  }

  private static Map<String, String> facts(
      RunDescription description, int selected, RunMetrics metrics) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("weights", "epoch " + selected + ", selected on " + description.chosenOn());
    if (metrics != null) {
      metrics.parts().forEach((name, part) -> facts.put(name, part.toString()));
    }
    facts.putAll(description.facts());
    return facts;
  }
}
