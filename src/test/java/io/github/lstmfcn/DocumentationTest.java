package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of documentation say of files and packages. */
class DocumentationTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /** A row of the table of packages; the first cell names a group or is empty. */
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| [a-z A-Z]*\\| `([a-z.]+)` \\|");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      List<Path> found = docs.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(
          Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of), found.stream());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    for (String link : LINK.matcher(text).results().map(one -> one.group(1)).toList()) {
      if (link.startsWith("https://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
      assertThat(target).describedAs("%s links to %s", page, link).exists();
      if (parts.length == 2) {
        assertThat(anchors(target)).describedAs("%s links to %s", page, link).contains(parts[1]);
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void thePageOfTheArchitectureHasEveryPackageInItsPlace() throws IOException {
    String page = Files.readString(Path.of("docs/architecture.md"));

    assertThat(PACKAGE.matcher(page).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(ArchitectureTest.PACKAGES);
  }
}
