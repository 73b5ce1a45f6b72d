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
 * The checkpoints of a run: one that survives the death of the machine, made now and then, and the
 * epochs since. These are written over one another, but for the newest and the best of them, so
 * that both are whole whenever the process dies.
 */
final class Checkpoints {
  private static final int SLOTS = 3;
  private static final int FREE = Integer.MIN_VALUE;

  private final Path folder;
  private final ByteBuffer memory = CheckedChannel.memory();

  /** Which epoch each slot has. */
  private final int[] epochs = new int[SLOTS];

  /** As of the newest that was kept. */
  private Optional<Progress> last = Optional.empty();

  /** Of the run in a folder. */
  Checkpoints(Path folder) {
    this.folder = folder;
    Arrays.fill(epochs, FREE);
  }

  /** Keeps the state after an epoch. What was there before a run is {@link #secure secured}. */
  void keep(Snapshot arrays, Progress progress) {
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

  /** Whether a run that is cut now goes on with it: it is the newest, or the best as of then. */
  private boolean isSpared(int epoch) {
    return last.filter(now -> epoch == now.epoch() || epoch == now.bestEpoch()).isPresent();
  }

  /**
   * Makes the newest state safe from the death of the machine.
   *
   * @return that state; empty if there is none
   * @throws InvalidInputException as {@link #newest}, if it cannot be written, or if what was kept
   *     last is not the newest; all stays as it is then
   */
  Optional<TrainingState> secure() {
    Optional<TrainingState> newest = newest();
    Optional<Integer> found = newest.map(state -> state.progress().epoch());
    Optional<Integer> kept = last.map(Progress::epoch);
    if (kept.isPresent() && !found.equals(kept)) {
      throw new InvalidInputException(
          folder,
          "checkpoints",
          "one of epoch " + kept.get() + ", which was kept",
          found.map(epoch -> "one of epoch " + epoch).orElse("none that is whole"),
          "--resume goes on from what is there");
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
   * The state after the last epoch that was kept; empty if there is none.
   *
   * @throws InvalidInputException if one cannot be read, or there is a secured one and none is
   *     whole
   */
  Optional<TrainingState> newest() {
    List<TrainingState> whole =
        files().flatMap(file -> Checkpoint.readIfWhole(file).stream()).toList();
    Optional<TrainingState> newest =
        whole.stream()
            .flatMap(state -> withBest(state, whole).stream())
            .max(Comparator.comparingInt(state -> state.progress().epoch()));
    if (newest.isEmpty() && Files.exists(secured())) {
      return Optional.of(Checkpoint.read(secured())); // says what is wrong
    }
    return newest;
  }

  /** With the weights of its best epoch, which may be in another file. */
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

  /** Whether there are any, whole or not. */
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
