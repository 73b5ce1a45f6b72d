package io.github.lstmfcn.training.run;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: a secured one that survives a crash of the machine, written from time
 * to time, and those of the epochs since then. The latter overwrite each other in slots, except for
 * the newest and the best of them, so that both are complete whenever the process ends.
 */
final class Checkpoints {
  private static final int SLOTS = 3;
  private static final int FREE = Integer.MIN_VALUE;

  private final Path folder;
  private final ByteBuffer memory = CheckedChannel.memory();

  /** The epoch in each slot. */
  private final int[] epochs = new int[SLOTS];

  /** The progress of the newest saved epoch. */
  private Optional<Progress> last = Optional.empty();

  /** The checkpoints of the run in a folder. */
  Checkpoints(Path folder) {
    this.folder = folder;
    Arrays.fill(epochs, FREE);
  }

  /**
   * Saves the state after an epoch. Checkpoints of an earlier process must be {@link #secure
   * secured} before.
   */
  void save(Snapshot arrays, Progress progress) {
    int slot =
        IntStream.range(0, SLOTS)
            .filter(other -> !isSpared(epochs[other]))
            .findFirst()
            .orElseThrow();
    epochs[slot] = FREE;
    Checkpoint.overwrite(slot(slot), arrays, progress, memory);
    epochs[slot] = progress.epoch();
    last = Optional.of(progress);
  }

  /**
   * Whether an epoch is needed to resume the run now: the newest epoch, or the best one up to it.
   */
  private boolean isSpared(int epoch) {
    return last.filter(now -> epoch == now.epoch() || epoch == now.bestEpoch()).isPresent();
  }

  /**
   * Secures the newest state against a crash of the machine.
   *
   * @return the newest state; empty if there is none
   * @throws InvalidInputException if {@link #newest} fails, the state cannot be written, or the
   *     epoch saved last is not the newest; nothing is changed then
   */
  Optional<TrainingState> secure() {
    Optional<TrainingState> newest = newest();
    Optional<Integer> found = newest.map(state -> state.progress().epoch());
    Optional<Integer> saved = last.map(Progress::epoch);
    if (saved.isPresent() && !found.equals(saved)) {
      throw new InvalidInputException(
          folder,
          "checkpoints",
          "one of epoch " + saved.get() + ", which was saved",
          found.map(epoch -> "one of epoch " + epoch).orElse("no complete one"),
          "use --resume to continue from the checkpoint found");
    }
    newest.ifPresent(state -> Checkpoint.write(secured(), state));
    for (int slot = 0; slot < SLOTS; slot++) {
      try {
        Files.deleteIfExists(slot(slot));
      } catch (IOException e) {
        throw new InvalidInputException(
            slot(slot), "", "a file that can be deleted", FailureReason.of(e), "", e);
      }
      epochs[slot] = FREE;
    }
    return newest;
  }

  /**
   * The state after the last saved epoch; empty if there is none.
   *
   * @throws InvalidInputException if a checkpoint cannot be read, or there is a secured one and
   *     none is complete
   */
  Optional<TrainingState> newest() {
    List<TrainingState> whole =
        files().flatMap(file -> Checkpoint.readIfWhole(file).stream()).toList();
    Optional<TrainingState> newest =
        whole.stream()
            .flatMap(state -> withBest(state, whole).stream())
            .max(Comparator.comparingInt(state -> state.progress().epoch()));
    if (newest.isEmpty() && Files.exists(secured())) {
      return Optional.of(Checkpoint.read(secured())); // throws an exception that names the damage
    }
    return newest;
  }

  /** Adds the weights of the best epoch, which may be in another file. */
  private static Optional<TrainingState> withBest(TrainingState state, List<TrainingState> others) {
    int best = state.progress().bestEpoch();
    if (best == 0 || state.best().isPresent()) {
      return Optional.of(state);
    }
    return others.stream()
        .filter(other -> other.progress().bestEpoch() == best)
        .flatMap(other -> other.best().stream())
        .findFirst()
        .map(
            weights ->
                new TrainingState(
                    state.weights(), Optional.of(weights), state.optimizer(), state.progress()));
  }

  /** Whether there are checkpoints, complete or not. */
  boolean exist() {
    return files().anyMatch(Files::exists);
  }

  private Stream<Path> files() {
    return Stream.concat(Stream.of(secured()), IntStream.range(0, SLOTS).mapToObj(this::slot));
  }

  private Path secured() {
    return folder.resolve("checkpoint");
  }

  private Path slot(int slot) {
    return folder.resolve("checkpoint." + (slot + 1));
  }
}
