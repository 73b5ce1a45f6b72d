package io.github.lstmfcn.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.engine.TrainingSession;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir Path folder;
  private final Recipe recipe = Toy.recipe().build();

  /** Sees what was kept after an epoch. */
  private interface Look {
    void at(int epochs, List<ModelWeights> weights) throws IOException;
  }

  /** Keeps an epoch after another, of these losses. */
  private void keep(Checkpoints checkpoints, double[] losses, Look look) throws IOException {
    List<ModelWeights> weights = new ArrayList<>();
    Progress progress = Progress.start(recipe);
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    try (TrainingSession session = new TrainingSession(initial, recipe, new float[] {1, 1, 1})) {
      for (int number = 1; number <= losses.length; number++) {
        session.step(Toy.examples(8, 3, number), 1e-2f);
        Score score = new Score(losses[number - 1], 0);
        progress = progress.after(new Epoch(number, score, Optional.empty(), 1), recipe);
        Snapshot now = session.snapshot();
        weights.add(Toy.weights(now));
        try (now) {
          checkpoints.save(now, progress);
        }
        look.at(number, weights);
      }
    }
  }

  private static int best(double[] losses, int epochs) {
    return IntStream.range(0, epochs)
        .boxed()
        .min(Comparator.comparingDouble(epoch -> losses[epoch]))
        .orElseThrow();
  }

  private static List<Path> slots(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*[.][0-9]")).toList();
    }
  }

  /** As {@code SIGKILL} may leave it: the file that is written at that moment is cut. */
  @ParameterizedTest
  @ValueSource(strings = {"54321", "12345", "54333", "3451", "34521", "53451"})
  void whateverIsCutTheEpochBeforeAndTheBestAreWhole(String order) throws IOException {
    double[] losses = order.chars().mapToDouble(digit -> digit - '0').toArray();
    Path copy = Files.createDirectory(folder.resolve("copy"));
    keep(
        new Checkpoints(folder),
        losses,
        (epochs, weights) -> {
          for (Path slot : slots(folder)) {
            boolean isCut = Checkpoint.read(slot).progress().epoch() == epochs;
            byte[] bytes = Files.readAllBytes(slot);
            Files.write(
                copy.resolve(slot.getFileName()), isCut ? Arrays.copyOf(bytes, 9999) : bytes);
          }

          TrainingState newest = new Checkpoints(folder).newest().orElseThrow();
          assertIsAfter(newest, epochs, losses, weights);
          Optional<TrainingState> before = new Checkpoints(copy).newest();
          assertThat(before.isPresent()).isEqualTo(epochs > 1);
          before.ifPresent(state -> assertIsAfter(state, epochs - 1, losses, weights));
        });
  }

  private static void assertIsAfter(
      TrainingState state, int epochs, double[] losses, List<ModelWeights> weights) {
    int best = best(losses, epochs);
    assertThat(state.progress().epoch()).isEqualTo(epochs);
    assertThat(Toy.same(state.weights(), weights.get(epochs - 1))).isTrue();
    assertThat(state.progress().bestEpoch()).isEqualTo(best + 1);
    assertThat(Toy.same(state.best().orElseThrow(), weights.get(best))).isTrue();
  }

  @Test
  void whatIsSecuredHasTheBestEpochToo() throws IOException {
    double[] losses = {3, 1, 2, 2.5, 2.2};
    Checkpoints checkpoints = new Checkpoints(folder);
    keep(
        checkpoints,
        losses,
        (epochs, weights) -> {
          if (epochs == 3) {
            assertThat(checkpoints.secure()).isPresent();
            assertThat(slots(folder)).isEmpty();
          }
          assertIsAfter(new Checkpoints(folder).newest().orElseThrow(), epochs, losses, weights);
          if (epochs == losses.length) {
            for (Path slot : slots(folder)) {
              Files.delete(slot);
            }
            assertIsAfter(new Checkpoints(folder).newest().orElseThrow(), 3, losses, weights);
          }
        });
  }

  @Test
  void whatCannotBeReadOrIsLostStopsTheSecuringAndStays() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder);
    keep(checkpoints, new double[] {2, 1}, (epochs, weights) -> {});
    Files.delete(folder.resolve("checkpoint.2"));
    assertThatThrownBy(checkpoints::secure)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one of epoch 2, which was saved, found one of epoch 1");

    Files.createDirectory(folder.resolve("checkpoint.2"));
    assertThatThrownBy(new Checkpoints(folder)::secure)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("checkpoint.2")
        .hasMessageContaining("a file that can be read");
    assertThat(slots(folder)).hasSize(2);
  }

  @Test
  void anEmptyFolderHasNone() {
    assertThat(new Checkpoints(folder).newest()).isEmpty();
    assertThat(new Checkpoints(folder).secure()).isEmpty();
    assertThat(new Checkpoints(folder).exist()).isFalse();
    assertThat(folder).isEmptyDirectory();
  }
}
