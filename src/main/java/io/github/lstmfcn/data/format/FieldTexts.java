package io.github.lstmfcn.data.format;

import java.util.Arrays;

/** The fields of one line, stored in one array of bounded length. */
final class FieldTexts {
  /** The maximum number of characters of a line, separators excluded, and of its fields. */
  static final int LONGEST = 1 << 24;

  /** The maximum number of fields: the values of the longest series, label and index. */
  private static final int MOST = (1 << 22) + 2;

  private char[] characters = {};
  private int[] ends = {};
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Appends a field; false if there is no room for it. */
  boolean add(char[] text, int offset, int length) {
    int start = size == 0 ? 0 : ends[size - 1];
    if (length > LONGEST - start || size == MOST) {
      return false;
    }
    if (start + length > characters.length) {
      characters = Arrays.copyOf(characters, grown(start + length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, grown(size + 1));
    }
    System.arraycopy(text, offset, characters, start, length);
    ends[size++] = start + length;
    return true;
  }

  private static int grown(int needed) {
    return Math.min(LONGEST, needed + needed / 2 + 1024);
  }

  /** The characters of all fields, one after another. */
  char[] characters() {
    return characters;
  }

  /** The index of a field's first character. */
  int offset(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int length(int field) {
    return ends[field] - offset(field);
  }

  String text(int field) {
    return new String(characters, offset(field), length(field));
  }
}
