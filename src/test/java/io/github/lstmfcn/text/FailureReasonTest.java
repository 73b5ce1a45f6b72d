package io.github.lstmfcn.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {
  @TempDir Path folder;

  /** An attempt at something that fails. */
  private interface Attempt {
    Object run() throws IOException;
  }

  private static String reason(Attempt attempt) {
    try {
      throw new AssertionError("expected a failure, found " + attempt.run());
    } catch (IOException failure) {
      return FailureReason.of(new RuntimeException("wrapped", new UncheckedIOException(failure)));
    }
  }

  @Test
  void whatTheSystemSaysIsSaidWithoutClassesAndNames() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(reason(() -> Files.readString(folder.resolve("none"))))
        .isEqualTo("nothing of that name");
    assertThat(reason(() -> Files.createDirectory(file))).isEqualTo("a file of that name");
    assertThat(
            reason(
                () -> {
                  try (DirectoryStream<Path> children = Files.newDirectoryStream(file)) {
                    return children;
                  }
                }))
        .isEqualTo("a file in place of a folder");
    assertThat(reason(() -> Files.readString(file.resolve("below")))).isEqualTo("Not a directory");
    assertThat(reason(() -> new java.io.FileInputStream(folder.toFile())))
        .isEqualTo("Is a directory");
    assertThat(reason(() -> Files.readString(Files.write(file, new byte[] {(byte) 0xff}))))
        .isEqualTo("bytes that are not UTF-8 text");
    assertThat(FailureReason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FailureReason.of(new NullPointerException()))
        .isEqualTo("a failure without a reason");
  }
}
