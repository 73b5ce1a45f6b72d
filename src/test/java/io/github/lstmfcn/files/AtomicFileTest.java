package io.github.lstmfcn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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
    makePipe(pipe);
    CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> readAll(pipe));

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
  void aFileIsReplacedOnlyWhereThatIsAllowed() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "mine");

    assertThatThrownBy(() -> AtomicFile.write(file, false, AtomicFileTest::text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": expected a new file, found an existing one; use --force to replace it, or name"
                + " another");
    assertThat(file).hasContent("mine");

    AtomicFile.write(file, true, AtomicFileTest::text);
    assertThat(file).hasContent("text");
  }

  @Test
  void aFileThatAppearsWhileItIsWrittenIsKept() throws Exception {
    Path file = folder.resolve("a.txt");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    false,
                    temporary -> {
                      Files.writeString(file, "mine");
                      text(temporary);
                    }))
        .hasMessageContaining("an existing one; use --force");
    assertThat(file).hasContent("mine");
    assertThat(contents()).containsExactly(file);
  }

  @Test
  void aLinkToNothingMakesTheFileThatItLeadsTo() throws Exception {
    Path real = Files.createDirectory(folder.resolve("data")).resolve("real.txt");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("data/real.txt"));
    Path second = Files.createSymbolicLink(folder.resolve("second.txt"), Path.of("link.txt"));

    AtomicFile.write(second, false, AtomicFileTest::text);

    assertThat(real).hasContent("text");
    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();
  }

  @Test
  void linksThatLeadToEachOtherAreRefused() throws Exception {
    Path one = folder.resolve("one");
    Path other = Files.createSymbolicLink(folder.resolve("other"), one);
    Files.createSymbolicLink(one, other);

    assertThatThrownBy(() -> AtomicFile.write(one, AtomicFileTest::text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("symbolic links that lead to each other");
    assertThat(one).isSymbolicLink();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReplacedFileKeepsItsPermissionsAndANewOneHasTheUsual() throws Exception {
    Path usual = Files.writeString(folder.resolve("usual.txt"), "");
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    AtomicFile.write(file, AtomicFileTest::text);
    AtomicFile.write(folder.resolve("new.txt"), AtomicFileTest::text);
    AtomicFile.write(folder.resolve("created.txt"), false, AtomicFileTest::text);

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    for (String fresh : List.of("new.txt", "created.txt")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(fresh)))
          .isEqualTo(Files.getPosixFilePermissions(usual));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsWrittenToAndStaysOne() throws Exception {
    AtomicFile.write(Path.of("/dev/null"), false, AtomicFileTest::text);

    assertThat(Files.readAttributes(Path.of("/dev/null"), BasicFileAttributes.class).isOther())
        .isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSocketIsRefused() throws Exception {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> AtomicFile.write(socket, AtomicFileTest::text))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found a disk or a socket");
    }
    assertThat(Files.readAttributes(socket, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  @Timeout(30)
  @EnabledOnOs(OS.LINUX)
  void whatBecomesAPipeWhileTheContentIsWrittenIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("a.txt");
    CompletableFuture<String> read = new CompletableFuture<>();

    AtomicFile.write(
        pipe,
        true,
        temporary -> {
          text(temporary);
          makePipe(pipe);
          read.completeAsync(() -> readAll(pipe));
        });

    assertThat(read.get()).isEqualTo("text");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    assertThat(contents()).containsExactly(pipe);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatAKilledRunLeftIsSweptAndWhatARunningOneWritesIsNot() throws Exception {
    Path file = folder.resolve("a.txt");
    String name = WorkingName.beside(file).getFileName().toString();
    String own = "-" + ProcessHandle.current().pid() + "-";
    Files.writeString(folder.resolve(name.replace(own, "-4194305-")), "killed");
    Path running = Files.writeString(folder.resolve(name), "running");
    Path other = Files.writeString(folder.resolve(name.replace("a.txt", "b.txt")), "of another");
    Path users = Files.writeString(folder.resolve(".a.txt.swp"), "an editor's");

    AtomicFile.write(file, AtomicFileTest::text);

    assertThat(contents()).containsExactlyInAnyOrder(file, running, other, users);
  }

  @Test
  void aNameMayBeAsLongAsTheSystemAllows() throws Exception {
    Path file = folder.resolve("n".repeat(255));

    AtomicFile.write(file, AtomicFileTest::text);

    assertThat(contents()).containsExactly(file);
  }

  private static void text(Path file) throws IOException {
    Files.writeString(file, "text");
  }

  private static void makePipe(Path pipe) throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  private static String readAll(Path pipe) {
    try (InputStream in = Files.newInputStream(pipe)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
