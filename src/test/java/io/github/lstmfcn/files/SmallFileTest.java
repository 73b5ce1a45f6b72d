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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  private static final int MOST = 1 << 20;

  @TempDir Path folder;

  @Test
  void aTextIsReadUpToItsLimit() throws IOException {
    Path file = folder.resolve("text");
    Files.writeString(file, "ü".repeat(MOST / 2));
    assertThat(SmallFile.text(file, MOST)).hasSize(MOST / 2);
  }

  @Test
  void aLargerFileIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> SmallFile.text(file, MOST))
        .isInstanceOf(IOException.class)
        .satisfies(failure -> assertThat(FailureReason.of(failure)).isEqualTo("more than 1 MiB"));
  }

  @Test
  void whatIsNoTextFileIsSaidSo() throws IOException {
    assertThatThrownBy(() -> SmallFile.text(folder, MOST))
        .satisfies(failure -> assertThat(FailureReason.of(failure)).isEqualTo("no regular file"));
    assertThatThrownBy(() -> SmallFile.text(folder.resolve("none"), MOST))
        .isInstanceOf(NoSuchFileException.class);
    Path file = folder.resolve("latin1");
    Files.write(file, new byte[] {'a', (byte) 0xE9});
    assertThatThrownBy(() -> SmallFile.text(file, MOST))
        .isInstanceOf(CharacterCodingException.class);
  }
}
