package io.github.lstmfcn.chart;

import io.github.lstmfcn.text.MarkupText;
import java.awt.Dimension;
import java.awt.Image;
import java.awt.geom.Rectangle2D;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.ui.Drawable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Draws SVG. Colours are attributes rather than styles, so that the style sheet of a page can
 * change them.
 */
final class SvgCanvas {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";

  private SvgCanvas() {}

  /**
   * An {@code svg} element that scales to the space available.
   *
   * @param drawing the drawing
   * @param width the default width in pixels
   * @param height the default height in pixels
   * @param name a prefix of every id in the element, unique on the page
   */
  static String draw(Drawable drawing, int width, int height, String name) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setImageHandler(new EmbeddedImages());
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String kind) {
            return name + super.generateID(kind);
          }
        });
    SVGGraphics2D canvas = new SVGGraphics2D(context, /* textAsShapes= */ false);
    canvas.setSVGCanvasSize(new Dimension(width, height));
    drawing.draw(canvas, new Rectangle2D.Double(0, 0, width, height));
    Element root = canvas.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
    StringWriter text = new StringWriter();
    try {
      canvas.stream(root, text, /* useCss= */ false, /* escaped= */ false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    // Without XML declaration and document type, so that it can be embedded in a page.
    return MarkupText.of(text.toString().substring(text.toString().indexOf("<svg ")));
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Embeds images as PNG. */
  private static final class EmbeddedImages extends DefaultImageHandler {
    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
      handleHREF((RenderedImage) image, element, context);
    }

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", png);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      String data = Base64.getEncoder().encodeToString(png.toByteArray());
      element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + data);
    }
  }
}
