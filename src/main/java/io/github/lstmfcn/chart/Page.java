package io.github.lstmfcn.chart;

import com.samskivert.mustache.Mustache;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A page for a browser that needs no network: a frame with the scripts and styles that all pages
 * share, a body and a script of its own, and items of data that are written one after the other, so
 * that a page of many is not held in memory. It is one file, unless it is told where items beyond
 * {@link #LARGEST} may lie: a browser takes long to open a larger one.
 */
public final class Page implements AutoCloseable {
  /** Where the items go; no template has it in its text. */
  private static final String PLACE_OF_ITEMS = "\u0000";

  /** Characters of items that a page holds itself, if further ones may lie beside it. */
  static final int LARGEST = 6_000_000;

  private final Writer out;
  private final String end;
  private Path beside;
  private int count;
  private int besideIt;
  private long held;

  private Page(Writer out, String end) {
    this.out = out;
    this.end = end;
  }

  /**
   * Puts the items that would make the page too large into files of their own, one each, which the
   * page loads when they are asked for.
   *
   * @param folder that they lie in, in the page's own folder; made when it is needed
   */
  Page overflowingTo(Path folder) {
    beside = folder;
    return this;
  }

  /**
   * Starts a page.
   *
   * @param out is closed with the page
   * @param owner beside whom the page's body and script lie
   * @param name of the two, as {@code cam} for {@code cam.html} and {@code cam.js}
   * @param values that the body names; {@code title} is the page's, {@code moreStyle} and {@code
   *     library} are put before its script
   */
  public static Page start(Writer out, Class<?> owner, String name, Map<String, Object> values)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("moreStyle", "", "library", ""));
    all.putAll(values);
    all.put("style", style());
    all.put("plot", resource(Page.class, "plot.js"));
    all.put("script", resource(owner, name + ".js"));
    all.put("positive", hex(SignedColours.POSITIVE));
    all.put("negative", hex(SignedColours.NEGATIVE));
    all.put("palette", json(ChartStyle.COLOURS.stream().map(Page::hex).toList()));
    all.put("items", PLACE_OF_ITEMS);
    String whole =
        Mustache.compiler()
            .withLoader(
                part ->
                    new StringReader(
                        resource(owner, (part.equals("body") ? name : part) + ".html")))
            .compile(resource(Page.class, "page.html"))
            .execute(all);
    int place = whole.indexOf(PLACE_OF_ITEMS);
    out.write(whole, 0, place);
    return new Page(out, whole.substring(place + PLACE_OF_ITEMS.length()));
  }

  /** The style sheet that all pages share. */
  static String style() {
    return resource(Page.class, "page.css");
  }

  private static String hex(java.awt.Color colour) {
    return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
  }

  private static String resource(Class<?> owner, String name) {
    try (InputStream text = owner.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds an item, which the page's script finds as JSON.
   *
   * @param summary of it, in a few words, for lists; read without parsing the item
   */
  public void add(String summary, Map<String, Object> item) throws IOException {
    String json = json(item);
    boolean inside = beside == null || held + json.length() <= LARGEST;
    out.write("<script type=\"application/json\" class=\"item\" data-summary=\"");
    out.write(Mustache.compiler().compile("{{.}}").execute(summary));
    if (inside) {
      held += json.length();
      out.write("\">" + json);
    } else {
      String name = count + ".js";
      Files.createDirectories(beside);
      // A script, not JSON: a page that was opened from a disk may load nothing else.
      AtomicFile.write(
          beside.resolve(name), file -> Files.writeString(file, "items.loaded = " + json + ";\n"));
      besideIt++;
      out.write("\" data-file=\"" + beside.getFileName() + "/" + name + "\">");
    }
    out.write("</script>\n");
    count++;
  }

  /** How many items lie beside the page. */
  int besideIt() {
    return besideIt;
  }

  /** JSON that may stand in a page: no text in it ends the element. */
  private static String json(Object value) {
    return Json.line(value).replace("<", "\\u003c");
  }

  /** The rows one after the other as Base64 of float32, little-endian. */
  static String numbers(float[]... rows) {
    int count = 0;
    for (float[] row : rows) {
      count += row.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  @Override
  public void close() throws IOException {
    try (Writer closed = out) {
      closed.write(end);
    }
  }
}
