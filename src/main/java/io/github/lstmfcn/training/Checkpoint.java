package io.github.lstmfcn.training;

import io.github.lstmfcn.data.AtomicFile;
import io.github.lstmfcn.data.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A {@link TrainingState} as a file, bit for bit: a signature, the state in Java's big-endian data
 * format, a checksum. Keras does not read it; weights for Keras are written by {@code
 * KerasWeights}.
 */
public final class Checkpoint {
  private static final byte[] SIGNATURE = {'L', 'S', 'T', 'M', 'F', 'C', 'N', 1};
  private static final int CHECKSUM_BYTES = Long.BYTES;

  private Checkpoint() {}

  /**
   * Writes a state; replaces a file at once or not at all.
   *
   * @throws InvalidInputException if the file cannot be written; what was there is still there
   */
  public static void write(TrainingState state, Path file) {
    AtomicFile.write(file, temporary -> Files.write(temporary, bytes(state)));
  }

  /**
   * Reads a state.
   *
   * @throws InvalidInputException if there is no such file or it is damaged
   */
  public static TrainingState read(Path file) {
    try {
      return state(file, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          file, "", "a checkpoint", "no file that can be read: " + unreadable.getMessage(), "");
    }
  }

  static byte[] bytes(TrainingState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(SIGNATURE);
    new StateWriter(out).state(state);
    out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static TrainingState state(Path file, byte[] bytes) {
    int end = bytes.length - CHECKSUM_BYTES;
    if (end < SIGNATURE.length
        || !Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new InvalidInputException(
          file,
          "",
          "a checkpoint of this version",
          bytes.length == 0 ? "an empty file" : "another signature",
          "train anew, or from weights");
    }
    if (ByteBuffer.wrap(bytes).getLong(end) != checksum(bytes, end)) {
      throw new InvalidInputException(
          file, "", "a whole checkpoint", "a wrong checksum", "copy it again, or train anew");
    }
    int start = SIGNATURE.length;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, start, end - start))) {
      return new StateReader(in).state();
    } catch (IOException | IllegalArgumentException nonsense) {
      throw new InvalidInputException(
          file, "", "a training's state", nonsense.getMessage(), "train anew", nonsense);
    }
  }

  private static long checksum(byte[] bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    return crc.getValue();
  }
}
