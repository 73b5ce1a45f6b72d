package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunObserver;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** Commands of another program, which gives them another place for their work. */
class CommandsElsewhereTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "other")
  private static final class Other extends RootCommand {
    Other() {
      super(false);
    }

    @Override
    protected Optional<String> foreseen(Throwable failure) {
      return super.foreseen(failure).or(() -> super.foreseen(failure.getCause()));
    }
  }

  /** Trains in this process, and fails where the folder's name says so. */
  private static final class Here implements TrainingPlace {
    @Override
    public int threads() {
      return 1;
    }

    @Override
    public void run(List<Path> folders, BooleanSupplier stop, Listener listener) {
      for (Path run : folders) {
        if (run.toString().contains("seed1")) {
          listener.ended(run, 2, "its machine was lost");
          continue;
        }
        try (TrainingRun training =
            TrainingRun.resume(run, Clock.systemUTC(), RunObserver.NONE, Threads.of(1))) {
          training.run(TrainingListener.NONE, stop);
        }
        listener.ended(run, 1, "");
      }
    }
  }

  private int run(Object command, String... arguments) {
    return RootCommand.line(new Other(), new PrintWriter(out), new PrintWriter(err), command)
        .execute(arguments);
  }

  @Test
  void trainingsElsewhereHaveTheSameTablesAndTheThreadsOfTheirPlace() throws Exception {
    int exitCode =
        run(
            new TrainAllCommand(options -> new Here()),
            ("train-all --quiet --data testdata --set CBF --epochs 2 --seeds 2 --out " + folder)
                .split(" ", -1));

    Path run = folder.resolve("CBF/lstm-fcn-8-seed0");
    assertThat(exitCode).isEqualTo(1);
    assertThat(TrainingRun.describe(run).orElseThrow().threads()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("runs.csv")))
        .contains("CBF,LSTM-FCN,8,0,,finished,2,", ",1.0,CBF/lstm-fcn-8-seed0,")
        .contains("CBF,LSTM-FCN,8,1,,failed,0,", ",2.0,CBF/lstm-fcn-8-seed1,its machine was lost");
    assertThat(out.toString()).contains("its machine was lost");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPlaceMayRefuseTheNumberOfJobs() {
    int exitCode =
        run(
            new TrainAllCommand(
                options -> {
                  options.expectNoJobs("the cluster decides");
                  return new Here();
                }),
            ("train-all --data testdata --jobs 3 --out " + folder).split(" ", -1));

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            """
            other: --jobs: expected none, found 3; the cluster decides
            See 'other train-all --help'.
            """);
  }

  @Test
  void theProgramMayTellTheCauseOfAFailure() {
    int exitCode =
        run(
            new VerifyCommand(
                data -> {
                  throw new IllegalStateException(
                      "frames", new InvalidInputException(data, "", "a", "b", ""));
                }),
            "verify --quiet --weights keras-weights --data testdata".split(" ", -1));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("other: testdata: expected a, found b\n");
  }

  @Test
  void theHelpNamesTheProgram() {
    run(new VerifyCommand(), "verify", "--help");

    assertThat(out.toString()).contains("  other verify --weights keras-weights --data testdata");
  }
}
