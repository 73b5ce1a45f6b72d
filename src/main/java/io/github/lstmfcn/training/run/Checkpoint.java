package io.github.lstmfcn.training.run;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.training.EarlyStopping;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.History;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.TrainingState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/**
 * Reads and writes a {@link TrainingState} as a file. The format is simple, since a file is written
 * after every epoch: the length of a JSON header, the header, the scores of the epochs as float64,
 * arrays as float32, little-endian, and a checksum (CRC-32C) of the whole file.
 */
public final class Checkpoint {
  /** The format of the header, and thereby of the whole file. */
  /** Far above that of the largest network; a file that claims more is damaged. */
  private static final int MOST_BYTES = 1 << 30;

  private static final JsonFormat<Header> FORMAT =
      new JsonFormat<>(
          Header.class, 1, "resume the run with the version that wrote it, or begin a new one");

  private Checkpoint() {}

  private record Header(
      ModelSpec spec,
      long step,
      Map<String, int[]> slots,
      ReduceLrOnPlateau.State plateau,
      EarlyStopping.State stopping,
      int bestEpoch,
      double bestValue,
      boolean bestApart,
      int epochs) {
    Header {
      if (step < 0) {
        throw new InvalidInputException(null, "step", "0 or more", "" + step, "");
      }
      if (bestEpoch < 0 || bestEpoch > epochs) {
        throw new InvalidInputException(null, "bestEpoch", "0 to " + epochs, "" + bestEpoch, "");
      }
    }

    static Header of(
        ModelSpec spec, long step, Map<String, int[]> slots, Progress progress, boolean bestApart) {
      return new Header(
          spec,
          step,
          slots,
          progress.plateau(),
          progress.earlyStopping(),
          progress.bestEpoch(),
          progress.best().map(Progress.Best::value).orElse(0.0),
          bestApart,
          progress.epoch());
    }
  }

  /**
   * Replaces the file such that it survives a crash of the machine.
   *
   * @throws InvalidInputException if the file cannot be written; it is then unchanged
   */
  static void write(Path file, TrainingState state) {
    Map<String, int[]> slots = new LinkedHashMap<>();
    state.optimizer().slots().forEach((name, array) -> slots.put(name, array.shape()));
    Progress progress = state.progress();
    Header header =
        Header.of(state.weights().spec(), state.optimizer().step(), slots, progress, false);
    List<FloatDataBuffer> arrays = new ArrayList<>();
    add(state.weights().arrays(), arrays);
    add(state.optimizer().slots(), arrays);
    if (progress.bestEpoch() < progress.epoch()) { // else the best weights are the current ones
      state.best().ifPresent(best -> add(best.arrays(), arrays));
    }
    AtomicFile.write(
        file, target -> write(target, header, progress.history(), arrays, CheckedChannel.memory()));
  }

  private static void add(Map<String, WeightArray> from, List<FloatDataBuffer> to) {
    from.values().forEach(array -> to.add(DataBuffers.of(array.values(), true, false)));
  }

  /**
   * Overwrites the file in place, which takes a tenth of the time of a replacement that is forced
   * to the disk. The file survives the end of the process, unless the process ends while it is
   * written. A file that could not be written completely is deleted. The weights of a best epoch
   * before the last are not in the file.
   *
   * @param memory a buffer of {@link CheckedChannel#memory}
   * @throws InvalidInputException if the file cannot be written
   */
  static void overwrite(Path file, Snapshot arrays, Progress progress, ByteBuffer memory) {
    Header header =
        Header.of(
            arrays.spec(),
            arrays.step(),
            arrays.slots(),
            progress,
            progress.best().isPresent() && progress.bestEpoch() < progress.epoch());
    try {
      write(file, header, progress.history(), arrays.values().arrays().values(), memory);
    } catch (IOException e) {
      delete(file, e);
      throw new InvalidInputException(
          file,
          "",
          "a file that can be written",
          FailureReason.of(e),
          "use --resume to continue once it can be",
          e);
    }
  }

