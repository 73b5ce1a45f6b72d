package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose process ends. */
class TrainingProcessTest {
  /** More in the larger checks: {@code -Dlstmfcn.kills=20}. */
  private static final int KILLS = Integer.getInteger("lstmfcn.kills", 2);

  @TempDir Path folder;

  private Process lstmfcn(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private Process begin(String run, int epochs) throws IOException {
    return lstmfcn(
        "train",
        "--data",
        "testdata",
        "--set",
        "SyntheticControl",
        "--epochs",
        "" + epochs,
        "--batch-size",
        "16",
        "--quiet",
        "--out",
        folder.resolve(run).toString());
  }

  private Process resume(String run) throws IOException {
    return lstmfcn("train", "--quiet", "--resume", folder.resolve(run).toString());
  }

  private void awaitSuccess(Process process) throws Exception {
    assertThat(process.waitFor(60 + 10 * KILLS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output.txt"))).isZero();
  }

  @Test
  @Tag("long")
  @Timeout(400)
  void aRunThatIsKilledAgainAndAgainEndsAsOneThatIsNot() throws Exception {
    int epochs = 20 + 20 * KILLS;
    awaitSuccess(begin("whole", epochs));
    Random random = new Random(KILLS);
    Process process = begin("killed", epochs);
    for (int kill = 0; kill < KILLS; kill++) {
      Path description = folder.resolve("killed/run.json");
      while (!Files.exists(description) && process.isAlive()) {
        Thread.sleep(10);
      }
      Thread.sleep(200 + random.nextInt(1000));
      process.destroyForcibly().waitFor();
      process = resume("killed");
    }
    awaitSuccess(process);

    for (String file : List.of("checkpoint", "history.csv", "weights-best.h5", "metrics.json")) {
      assertThat(Files.readAllBytes(folder.resolve("killed").resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(file)));
    }
  }

  @Test
  @Tag("long")
  void aPoliteSignalEndsTheEpochAndSaysHowToGoOn() throws Exception {
    Process process = begin("run", 100_000);
    Path history = folder.resolve("run/history.csv");
    while (process.isAlive()
        && (!Files.exists(history) || Files.readAllLines(history).size() < 3)) {
      Thread.sleep(20);
    }

    process.destroy(); // SIGTERM, as Ctrl-C
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(Files.readString(folder.resolve("output.txt")))
        .contains("interrupted after epoch", "lstmfcn train --resume");
    assertThat(folder.resolve("run/weights-best.h5")).exists();
    assertThat(Files.readString(folder.resolve("run/metrics.json")))
        .contains("\"finished\" : false", "\"test\" : null");
  }
}
