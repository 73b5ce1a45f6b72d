package io.github.lstmfcn.training.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.engine.TrainingSession;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
  @TempDir Path folder;
  private TrainingState state;
  private Path file;

  @BeforeEach
  void writeAState() {
    Recipe recipe = Toy.recipe().build();
    var weights = Toy.initial(ModelKind.ALSTM_FCN, recipe);
    Map<String, WeightArray> slots = new LinkedHashMap<>();
    weights.arrays().forEach((name, array) -> slots.put("m/" + name, array));
    state =
        new TrainingState(
            weights, Optional.empty(), new OptimizerState(5, slots), Progress.start(recipe));
    file = folder.resolve("checkpoint");
    Checkpoint.write(file, state);
  }

  @Test
  void aStateBeforeTheFirstEpochIsReadAsItWasWritten() {
    TrainingState read = Checkpoint.read(file);

    assertThat(Toy.same(read.weights(), state.weights())).isTrue();
    assertThat(read.optimizer().step()).isEqualTo(5);
    assertThat(read.progress()).isEqualTo(state.progress()); // infinities included
  }

  @Test
  void littleMemoryMakesTheSameFileOverALongerOne() throws IOException {
    Recipe recipe = Toy.recipe().build();
    Path other = folder.resolve("other");
    Files.write(other, new byte[(int) Files.size(file) * 4]);
    try (TrainingSession session =
        new TrainingSession(state.weights(), recipe, new float[] {1, 1, 1})) {
      Progress start = Progress.start(recipe);
      try (Snapshot now = session.snapshot()) {
        Checkpoint.write(
            file, new TrainingState(Toy.weights(now), Optional.empty(), Toy.optimizer(now), start));
      }
      for (int bytes : new int[] {Long.BYTES, 1021, 1 << 20}) {
        try (Snapshot now = session.snapshot()) {
          Checkpoint.overwrite(other, now, start, ByteBuffer.allocateDirect(bytes));
        }

        assertThat(other).as("%d bytes", bytes).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void damageAnywhereIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int place : new int[] {9, 100, whole.length / 2, whole.length - 9, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 4;
      Files.write(file, damaged);
      assertThatThrownBy(() -> Checkpoint.read(file))
          .as("byte %d", place)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected a complete checkpoint, found a wrong checksum");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("a wrong checksum");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    String whole = Files.readString(file, ISO_8859_1);
    for (String other : new String[] {"", "loss,accuracy\n"}) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> Checkpoint.read(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected a complete checkpoint");
    }
    writeWithChecksum(whole.replace("{\"format\":1,", "{\"format\":9,"));
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Checkpoint.read(file), () -> Checkpoint.readIfWhole(file))) {
      assertThatThrownBy(reading)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("format: expected 1, found 9; resume the run with the version");
    }
    Files.delete(file);
    assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"m/conv1/kernel\":;\"m/conv9/kernel\":;slots.m/conv9/kernel: expected no such field",
        "\"m/conv1/bias\":[128];\"m/conv1/bias\":[   ];slots.m/conv1/bias: expected [128], found []",
        "\"m/conv1/bias\":[128],;;checksum, as its header says, found",
        "\"bestEpoch\":0;\"bestEpoch\":7;bestEpoch: expected 0 to 0, found 7",
      })
  void aHeaderThatDoesNotFitItsArraysIsRefused(String from, String to, String message)
      throws IOException {
    String whole = Files.readString(file, ISO_8859_1);
    String blank = to == null ? " ".repeat(from.length()) : to;
    assertThat(whole).contains(from);
    writeWithChecksum(whole.replace(from, blank));

    assertThatThrownBy(() -> Checkpoint.readIfWhole(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private void writeWithChecksum(String content) throws IOException {
    byte[] bytes = content.getBytes(ISO_8859_1);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Long.BYTES);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length - Long.BYTES, checksum.getValue());
    Files.write(file, bytes);
  }

  @Test
  void aFileThatCannotBeWrittenLeavesWhatWasThere() {
    Path nowhere = folder.resolve("none").resolve("checkpoint");

    assertThatThrownBy(() -> Checkpoint.write(nowhere, state))
        .isInstanceOf(InvalidInputException.class);
    assertThat(Checkpoint.read(file).optimizer().step()).isEqualTo(5);
    assertThat(folder).isDirectoryContaining(entry -> entry.equals(file));
  }
}