  private static void delete(Path file, IOException failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException leftBehind) {
      failure.addSuppressed(leftBehind);
    }
  }

  private static void write(
      Path file,
      Header header,
      History history,
      Iterable<FloatDataBuffer> arrays,
      ByteBuffer memory)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      CheckedChannel to = new CheckedChannel(channel, memory);
      byte[] json = Json.line(FORMAT.document(header)).getBytes(StandardCharsets.UTF_8);
      to.put(json.length);
      to.put(json);
      for (Epoch epoch : history.epochs()) {
        put(to, epoch);
      }
      for (FloatDataBuffer array : arrays) {
        to.put(array);
      }
      to.finish();
      channel.truncate(channel.position());
    }
  }

  private static void put(CheckedChannel to, Epoch epoch) throws IOException {
    to.put(epoch.training().loss());
    to.put(epoch.training().accuracy());
    to.put(epoch.validation().map(Score::loss).orElse(Double.NaN));
    to.put(epoch.validation().map(Score::accuracy).orElse(Double.NaN));
    to.put((double) epoch.learningRate());
  }

  /**
   * Reads a file. The state has no best weights if the file has none.
   *
   * @throws InvalidInputException if the file cannot be read, is damaged or is of another format
   */
  static TrainingState read(Path file) {
    try {
      return parse(file, WholeFile.bytes(file, MOST_BYTES));
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException damage) {
      throw new InvalidInputException(
          file, "", "a complete checkpoint", reason(damage), "begin a new run", damage);
    }
  }

  /**
   * Reads a file that may be incomplete because the process ended while it was written.
   *
   * @return the state; empty if the file is damaged or does not exist
   * @throws InvalidInputException if the file cannot be read, or is complete but of another format
   */
  static Optional<TrainingState> readIfWhole(Path file) {
    byte[] bytes;
    try {
      bytes = WholeFile.bytes(file, MOST_BYTES);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException(
          file, "", "a file that can be read", FailureReason.of(e), "", e);
    }
    try {
      return Optional.of(parse(file, bytes));
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException damage) {
      return Optional.empty();
    }
  }

  private static String reason(Exception damage) {
    return damage instanceof BufferUnderflowException
        ? "fewer bytes than its header says"
        : FailureReason.of(damage);
  }

  private static TrainingState parse(Path file, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.capacity() - Long.BYTES;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, Math.max(0, length));
    if (length < 0 || checksum.getValue() != bytes.getLong(length)) {
      throw new IOException("a wrong checksum");
    }
    int described = bytes.getInt();
    if (described < 0 || described > length - bytes.position()) {
      throw new BufferUnderflowException();
    }
    byte[] json = new byte[described];
    bytes.get(json);
    Header header = FORMAT.parse(file, "", new String(json, StandardCharsets.UTF_8));
    List<Epoch> epochs = new ArrayList<>();
    for (int number = 1; number <= header.epochs(); number++) {
      epochs.add(epoch(number, bytes));
    }
    Map<String, int[]> shapes = ModelWeights.shapes(header.spec());
    checkSlots(file, header.slots(), shapes);
    ModelWeights weights = new ModelWeights(header.spec(), arrays(shapes, bytes));
    OptimizerState optimizer = new OptimizerState(header.step(), arrays(header.slots(), bytes));
    Optional<Progress.Best> best =
        Optional.of(new Progress.Best(header.bestEpoch(), header.bestValue()))
            .filter(one -> one.epoch() > 0);
    Optional<ModelWeights> bestWeights = Optional.empty();
    if (best.isPresent() && !header.bestApart()) {
      boolean isLast = header.bestEpoch() == header.epochs();
      bestWeights =
          Optional.of(isLast ? weights : new ModelWeights(header.spec(), arrays(shapes, bytes)));
    }
    if (bytes.position() != length) {
      String stated = bytes.position() + " bytes before the checksum, as its header says";
      throw new InvalidInputException(file, "", stated, "" + length, "begin a new run");
    }
    Progress progress =
        new Progress(header.plateau(), header.stopping(), best, new History(epochs));
    return new TrainingState(weights, bestWeights, optimizer, progress);
  }

  /** A slot is named after its weights, as {@code m/conv1/kernel}, and has their shape. */
  private static void checkSlots(Path file, Map<String, int[]> slots, Map<String, int[]> shapes) {
    slots.forEach(
        (name, shape) -> {
          int[] expected = shapes.get(name.substring(name.indexOf('/') + 1));
          if (!Arrays.equals(shape, expected)) {
            String wanted = expected == null ? "no such field" : Arrays.toString(expected);
            throw new InvalidInputException(
                file, "slots." + name, wanted, Arrays.toString(shape), "begin a new run");
          }
        });
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
