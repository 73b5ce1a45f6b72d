package io.github.lstmfcn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final int MOST = 1 << 20;

  @TempDir Path folder;

  @Test
  void aTextIsReadUpToItsLimit() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "ü".repeat(MOST / 2));

    assertThat(WholeFile.text(file, MOST)).hasSize(MOST / 2);
  }

  @Test
  void gigabytesAreRefusedBeforeTheyAreRead() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    assertThatReasonOf(file).isEqualTo("more than 1 MiB");
  }

  @Test
  void aFolderIsRefused() {
    assertThatReasonOf(folder).isEqualTo("a folder");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDeviceWithoutAnEndIsRefused() {
    assertThatReasonOf(Path.of("/dev/zero")).isEqualTo("a pipe or device");
  }

  @Test
  void whatIsMissingOrNoTextFailsAsInJava() throws IOException {
    assertThatThrownBy(() -> WholeFile.text(folder.resolve("none"), MOST))
        .isInstanceOf(NoSuchFileException.class);
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'a', (byte) 0xE9});
    assertThatThrownBy(() -> WholeFile.text(file, MOST))
        .isInstanceOf(CharacterCodingException.class);
  }

  private static AbstractStringAssert<?> assertThatReasonOf(Path file) {
    try {
      return assertThat(WholeFile.text(file, MOST));
    } catch (IOException refused) {
      return assertThat(FailureReason.of(refused));
    }
  }
}
