package io.github.lstmfcn.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir Path folder;

  private Page page() throws IOException {
    Map<String, Object> values =
        Map.of("title", "t", "formula", "f", "recurrent", true, "variables", 1);
    return Page.start(
        Files.newBufferedWriter(folder.resolve("cam.html")), CamFolder.class, "cam", values);
  }

  @Test
  void itemsThatWouldMakeThePageTooLargeLieBesideIt() throws IOException {
    String half = "x".repeat(Page.LARGEST / 2 - 100);
    int besideIt;
    try (Page page = page().overflowingTo(folder.resolve("cam-series"))) {
      for (int number = 0; number < 4; number++) {
        page.add("sample " + number, Map.of("number", number, "series", half));
      }
      besideIt = page.besideIt();
    }

    assertThat(besideIt).isEqualTo(2);
    assertThat(Files.size(folder.resolve("cam.html"))).isLessThan(Page.LARGEST + 100_000L);
    assertThat(Files.readString(folder.resolve("cam.html")))
        .contains("data-summary=\"sample 3\" data-file=\"cam-series/3.js\"></script>")
        .doesNotContain("cam-series/1.js");
    try (Stream<Path> files = Files.list(folder.resolve("cam-series"))) {
      assertThat(files.map(file -> "" + file.getFileName())).containsOnly("2.js", "3.js");
    }
    assertThat(Files.readString(folder.resolve("cam-series/3.js")))
        .startsWith("items.loaded = {")
        .contains("\"number\":3")
        .endsWith("};\n");
  }

  @Test
  void aPageOfFewIsOneFile() throws IOException {
    try (Page page = page().overflowingTo(folder.resolve("cam-series"))) {
      page.add("sample 0", Map.of("number", 0));
    }

    assertThat(folder.resolve("cam-series")).doesNotExist();
    assertThat(Files.readString(folder.resolve("cam.html"))).doesNotContain("data-file=");
  }
}
