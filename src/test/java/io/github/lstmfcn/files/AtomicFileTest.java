package io.github.lstmfcn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesAndReplaces() throws Exception {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, temporary -> Files.writeString(temporary, "first"));
    AtomicFile.write(
        file,
        temporary -> {
          assertThat(file).hasContent("first");
          Files.writeString(temporary, "second");
          assertThat(file).as("until the last moment").hasContent("first");
        });

    assertThat(file).hasContent("second");
    assertThat(contents()).containsExactly(file);
  }

  @Test
  void keepsTheOldFileAndLeavesNothingWhereWritingFails() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFile.Content halfWay =
        temporary -> {
          Files.writeString(temporary, "half");
          throw new IOException("disk full");
        };

    assertThatThrownBy(() -> AtomicFile.write(file, halfWay))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.txt: expected a file that can be written")
        .hasMessageContaining("disk full; nothing was changed");
    assertThat(file).hasContent("old");
    assertThat(contents()).containsExactly(file);
  }

  @Test
  void whatALinkLeadsToIsReplacedAndTheLinkStays() throws Exception {
    Path file = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);

    AtomicFile.write(link, temporary -> Files.writeString(temporary, "new"));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    assertThat(contents()).containsExactlyInAnyOrder(file, link);
  }

  @Test
  @Timeout(30)
  @EnabledOnOs(OS.LINUX)
  void aPipeIsWrittenToAndStaysOne() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    AtomicFile.write(pipe, temporary -> Files.writeString(temporary, "through"));

    assertThat(read.get()).isEqualTo("through");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  void namesTheSystemsReasonThoughALibraryWrapsIt() {
    Path file = folder.resolve("a.txt");
    AtomicFile.Content wrapped =
        temporary -> {
          throw new IllegalStateException("cannot write", new IOException("disk full"));
        };

    assertThatThrownBy(() -> AtomicFile.write(file, wrapped))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found disk full; nothing was changed");
  }

  @Test
  void leavesNothingWhereTheContentWritesNothingOrIsRefused() throws Exception {
    Path file = folder.resolve("a.txt");
    InvalidInputException refusal = new InvalidInputException(null, "here", "a", "b", "");

    assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {}))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    temporary -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(contents()).isEmpty();
  }

  @Test
  void namesTheFolderThatIsMissing() {
    Path file = folder.resolve("no/a.txt");

    assertThatThrownBy(() -> AtomicFile.write(file, temporary -> Files.writeString(temporary, "a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no folder " + folder.resolve("no"));
  }

  private List<Path> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
