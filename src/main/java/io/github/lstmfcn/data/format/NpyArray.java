package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An array in NumPy's format ({@code .npy}, versions 1 to 3), which contains series or labels. */
public final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final String place;
  private final NpyHeader header;
  private final InputStream bytes;

  private NpyArray(Path file, String place, NpyHeader header, InputStream bytes) {
    this.file = file;
    this.place = place;
    this.header = header;
    this.bytes = bytes;
  }

  /** Whether bytes begin with the signature of an array. */
  static boolean isAt(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(MAGIC, 0, MAGIC.length, head, 0, MAGIC.length);
  }

  /**
   * Reads the header of an array.
   *
   * @param bytes the bytes, from the first on
   * @param file the file, for messages
   * @param place the name of the array within the file; empty if it is the whole file
   * @param size the number of bytes of the array, header included; negative if it is not known in
   *     advance
   * @return the array, of which series or labels are still to be read
   * @throws IOException if the bytes cannot be read
   * @throws InvalidInputException if it is not an array, or has an unsupported type or a size that
   *     does not match its header
   */
  public static NpyArray open(InputStream bytes, Path file, String place, long size)
      throws IOException {
    try {
      DataInputStream in = new DataInputStream(bytes);
      byte[] head = in.readNBytes(8);
      if (head.length < 8 || !isAt(head)) {
        throw new InvalidInputException(file, place, "a NumPy array (.npy)", "something else", "");
      }
      int lengthBytes = head[6] == 1 ? 2 : 4;
      ByteBuffer length =
          ByteBuffer.wrap(readFully(in, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
      long described =
          lengthBytes == 2 ? length.getShort() & 0xFFFF : length.getInt() & 0xFFFFFFFFL;
      if (head[6] < 1 || head[6] > 3 || described > LONGEST_HEADER) {
        throw new InvalidInputException(
            file, place, "a NumPy array of version 1 to 3", "version " + head[6], "");
      }
      String text = new String(readFully(in, (int) described), StandardCharsets.UTF_8);
      NpyArray array = new NpyArray(file, place, NpyHeader.parse(text), bytes);
      array.checkSize(size < 0 ? size : size - 8 - lengthBytes - described);
      return array;
    } catch (IllegalArgumentException other) {
      throw new InvalidInputException(
          file,
          place,
          "an array of numbers or strings",
          other.getMessage(),
          "save plain arrays with numpy.save or numpy.savez");
    }
  }

  private static byte[] readFully(InputStream in, int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new EOFException();
    }
    return read;
  }

  private void checkSize(long available) {
    try {
      long needed = Math.multiplyExact(header.size(), header.itemBytes());
      if (available >= 0 && needed != available) {
        throw error(
            "%d bytes for shape %s".formatted(needed, header.shownShape()),
            Long.toString(available),
            "is the file complete?");
      }
    } catch (ArithmeticException tooMany) {
      throw error("an array of a possible size", header.shownShape(), "");
    }
  }

  private InvalidInputException error(String expected, String found, String remedy) {
    return new InvalidInputException(file, place, expected, found, remedy);
  }

  private InvalidInputException error(long series, String expected, String found) {
    String at = "series " + (series + 1);
    return new InvalidInputException(
        file, place.isEmpty() ? at : place + ": " + at, expected, found, "");
  }

  /**
   * Reads the series of an array {@code (N, T)} or {@code (N, 1, T)}.
   *
   * @return float32 {@code [N][T]}
   * @throws IOException if the bytes cannot be read
   * @throws InvalidInputException if the array has another shape, contains text, or a value that is
   *     infinite
   */
  public float[][] series() throws IOException {
    List<Long> shape = header.shape();
    if (header.isText()) {
      throw error("an array of numbers", "strings", "");
    }
    if (shape.size() == 3 && shape.get(1) != 1) {
      boolean last = shape.get(2) == 1;
      throw error(
          "univariate series, (series, steps) or (series, 1, steps)",
          last
              ? header.shownShape()
              : "series of %d dimensions, %s".formatted(shape.get(1), header.shownShape()),
          last ? "if the steps are the second axis, save X[:, :, 0]" : "save one of them, X[:, 0]");
    }
    if (shape.size() != 2 && shape.size() != 3) {
      throw error(
          "series of shape (series, steps)",
          header.shownShape(),
          shape.size() == 1 ? "one series is X.reshape(1, -1)" : "");
    }
    long count = shape.get(0);
    long steps = shape.get(shape.size() - 1);
    if (count == 0 || steps == 0) {
      throw error("at least one series with a value", header.shownShape(), "");
    }
    if (count > Integer.MAX_VALUE / 8 || steps > Integer.MAX_VALUE / 8) {
      throw error("an array that fits in memory", header.shownShape(), "");
    }
    return header.fortran() && count > 1
        ? byColumns((int) count, (int) steps)
        : byRows((int) count, (int) steps);
  }

  private float[][] byRows(int count, int steps) throws IOException {
    List<float[]> series = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      ByteBuffer data = data(steps);
      float[] values = new float[steps];
      for (int step = 0; step < steps; step++) {
        values[step] = value(data, row, step);
      }
      series.add(values);
    }
    return series.toArray(float[][]::new);
  }

  private float[][] byColumns(int count, int steps) throws IOException {
    float[][] series = new float[count][];
    for (int step = 0; step < steps; step++) {
      ByteBuffer data = data(count);
      for (int row = 0; row < count; row++) {
        series[row] = step == 0 ? new float[steps] : series[row];
        series[row][step] = value(data, row, step);
      }
    }
    return series;
  }

  private ByteBuffer data(int elements) throws IOException {
    byte[] data = readFully(bytes, Math.multiplyExact(elements, header.itemBytes()));
    return ByteBuffer.wrap(data)
        .order(header.order() == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private float value(ByteBuffer data, int row, int step) {
    double number = number(data);
    float value = (float) number;
    if (Float.isInfinite(value)) {
      throw error(
          row, "a finite number in the range of float32", number + " at step " + (step + 1));
    }
    return value;
  }

  private double number(ByteBuffer data) {
    return switch (header.kind()) {
      case 'f' ->
          switch (header.itemBytes()) {
            case 2 -> HalfFloat.value(data.getShort());
            case 4 -> data.getFloat();
            default -> data.getDouble();
          };
      case 'b' -> data.get() == 0 ? 0 : 1;
      default -> whole(data).doubleValue();
    };
  }

  private BigDecimal whole(ByteBuffer data) {
    boolean signed = header.kind() == 'i';
    return switch (header.itemBytes()) {
      case 1 -> BigDecimal.valueOf(signed ? data.get() : data.get() & 0xFF);
      case 2 -> BigDecimal.valueOf(signed ? data.getShort() : data.getShort() & 0xFFFF);
      case 4 -> BigDecimal.valueOf(signed ? data.getInt() : data.getInt() & 0xFFFFFFFFL);
      default -> {
        long value = data.getLong();
        yield signed ? BigDecimal.valueOf(value) : new BigDecimal(Long.toUnsignedString(value));
      }
    };
  }

  /**
   * Reads the labels of an array {@code (N,)} or {@code (N, 1)}.
   *
   * @return the labels in canonical spelling
   * @throws IOException if the bytes cannot be read
   * @throws InvalidInputException if the array has another shape, or a label is missing
   */
  public List<String> labels() throws IOException {
    List<Long> shape = header.shape();
    boolean column = shape.size() == 2 && shape.get(1) == 1;
    if (shape.size() != 1 && !column) {
      throw error(
          "labels of shape (series,)",
          header.shownShape(),
          shape.size() == 2 ? "if the rows are one-hot, save y.argmax(axis=1)" : "");
    }
    if (header.itemBytes() > BUFFER) {
      throw error("labels", "strings of " + header.itemBytes() + " bytes", "");
    }
    List<String> labels = new ArrayList<>();
    for (long row = 0; row < shape.get(0); row++) {
      String label = NumberText.label(label(data(1)));
      if (label.isEmpty() || label.indexOf('\uFFFD') >= 0 || NumberText.isMissing(label)) {
        throw error(row, "a label", NumberText.shown(label));
      }
      labels.add(label);
    }
    return labels;
  }

  private String label(ByteBuffer data) {
    return switch (header.kind()) {
      case 'U' -> text(data, data.order() == ByteOrder.BIG_ENDIAN ? "UTF-32BE" : "UTF-32LE");
      case 'S' -> text(data, "UTF-8");
      case 'b' -> data.get() == 0 ? "False" : "True";
      case 'f' -> {
        double number = number(data);
        yield header.itemBytes() == 8 || Double.isNaN(number)
            ? Double.toString(number)
            : Float.toString((float) number);
      }
      default -> whole(data).toPlainString();
    };
  }

  private static String text(ByteBuffer data, String charset) {
    String text = Charset.forName(charset).decode(data.duplicate().rewind()).toString();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\0') {
      end--;
    }
    return text.substring(0, end);
  }
}
