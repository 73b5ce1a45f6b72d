package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java of the README and of the page on multivariate networks compiles with nothing but the
 * exported packages imported, and prints what stands below it.
 */
class ReadmeTest {
  private static final List<String> PAGES = List.of("README.md", "docs/family.md");
  private static final Path MODULE = Path.of("src/main/java/module-info.java");

  /** A block of Java, and the block of output that may follow. */
  private static final Pattern SNIPPET =
      Pattern.compile("```java\n(.*?)```\n(?:\n```\n(.*?)```\n)?", Pattern.DOTALL);

  private static final Pattern EXPORTED = Pattern.compile("exports ([\\w.]+);");

  @TempDir private Path folder;

  /**
   * A block of Java.
   *
   * @param statements as they stand on the page
   * @param output that follows; null if none does
   */
  private record Snippet(String statements, String output) {
    String source() throws IOException {
      String imports =
          Stream.concat(
                  EXPORTED.matcher(Files.readString(MODULE)).results().map(one -> one.group(1)),
                  Stream.of("java.nio.file", "java.util"))
              .map("import %s.*;\n"::formatted)
              .collect(Collectors.joining());
      return """
          %spublic class Snippet {
            public static void main(String[] arguments) throws Exception {
          %s  }
          }
          """
          .formatted(imports, statements);
    }
  }

  static Stream<Named<Snippet>> snippets() throws IOException {
    List<Named<Snippet>> snippets = new ArrayList<>();
    for (String page : PAGES) {
      String text = Files.readString(Path.of(page));
      for (MatchResult found : SNIPPET.matcher(text).results().toList()) {
        long line = text.substring(0, found.start()).lines().count() + 1;
        snippets.add(
            Named.of(page + ", line " + line, new Snippet(found.group(1), found.group(2))));
      }
    }
    return snippets.stream();
  }

  @Test
  void everyPageHasSnippets() throws IOException {
    for (String page : PAGES) {
      assertThat(snippets().filter(snippet -> snippet.getName().startsWith(page)))
          .describedAs(page)
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void compilesAndPrintsWhatFollows(Snippet snippet) throws Exception {
    compile(snippet);
    if (snippet.output() != null) {
      assertThat(run()).isEqualTo(snippet.output());
    }
  }

  private void compile(Snippet snippet) throws IOException {
    Path source = folder.resolve("Snippet.java");
    Files.writeString(source, snippet.source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder + "");
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
          .call();
    }
    assertThat(messages.toString()).isEmpty();
  }

  /** In a process of its own: what it prints is all that is on its standard output. */
  private String run() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=en",
                "-cp",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                "Snippet")
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(Files.readString(folder.resolve("errors"))).isZero();
    return output;
  }
}
