package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.GlobalHeap;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the strings of attributes. A string may lie in a heap of the file, and be referred to many
 * times: together they are no longer than the file.
 */
final class HdfTexts {
  private static final String DAMAGED = "the file is damaged";

  private final Path file;
  private final HdfStorage storage;
  private final HdfLimits limits;
  private final long bytes;

  HdfTexts(Path file, HdfStorage storage, HdfLimits limits) {
    this.file = file;
    this.storage = storage;
    this.limits = limits;
    bytes = storage.size();
  }

  /** The strings of an attribute. */
  List<String> of(AttributeMessage attribute) {
    ByteBuffer data = attribute.getDataBuffer();
    if (data == null) {
      return List.of();
    }
    long count = 1;
    for (long dimension : attribute.getDataSpace().getDimensionsAsLong()) {
      count = HdfArrays.product(count, dimension);
    }
    checkCount(attribute.getName(), count);
    ByteBuffer values = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    DataType type = attribute.getDataType();
    if (type instanceof StringData text) {
      return fixedLength(values, (int) count, text);
    }
    if (type instanceof VariableLength text && text.isVariableLengthString()) {
      return variableLength(attribute.getName(), values, (int) count, text);
    }
    throw new InvalidInputException(
        file, "attribute " + attribute.getName(), "strings", HdfArrays.kind(type), "");
  }

  private static List<String> fixedLength(ByteBuffer values, int count, StringData type) {
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      ByteBuffer text = values.slice(values.position(), type.getSize());
      values.position(values.position() + type.getSize());
      texts.add(untilEnd(text, type));
    }
    return texts;
  }

  private static String untilEnd(ByteBuffer text, StringData type) {
    int end = text.limit();
    if (type.getPaddingType() == StringData.PaddingType.NULL_TERMINATED) {
      end = 0;
      while (end < text.limit() && text.get(end) != 0) {
        end++;
      }
    } else {
      int padding = type.getPaddingType() == StringData.PaddingType.SPACE_PADDED ? ' ' : 0;
      while (end > 0 && text.get(end - 1) == padding) {
        end--;
      }
    }
    return type.getCharset().decode(text.limit(end)).toString();
  }

  /** Strings in heaps of the file; together they may be no longer than the file. */
  private List<String> variableLength(
      String name, ByteBuffer values, int count, VariableLength type) {
    Charset charset = type.getEncoding();
    Map<Long, GlobalHeap> heaps = new HashMap<>();
    List<String> texts = new ArrayList<>();
    long read = 0;
    for (int index = 0; index < count; index++) {
      long length = values.getInt() & 0xFFFFFFFFL;
      long address = storage.getSizeOfOffsets() == 8 ? values.getLong() : values.getInt();
      int object = values.getInt();
      if (object == 0) {
        texts.add("");
        continue;
      }
      GlobalHeap heap =
          storage.bounded(
              "attribute " + name,
              () -> heaps.computeIfAbsent(address, at -> new GlobalHeap(storage, at)));
      ByteBuffer text = heap.getObjectData(object);
      text.limit((int) Math.min(text.limit(), length));
      read += text.remaining();
      if (read > bytes) {
        throw new InvalidInputException(
            file,
            "attribute " + name,
            "strings that fit in " + bytes + " bytes",
            "more, one string many times",
            DAMAGED);
      }
      String decoded = charset.decode(text).toString();
      int end = decoded.indexOf('\0');
      texts.add(end < 0 ? decoded : decoded.substring(0, end));
    }
    return texts;
  }

  /** Checks a number of strings before they are read. */
  void checkCount(String name, long count) {
    if (count > limits.texts() || count > bytes) {
      throw new InvalidInputException(
          file,
          "attribute " + name,
          "at most %s strings in a file of %s bytes"
              .formatted(Math.min(limits.texts(), bytes), bytes),
          "a stated number of " + count,
          DAMAGED);
    }
  }
}
