package io.github.lstmfcn.chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SvgCanvasTest {
  private static final String HOSTILE = "<a & b\u0000\u001b]\ud800\ufffe>\"";

  @Test
  void anyTextLeavesSvgWellFormed() throws Exception {
    String svg =
        SvgCanvas.draw((graphics, area) -> graphics.drawString(HOSTILE, 5, 5), 100, 50, "x");
    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));

    assertThat(parsed.getElementsByTagName("text").item(0).getTextContent())
        .contains("<a & b\ufffd\ufffd]\ufffd\ufffd>\"");
  }

  @Test
  void aPageKeepsItsPlaceOfItemsWhateverItsTitleIs() throws Exception {
    StringWriter text = new StringWriter();
    Map<String, Object> values = Map.of("title", HOSTILE, "formula", HOSTILE);
    try (Page page = Page.start(text, Page.class, "context", values)) {
      page.add(HOSTILE, Map.of("name", HOSTILE));
    }

    assertThat(text.toString()).doesNotContain("\u0000", "\u001b").contains("&lt;a &amp; b\ufffd");
  }
}
