package io.github.lstmfcn.chart;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.github.lstmfcn.files.NewFile;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.text.MarkupText;
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
import java.util.Locale;
import java.util.Map;

/**
 * A page for a browser that needs no network: a frame with the common scripts and styles, the body
 * and script of the page, and items of data that are written one after the other, so that large
 * pages are not held in memory. A page is one file, unless {@link #overflowingTo} names a folder
 * for the items beyond {@link #LARGEST}, since browsers open larger pages slowly.
 */
public final class Page implements AutoCloseable {
  /** Marks the place of the items; no template contains this character. */
  private static final String PLACE_OF_ITEMS = "\u0000";

  /**
   * The number of characters of items that a page contains if further items may be in files beside
   * it.
   */
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
   * Writes the items that would make the page too large into files of their own, which the page
   * loads when they are selected.
   *
   * @param folder the folder of the files, within the folder of the page; created if needed
   */
  Page overflowingTo(Path folder) {
    beside = folder;
    return this;
  }

  /**
   * Starts a page.
   *
   * @param out the output, closed with the page
   * @param owner the class whose package has the body and the script of the page as resources
   * @param name the name of these resources, as {@code cam} for {@code cam.html} and {@code cam.js}
   * @param values the values of the template's variables; {@code title} is the title of the page,
   *     {@code moreStyle} and {@code library} are inserted before its script
   */
  public static Page start(Writer out, Class<?> owner, String name, Map<String, Object> values)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("moreStyle", "", "library", ""));
    all.putAll(values);
    all.put("style", style());
    all.put("plot", resource(Page.class, "plot.js"));
    all.put("script", resource(owner, name + ".js"));
    all.put("positive", hex(Palette.POSITIVE));
    all.put("negative", hex(Palette.NEGATIVE));
    all.put("palette", json(Palette.COLOURS.stream().map(Page::hex).toList()));
    all.put("items", PLACE_OF_ITEMS);
    String whole =
        mustache()
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

  /** Templates that escape values, and replace what no page may contain. */
  static Mustache.Compiler mustache() {
    return Mustache.compiler().withEscaper(value -> Escapers.HTML.escape(MarkupText.of(value)));
  }

  /** The common style sheet of all pages. */
  static String style() {
    return resource(Page.class, "page.css");
  }

  private static String hex(java.awt.Color colour) {
    return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);
  }

  private static String resource(Class<?> owner, String name) {
    try (InputStream text = owner.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds an item, which the script of the page reads as JSON.
   *
   * @param summary a short description for lists, which is read without parsing the item
   * @param item the data
   */
  public void add(String summary, Map<String, Object> item) throws IOException {
    String json = json(item);
    boolean inside = beside == null || held + json.length() <= LARGEST;
    out.write("<script type=\"application/json\" class=\"item\" data-summary=\"");
    out.write(mustache().compile("{{.}}").execute(summary));
    if (inside) {
      held += json.length();
      out.write("\">" + json);
    } else {
      String name = count + ".js";
      Files.createDirectories(beside);
      // A script rather than JSON: a page opened from a file may load nothing else.
      NewFile.write(
          beside.resolve(name), file -> Files.writeString(file, "items.loaded = " + json + ";\n"));
      besideIt++;
      out.write("\" data-file=\"" + beside.getFileName() + "/" + name + "\">");
    }
    out.write("</script>\n");
    count++;
  }

  /** The number of items in files beside the page. */
  int besideIt() {
    return besideIt;
  }

  /** JSON that can be embedded in a page: no text in it ends the element. */
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
