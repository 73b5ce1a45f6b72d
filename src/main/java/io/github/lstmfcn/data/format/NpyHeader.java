package io.github.lstmfcn.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array.
 *
 * @param order the byte order: {@code <}, {@code >} or {@code |}
 * @param kind the kind of element: {@code f}, {@code i}, {@code u}, {@code b}, {@code U} or {@code
 *     S}
 * @param itemBytes the number of bytes of an element
 * @param fortran whether the first axis varies fastest
 * @param shape the sizes of the axes
 */
record NpyHeader(char order, char kind, int itemBytes, boolean fortran, List<Long> shape) {
  private static final Pattern DESCRIPTION =
      Pattern.compile("'descr': *(?<descr>'[^']{0,20}'|\\[)");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9L, ]{0,200})\\)");
  private static final Pattern TYPE = Pattern.compile("'([<>|=])([a-zA-Z])([0-9]{0,6})(\\[.*)?'");

  /**
   * Reads the description, a Python dictionary.
   *
   * @throws IllegalArgumentException if it does not describe an array, or an array of objects or of
   *     another type that is not a number, truth value or string; the message says what was found
   */
  static NpyHeader parse(String description) {
    Matcher descr = DESCRIPTION.matcher(description);
    Matcher fortran = FORTRAN.matcher(description);
    Matcher shape = SHAPE.matcher(description);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw new IllegalArgumentException("a header that does not describe an array");
    }
    Matcher type = TYPE.matcher(descr.group("descr"));
    if (!type.matches()) {
      throw new IllegalArgumentException(
          descr.group("descr").equals("[")
              ? "a structured array"
              : "elements of type " + descr.group("descr"));
    }
    List<Long> axes = new ArrayList<>();
    for (String axis : shape.group(1).split(",", -1)) {
      String digits = axis.strip().replace("L", "");
      if (!digits.isEmpty()) {
        if (digits.length() > 15 || !digits.matches("[0-9]+")) {
          throw new IllegalArgumentException("a shape (" + shape.group(1) + ")");
        }
        axes.add(Long.parseLong(digits));
      }
    }
    char kind = type.group(2).charAt(0);
    int bytes = type.group(3).isEmpty() ? 0 : Integer.parseInt(type.group(3));
    check(kind, bytes, descr.group("descr"));
    char order = type.group(1).charAt(0) == '=' ? '<' : type.group(1).charAt(0);
    return new NpyHeader(
        order, kind, kind == 'U' ? 4 * bytes : bytes, fortran.group(1).equals("True"), axes);
  }

  private static void check(char kind, int bytes, String descr) {
    if (kind == 'O') {
      throw new IllegalArgumentException("Python objects (a pickle, which is never unpacked)");
    }
    boolean known =
        switch (kind) {
          case 'f' -> bytes == 2 || bytes == 4 || bytes == 8;
          case 'i', 'u' -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
          case 'b' -> bytes == 1;
          case 'U', 'S' -> true;
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException("elements of type " + descr);
    }
  }

  /** Whether the elements are text. */
  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException if the number exceeds a long
   */
  long size() {
    long size = 1;
    for (long axis : shape) {
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }

  /** {@code (150, 128)}. */
  String shownShape() {
    StringBuilder shown = new StringBuilder("(");
    for (int i = 0; i < shape.size(); i++) {
      shown.append(i == 0 ? "" : ", ").append(shape.get(i));
    }
    return shown.append(shape.size() == 1 ? ",)" : ")").toString();
  }
}
