package io.github.lstmfcn.chart;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.NewFile;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jfree.chart.ui.Drawable;

/**
 * A drawing of a given size, as pixels and as vectors.
 *
 * @param drawing a chart, or another drawable object
 * @param width the width in pixels
 * @param height the height in pixels
 */
public record Picture(Drawable drawing, int width, int height) {

  /** The picture as pixels. */
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = image.createGraphics();
    drawing.draw(canvas, area());
    canvas.dispose();
    return image;
  }

  /** The picture as a scalable SVG element; equal charts give equal text. */
  public String svg() {
    return svg("");
  }

  /**
   * The picture as an SVG element for a page with several pictures.
   *
   * @param name a name that is unique on the page
   */
  public String svg(String name) {
    return SvgCanvas.draw(drawing, width, height, name);
  }

  private Rectangle2D area() {
    return new Rectangle2D.Double(0, 0, width, height);
  }

  /**
   * Writes {@code <name>.png} and {@code <name>.svg}.
   *
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(Path folder, String name) {
    NewFile.write(
        folder.resolve(name + ".png"), file -> ImageIO.write(image(), "png", file.toFile()));
    NewFile.write(folder.resolve(name + ".svg"), file -> Files.writeString(file, svg()));
  }
}
