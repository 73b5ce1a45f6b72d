package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.AxisOrder;
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
            "%s bytes for shape %s".formatted(needed, header.shownShape()),
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

  /** {@return whether each series is a column, in an array {@code (N, T, 1)}} */
  public boolean isColumns() {
    return header.shape().size() == 3 && header.shape().get(2) == 1;
  }

  /**
   * Reads the series of an array: {@code (N, T)} and {@code (N, 1, T)} are univariate, of any other
   * array with three axes the order has to be given.
   *
   * @param axes the order of the axes; null if it is not known
   * @return float32 {@code [N][variable][T]}
   * @throws IOException if the bytes cannot be read
   * @throws InvalidInputException if the array has another shape, contains text, or a value that is
   *     infinite
   */
  public float[][][] series(AxisOrder axes) throws IOException {
    List<Long> shape = header.shape();
    if (header.isText()) {
      throw error("an array of numbers", "strings", "");
    }
    if (shape.size() == 3 && shape.get(1) != 1 && axes == null) {
      throw error(
          "univariate series, (series, steps) or (series, 1, steps), or --layout with the order of"
              + " the axes",
          isColumns()
              ? header.shownShape()
              : "series of %s dimensions, %s".formatted(shape.get(1), header.shownShape()),
          isColumns()
              ? "if the steps are the second axis, use --layout steps-first or save X[:, :, 0]"
              : "use --layout variables-first for (series, variables, steps), --layout steps-first"
                  + " for (series, steps, variables)");
    }
    if (shape.size() != 2 && shape.size() != 3) {
      throw error(
          "series of shape (series, steps)",
          header.shownShape(),
          shape.size() == 1 ? "one series is X.reshape(1, -1)" : "");
    }
    long count = shape.get(0);
    long size = shape.size() == 2 ? shape.get(1) : shape.get(1) * shape.get(2);
    if (count == 0 || size == 0) {
      throw error("at least one series with a value", header.shownShape(), "");
    }
    if (count > Integer.MAX_VALUE / 8 || size > Integer.MAX_VALUE / 8) {
      throw error("an array that fits in memory", header.shownShape(), "");
    }
    boolean transposed = shape.size() == 3 && axes == AxisOrder.STEPS_FIRST;
    int variables = shape.size() == 2 ? 1 : shape.get(transposed ? 2 : 1).intValue();
    Axes order = new Axes(variables, (int) size / variables, transposed, header.fortran());
    return header.fortran() && count > 1
        ? byColumns((int) count, order)
        : byRows((int) count, order);
  }

  /**
   * The axes behind the first one.
   *
   * @param transposed whether the steps are the axis before the variables
   * @param fortran whether the axis that comes first varies fastest
   */
  private record Axes(int variables, int steps, boolean transposed, boolean fortran) {
    int size() {
      return variables * steps;
    }

    /** The variable of an element, in the order of the file. */
    int variable(int element) {
      return transposed == fortran ? element / steps : element % variables;
    }

    /** The step of an element, in the order of the file. */
    int step(int element) {
      return transposed == fortran ? element % steps : element / variables;
    }
  }

  private float[][][] byRows(int count, Axes axes) throws IOException {
    List<float[][]> series = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      ByteBuffer data = data(axes.size());
      float[][] values = new float[axes.variables][axes.steps];
      for (int i = 0; i < axes.size(); i++) {
        values[axes.variable(i)][axes.step(i)] = value(data, row, i, axes);
      }
      series.add(values);
    }
    return series.toArray(float[][][]::new);
  }

  private float[][][] byColumns(int count, Axes axes) throws IOException {
    float[][][] series = {};
    for (int i = 0; i < axes.size(); i++) {
      ByteBuffer data = data(count);
      series = i == 0 ? new float[count][][] : series; // when there is proof of their number
      for (int row = 0; row < count; row++) {
        series[row] = i == 0 ? new float[axes.variables][axes.steps] : series[row];
        series[row][axes.variable(i)][axes.step(i)] = value(data, row, i, axes);
      }
    }
    return series;
  }

  private ByteBuffer data(int elements) throws IOException {
    byte[] data = readFully(bytes, Math.multiplyExact(elements, header.itemBytes()));
    return ByteBuffer.wrap(data)
        .order(header.order() == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private float value(ByteBuffer data, int row, int element, Axes axes) {
    double number = number(data);
    float value = (float) number;
    if (Float.isInfinite(value)) {
      throw error(
          row,
          "a finite number in the range of float32",
          number
              + " at step "
              + (axes.step(element) + 1)
              + (axes.variables == 1 ? "" : " of variable " + (axes.variable(element) + 1)));
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
      if (label.length() > LabelCheck.LONGEST) {
        throw error(row, LabelCheck.SHORT, NumberText.shown(label));
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
