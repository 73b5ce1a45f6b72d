package io.github.lstmfcn.training;

import io.github.lstmfcn.data.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints of a run: one that survives the death of the machine, made now and then, and two
 * since, written over in turn, of which one is whole whenever the process dies.
 */
final class Checkpoints {
  private final Path folder;
  private final ByteBuffer memory = CheckedChannel.memory();

  /** Of the run in a folder. */
  Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Keeps the state after an epoch. */
  void keep(TrainingState state) {
    Checkpoint.overwrite(slots().get(state.progress().epoch() % 2), state, memory);
  }

  /** The same, safe from the death of the machine. */
  void secure(TrainingState state) {
    Checkpoint.write(secured(), state);
    for (Path slot : slots()) {
      try {
        Files.deleteIfExists(slot);
      } catch (IOException e) {
        throw new InvalidInputException(slot, "", "a file that can be deleted", "" + e, "", e);
      }
    }
  }

  /**
   * The state after the last epoch that was kept; empty before the first.
   *
   * @throws InvalidInputException if there are checkpoints, but none is whole
   */
  Optional<TrainingState> newest() {
    Optional<TrainingState> newest =
        Stream.concat(Stream.of(secured()), slots().stream())
            .filter(Files::exists)
            .flatMap(file -> whole(file).stream())
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

  private Path secured() {
    return folder.resolve("checkpoint");
  }

  private List<Path> slots() {
    return List.of(folder.resolve("checkpoint.even"), folder.resolve("checkpoint.odd"));
  }
}
