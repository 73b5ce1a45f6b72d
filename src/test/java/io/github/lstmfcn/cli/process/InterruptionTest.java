package io.github.lstmfcn.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class InterruptionTest {

  /** Does not end its work when it is asked to. */
  static final class Stubborn {
    private Stubborn() {}

    public static void main(String[] args) throws InterruptedException {
      try (Interruption interruption = new Interruption()) {
        System.out.println("at work");
        while (!interruption.isRequested()) {
          Thread.sleep(10);
        }
        Thread.sleep(1000); // longer than the hook takes for its second half
        System.out.println("asked");
        Thread.sleep(50_000);
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theFirstSignalIsHeldBackAndTheSecondEndsTheProcessAtOnce() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Stubborn.class.getName())
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("at work");
      signal("TERM", process); // SIGINT is ignored where the tests run in the background of a shell
      assertThat(output.readLine()).isEqualTo("asked");
      signal("INT", process);

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  @Test
  void theEndOfInputIsARequest() throws InterruptedException {
    try (Interruption interruption = new Interruption()) {
      assertThat(interruption.isRequested()).isFalse();
      interruption.requestAtEndOf(new ByteArrayInputStream(new byte[3]));
      while (!interruption.isRequested()) {
        Thread.sleep(5);
      }
    }
  }
}
