package io.github.lstmfcn.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFolderTest {
  @TempDir Path folder;

  private RemoteFolder remote(String scheme) {
    Configuration settings = new Configuration();
    settings.set("fs.shared.impl", SharedFiles.class.getName());
    return new RemoteFolder(scheme + ":" + folder.resolve("remote"), settings);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }

  /** The one replaces files by itself, the other does not. */
  @ParameterizedTest
  @ValueSource(strings = {"file", "shared"})
  void aFileIsReplacedAndComesBackWithItsTime(String scheme) throws IOException {
    RemoteFolder remote = remote(scheme);
    remote.store(file("first"), "run/history.csv");

    remote.store(file("second one"), "run/history.csv");

    assertThat(remote.files().keySet()).containsExactly("run/history.csv");
    FileState state = remote.files().get("run/history.csv");
    Path copy = folder.resolve("copies/history.csv");
    remote.fetch("run/history.csv", state, copy);
    assertThat(copy).hasContent("second one");
    assertThat(FileState.of(copy)).isEqualTo(state);
    assertThat(remote.resolve("run").files()).containsOnlyKeys("history.csv");
    assertThat(remote.entries()).containsEntry("run", FileState.NONE);
    assertThat(remote.kind()).isEqualTo(RemoteFolder.Kind.FOLDER);
  }

  @Test
  void whatIsBeingWrittenIsNoFileYet() throws IOException {
    Files.createDirectories(folder.resolve("remote"));
    Files.writeString(folder.resolve("remote/.half.1234"), "ha");

    assertThat(remote("shared").files()).isEmpty();
    assertThat(remote("shared").entries()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNoFiles() {
    assertThat(remote("shared").files()).isEmpty();
    assertThat(remote("shared").kind()).isEqualTo(RemoteFolder.Kind.NOTHING);
  }

  @Test
  void aFileThatCannotBeCopiedIsToldByItsUri() {
    assertThatThrownBy(
            () -> remote("shared").fetch("none", FileState.NONE, folder.resolve("copies/none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("shared:" + folder.resolve("remote/none"));
  }
}
