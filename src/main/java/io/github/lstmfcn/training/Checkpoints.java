package io.github.lstmfcn.training;

import io.github.lstmfcn.data.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** The newest that was kept, and the best as of then: with them a run goes on. */
  private Set<Integer> spared = Set.of();

  /** Of the run in a folder. */
  Checkpoints(Path folder) {
    this.folder = folder;
    Arrays.fill(epochs, FREE);
  }

  /**
   * Keeps the state after an epoch. What was there when a run goes on is {@link #secure secured}
   * before.
   */
  void keep(Snapshot arrays, Progress progress) {
    int slot =
        IntStream.range(0, SLOTS)
            .filter(other -> !spared.contains(epochs[other]))
            .findFirst()
            .orElseThrow();
    epochs[slot] = FREE;
    Checkpoint.overwrite(slot(slot), arrays, progress, memory);
    epochs[slot] = progress.epoch();
    spared = Set.copyOf(List.of(progress.epoch(), progress.bestEpoch()));
  }

  /**
   * Makes the newest state safe from the death of the machine.
   *
   * @return that state; empty if there is none
   * @throws InvalidInputException as {@link #newest}, or if it cannot be written
   */
  Optional<TrainingState> secure() {
    Optional<TrainingState> newest = newest();
    newest.ifPresent(state -> Checkpoint.write(secured(), state));
    for (int slot = 0; slot < SLOTS; slot++) {
      try {
        Files.deleteIfExists(slot(slot));
      } catch (IOException e) {
        throw new InvalidInputException(
            slot(slot), "", "a file that can be deleted", "" + e, "", e);
      }
      epochs[slot] = FREE;
    }
    return newest;
  }

  /**
   * The state after the last epoch that was kept; empty before the first.
   *
   * @throws InvalidInputException if there are checkpoints, but none is whole
   */
  Optional<TrainingState> newest() {
    List<TrainingState> whole =
        Stream.concat(Stream.of(secured()), IntStream.range(0, SLOTS).mapToObj(this::slot))
            .filter(Files::exists)
            .flatMap(file -> whole(file).stream())
            .toList();
    Optional<TrainingState> newest =
        whole.stream()
            .flatMap(state -> withBest(state, whole).stream())
            .max(Comparator.comparingInt(state -> state.progress().epoch()));
    if (newest.isEmpty() && Files.exists(secured())) {
      return Optional.of(Checkpoint.read(secured())); // says what is wrong
    }
    return newest;
  }

  /** A slot that was being written when its process died is not. */
  private static Optional<TrainingState> whole(Path file) {
    try {
      return Optional.of(Checkpoint.read(file));
    } catch (InvalidInputException cut) {
      return Optional.empty();
    }
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

  private Path secured() {
    return folder.resolve("checkpoint");
  }

  private Path slot(int slot) {
    return folder.resolve("checkpoint." + (slot + 1));
  }
}
