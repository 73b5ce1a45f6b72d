package io.github.lstmfcn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes NumPy's {@code .npy} format, version 1.0, in C order. */
public final class NpyFile {
  private static final int ALIGNMENT = 64;
  private static final int FIXED_BYTES = 10; // magic, version, length of the description

  private NpyFile() {}

  /**
   * Writes a float32 array of shape {@code (rows, columns)}.
   *
   * @param file the file to write
   * @param rows at least one row, all of the same length
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, float[][] rows) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header("<f4", rows.length + ", " + rows[0].length));
      for (float[] row : rows) {
        ByteBuffer bytes =
            ByteBuffer.allocate(Float.BYTES * row.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : row) {
          bytes.putFloat(value);
        }
        out.write(bytes.array());
      }
    }
  }

  /**
   * Writes an int64 array of shape {@code (values,)}.
   *
   * @param file the file to write
   * @param values the values
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, int[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putLong(value);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(header("<i8", values.length + ","));
      out.write(bytes.array());
    }
  }

  private static byte[] header(String type, String shape) {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    int padding = ALIGNMENT - (FIXED_BYTES + text.length() + 1) % ALIGNMENT;
    byte[] description = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FIXED_BYTES + description.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) description.length)
        .put(description)
        .array();
  }
}
