package io.github.lstmfcn.explain;

import io.github.lstmfcn.data.AtomicFile;
import io.github.lstmfcn.data.InvalidInputException;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;

/**
 * A chart of a size, as pixels and as vectors.
 *
 * @param chart what is drawn
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(JFreeChart chart, int width, int height) {

  /** As pixels. */
  public BufferedImage image() {
    return chart.createBufferedImage(width, height);
  }

  /** As an SVG element, the same text for the same chart. */
  public String svg() {
    SVGGraphics2D canvas = new SVGGraphics2D(width, height);
    canvas.setDefsKeyPrefix("d");
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height));
    return canvas.getSVGElement(null, true, null, null, null);
  }

  /**
   * Writes {@code <name>.png} and {@code <name>.svg}.
   *
   * @throws InvalidInputException if one cannot be written
   */
  public void write(Path folder, String name) {
    AtomicFile.write(
        folder.resolve(name + ".png"), file -> ImageIO.write(image(), "png", file.toFile()));
    AtomicFile.write(folder.resolve(name + ".svg"), file -> Files.writeString(file, svg()));
  }
}
