package io.github.lstmfcn.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.ModelKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of small programs instead of trainings. */
@Timeout(60)
class TrainingProcessesTest {
  @TempDir Path folder;

  private final List<String> ended = new ArrayList<>();

  private void run(Class<?> program) {
    new TrainingProcesses(program, 1)
        .run(List.of(folder), () -> false, (path, seconds, reason) -> ended.add(reason));
  }

  /** Fails after more output than a pipe holds. */
  static final class Verbose {
    private Verbose() {}

    public static void main(String[] args) {
      for (int line = 0; line < 10_000; line++) {
        System.err.println("lstmfcn: a warning among many others");
      }
      System.err.println("lstmfcn: the reason");
      System.exit(1);
    }
  }

  @Test
  void aProcessMayPrintMoreThanAPipeHoldsAndItsLastLineIsTheReason() {
    run(Verbose.class);

    assertThat(ended).containsExactly("the reason");
  }

  /** Fails with the processors that it may use. */
  static final class Counting {
    private Counting() {}

    public static void main(String[] args) {
      System.err.printf(
          "%s, %s, %s%n",
          Runtime.getRuntime().availableProcessors(),
          System.getenv("TF_NUM_INTEROP_THREADS"),
          System.getenv("TF_OVERRIDE_GLOBAL_THREADPOOL"));
      System.exit(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void processesShareTheProcessors(int jobs) {
    TrainingProcesses processes = new TrainingProcesses(Counting.class, jobs);
    processes.run(List.of(folder), () -> false, (path, seconds, reason) -> ended.add(reason));

    int each = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
    assertThat(ended).containsExactly("%s, %s, 1".formatted(each, each));
    assertThat(processes.threads()).isBetween(1, each);
  }

  /** Locks a run until its standard input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      Path run = Path.of(args[args.length - 1]);
      try (FileChannel lock =
          FileChannel.open(
              run.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        Files.createFile(run.resolve("held"));
        System.in.readAllBytes();
        Files.createFile(run.resolve("released"));
      }
    }
  }

  /** Succeeds if the run's folder was released before. */
  static final class Successor {
    private Successor() {}

    public static void main(String[] args) {
      System.exit(Files.exists(Path.of(args[args.length - 1], "released")) ? 0 : 1);
    }
  }

  @Test
  void aRunOfAnotherProcessIsRunningAndWaitedFor() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    while (!Files.exists(folder.resolve("held"))) {
      Thread.sleep(10);
    }
    GridPoint point = new GridPoint("Set", ModelKind.LSTM_FCN, 8, 0, null);
    GridRun held = GridRun.in(folder, point, null, 0, "a reason of before");
    Thread release =
        new Thread(
            () -> {
              try {
                Thread.sleep(500);
                holder.getOutputStream().close();
              } catch (IOException | InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
    release.start();

    run(Successor.class);

    assertThat(held.status()).isEqualTo(GridRun.Status.RUNNING);
    assertThat(held.reason()).isEmpty();
    assertThat(held.isFinished()).isFalse();
    assertThat(ended).containsExactly("");
    assertThat(holder.waitFor()).isZero();
  }
}
