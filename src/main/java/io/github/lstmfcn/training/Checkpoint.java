package io.github.lstmfcn.training;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.lstmfcn.data.AtomicFile;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A {@link TrainingState} as a file, written after every epoch and therefore plain: a JSON header
 * behind its length, then the numbers of the epochs as float64, then arrays as float32,
 * little-endian, and a checksum (CRC-32C) of all of it.
 */
final class Checkpoint {
  private static final String FORMAT = "lstmfcn checkpoint 1";
  private static final int NUMBERS_AN_EPOCH = 5;
  private static final ByteBuffer NO_MEMORY = ByteBuffer.allocate(0);

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING);

  private Checkpoint() {}

  private record Header(
      String format,
      ModelSpec spec,
      long step,
      Map<String, int[]> slots,
      ReduceLrOnPlateau.State plateau,
      EarlyStopping.State stopping,
      int bestEpoch,
      double bestValue,
      int epochs) {}

  /**
   * Replaces the file, so that it survives the death of the machine.
   *
   * @throws InvalidInputException if it cannot be written; the file is then as it was
   */
  static void write(Path file, TrainingState state) {
    ByteBuffer bytes = bytes(state, NO_MEMORY);
    AtomicFile.write(file, target -> write(target, bytes));
  }

  /**
   * Writes over the file, which takes a tenth of the time: a file that is moved over another goes
   * to the disk first. It survives the death of the process, but not when that comes while it is
   * written. What was cut by a failure is deleted: nothing could be read from it.
   *
   * @param memory to build it in, used where it is large enough
   * @return the memory that was used, for the next one
   * @throws InvalidInputException if it cannot be written
   */
  static ByteBuffer overwrite(Path file, TrainingState state, ByteBuffer memory) {
    try {
      ByteBuffer bytes = bytes(state, memory);
      write(file, bytes);
      return bytes;
    } catch (IOException e) {
      delete(file, e);
      throw new InvalidInputException(
          file, "", "a file that can be written", "" + e, "--resume goes on once it can be", e);
    }
  }

  private static void delete(Path file, IOException failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException leftBehind) {
      failure.addSuppressed(leftBehind);
    }
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(bytes.limit());
    }
  }

  private static ByteBuffer bytes(TrainingState state, ByteBuffer memory) {
    Progress progress = state.progress();
    Map<String, int[]> slots = new LinkedHashMap<>();
    state.optimizer().slots().forEach((name, array) -> slots.put(name, array.shape()));
    Header header =
        new Header(
            FORMAT,
            state.weights().spec(),
            state.optimizer().step(),
            slots,
            progress.plateau(),
            progress.earlyStopping(),
            progress.best().map(Progress.Best::epoch).orElse(0),
            progress.best().map(Progress.Best::value).orElse(0.0),
            progress.epoch());
    List<Map<String, WeightArray>> all = new ArrayList<>();
    all.add(state.weights().arrays());
    all.add(state.optimizer().slots());
    progress
        .best()
        .filter(best -> best.epoch() < progress.epoch()) // else they are the weights
        .ifPresent(best -> all.add(best.weights().arrays()));
    long floats =
        all.stream()
            .flatMap(arrays -> arrays.values().stream())
            .mapToLong(array -> array.values().length)
            .sum();
    byte[] json = json(header);
    long size =
        Integer.BYTES
            + json.length
            + (long) progress.epoch() * NUMBERS_AN_EPOCH * Double.BYTES
            + floats * Float.BYTES
            + Long.BYTES;
    int needed = Math.toIntExact(size);
    ByteBuffer bytes =
        memory.capacity() >= needed
            ? memory.clear()
            : ByteBuffer.allocateDirect(needed + needed / 8);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(json.length).put(json);
    progress.history().epochs().forEach(epoch -> put(bytes, epoch));
    all.forEach(arrays -> arrays.values().forEach(array -> put(bytes, array.values())));
    bytes.putLong(checksum(bytes, bytes.position()));
    return bytes.flip();
  }

  private static long checksum(ByteBuffer bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate().position(0).limit(length));
    return checksum.getValue();
  }

  private static byte[] json(Header header) {
    try {
      return MAPPER.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private static void put(ByteBuffer bytes, Epoch epoch) {
    bytes.putDouble(epoch.training().loss()).putDouble(epoch.training().accuracy());
    bytes.putDouble(epoch.validation().map(Score::loss).orElse(Double.NaN));
    bytes.putDouble(epoch.validation().map(Score::accuracy).orElse(Double.NaN));
    bytes.putDouble(epoch.learningRate());
  }

  private static void put(ByteBuffer bytes, float[] values) {
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read or is damaged
   */
  static TrainingState read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int length = bytes.capacity() - Long.BYTES;
      if (length < 0 || checksum(bytes, length) != bytes.getLong(length)) {
        throw new IOException("a wrong checksum");
      }
      byte[] json = new byte[bytes.getInt()];
      bytes.get(json);
      Header header = MAPPER.readValue(json, Header.class);
      List<Epoch> epochs = new ArrayList<>();
      for (int number = 1; number <= header.epochs(); number++) {
        epochs.add(epoch(number, bytes));
      }
      Map<String, int[]> shapes = ModelWeights.shapes(header.spec());
      ModelWeights weights = new ModelWeights(header.spec(), arrays(shapes, bytes));
      OptimizerState optimizer = new OptimizerState(header.step(), arrays(header.slots(), bytes));
      Optional<Progress.Best> best = Optional.empty();
      if (header.bestEpoch() > 0) {
        ModelWeights kept =
            header.bestEpoch() == header.epochs()
                ? weights
                : new ModelWeights(header.spec(), arrays(shapes, bytes));
        best = Optional.of(new Progress.Best(header.bestEpoch(), header.bestValue(), kept));
      }
      Progress progress =
          new Progress(header.plateau(), header.stopping(), best, new History(epochs));
      return new TrainingState(weights, optimizer, progress);
    } catch (IOException | BufferUnderflowException | IllegalArgumentException damage) {
      throw new InvalidInputException(
          file, "", "a whole checkpoint", damage.getMessage(), "begin a new run", damage);
    }
  }

  private static Epoch epoch(int number, ByteBuffer bytes) {
    Score training = new Score(bytes.getDouble(), bytes.getDouble());
    Score validation = new Score(bytes.getDouble(), bytes.getDouble());
    float learningRate = (float) bytes.getDouble();
    boolean validated = !Double.isNaN(validation.accuracy());
    return new Epoch(
        number, training, validated ? Optional.of(validation) : Optional.empty(), learningRate);
  }

  private static Map<String, WeightArray> arrays(Map<String, int[]> shapes, ByteBuffer bytes) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          int size = WeightArray.size(shape);
          if (size > bytes.remaining() / Float.BYTES) {
            throw new BufferUnderflowException();
          }
          float[] values = new float[size];
          bytes.asFloatBuffer().get(values);
          bytes.position(bytes.position() + size * Float.BYTES);
          arrays.put(name, new WeightArray(shape, values));
        });
    return arrays;
  }
}
