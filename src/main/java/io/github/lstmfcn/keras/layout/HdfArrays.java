package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.ObjectHeader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the floating-point arrays of an HDF5 file. The size that a header states is checked against
 * the file before anything is allocated, and so is the sum of all arrays.
 */
final class HdfArrays {
  static final String FLOATS = "weights in float16, float32 or float64";
  private static final String FLOAT32 = "save the model with float32 weights";
  private static final String DAMAGED = "the file is damaged";

  private final Path file;
  private final HdfStorage storage;
  private final HdfLimits limits;
  private final Map<Long, KerasArray> known = new HashMap<>();
  private long allBytes;

  HdfArrays(Path file, HdfStorage storage, HdfLimits limits) {
    this.file = file;
    this.storage = storage;
    this.limits = limits;
  }

  /**
   * Reads a dataset.
   *
   * @param name the name of the array
   * @throws InvalidInputException if it is not of floating-point numbers in the range of float32,
   *     or larger than the file can hold
   */
  KerasArray read(ObjectHeader header, String place, String name) {
    KerasArray array = known.get(header.getAddress());
    if (array == null) {
      array = new KerasArray(name, shape(header), values(header, place));
      known.put(header.getAddress(), array);
    }
    return new KerasArray(name, array.shape(), array.values());
  }

  private static int[] shape(ObjectHeader header) {
    return Arrays.stream(space(header).getDimensionsAsLong())
        .mapToInt(dimension -> (int) Math.min(dimension & Long.MAX_VALUE, Integer.MAX_VALUE))
        .toArray();
  }

  private static DataSpace space(ObjectHeader header) {
    return header.getMessageOfType(DataSpaceMessage.class).getDataSpace();
  }

  private float[] values(ObjectHeader header, String place) {
    FloatingPoint type = type(header, place);
    DataLayoutMessage layout = header.getMessageOfType(DataLayoutMessage.class);
    long[] shape = space(header).getDimensionsAsLong();
    long stated = bytes(shape, type.getSize());
    long limit =
        layout instanceof ChunkedDataLayoutMessage || layout instanceof ChunkedDataLayoutMessageV4
            ? limits.arrayBytes(storage.size())
            : storage.size();
    checkBytes(place, stated, limit, "shape of " + Arrays.toString(shape));
    ByteBuffer data = data(header, layout, type, place);
    if (data.remaining() < stated) {
      throw damaged(place, stated + " bytes", data.remaining() + "");
    }
    return floats(data.order(type.getByteOrder()), (int) (stated / type.getSize()), type, place);
  }

  private void checkBytes(String place, long stated, long limit, String found) {
    allBytes = stated > limit ? allBytes : allBytes + stated;
    if (stated > limit || allBytes > limits.arrayBytes(storage.size())) {
      throw new InvalidInputException(
          file,
          place,
          stated > limit
              ? "an array that fits in " + storage.size() + " bytes"
              : "arrays that fit together in " + storage.size() + " bytes",
          "a stated " + found,
          DAMAGED);
    }
  }

  private InvalidInputException damaged(String place, String expected, String found) {
    return new InvalidInputException(file, place, expected, found, DAMAGED);
  }

  /** The type of the elements, which can be read exactly or nearly so. */
  private FloatingPoint type(ObjectHeader header, String place) {
    DataType found = header.getMessageOfType(DataTypeMessage.class).getDataType();
    if (space(header).getType() == 2) {
      throw new InvalidInputException(file, place, "floating-point weights", "no data", "");
    }
    if (!(found instanceof FloatingPoint type)) {
      throw new InvalidInputException(file, place, "floating-point weights", kind(found), "");
    }
    if (type.getSize() == 2 && type.getExponentSize() == 8) {
      throw new InvalidInputException(file, place, FLOATS, "bfloat16", FLOAT32);
    }
    if (!isIeee(type)) {
      throw new InvalidInputException(
          file,
          place,
          FLOATS,
          "a floating-point type of %s bits, %s of them exponent"
              .formatted(type.getBitPrecision(), type.getExponentSize()),
          FLOAT32);
    }
    return type;
  }

  /** The kind of elements, for messages. */
  static String kind(DataType type) {
    if (type instanceof FloatingPoint) {
      return "floating-point numbers";
    }
    if (type instanceof FixedPoint) {
      return "whole numbers";
    }
    return type instanceof StringData || type instanceof VariableLength
        ? "text"
        : "elements of the class " + type.getDataClass() + " of HDF5";
  }

  /** Whether a type is one of IEEE 754, of 2, 4 or 8 bytes. */
  private static boolean isIeee(FloatingPoint type) {
    int exponent = type.getSize() == 2 ? 5 : type.getSize() == 4 ? 8 : 11;
    int bits = 8 * type.getSize();
    return (type.getSize() == 2 || type.getSize() == 4 || type.getSize() == 8)
        && type.getBitOffset() == 0
        && type.getBitPrecision() == bits
        && type.getExponentSize() == exponent
        && type.getMantissaSize() == bits - 1 - exponent
        && type.getMantissaLocation() == 0
        && type.getExponentLocation() == bits - 1 - exponent
        && type.getSignLocation() == bits - 1
        && type.getExponentBias() == (1 << (exponent - 1)) - 1;
  }

  private ByteBuffer data(
      ObjectHeader header, DataLayoutMessage layout, FloatingPoint type, String place) {
    if (layout instanceof CompactDataLayoutMessage compact) {
      return compact.getDataBuffer().duplicate().rewind();
    }
    if (layout instanceof ContiguousDataLayoutMessage contiguous) {
      if (contiguous.getAddress() == HdfSource.UNDEFINED) {
        throw new InvalidInputException(file, place, "floating-point weights", "no data", "");
      }
      long size = bytes(space(header).getDimensionsAsLong(), type.getSize());
      return storage.bounded(place, () -> storage.map(contiguous.getAddress(), size));
    }
    return chunked(header, layout, type, place);
  }

  private ByteBuffer chunked(
      ObjectHeader header, DataLayoutMessage layout, FloatingPoint type, String place) {
    HdfChunks chunks =
        new HdfChunks(
            file,
            place,
            storage,
            layout,
            space(header).getDimensionsAsLong(),
            type.getSize(),
            limits.chunks());
    checkBytes(
        place,
        chunks.bytes(),
        limits.arrayBytes(storage.size()),
        "array in chunks of " + chunks.chunkText());
    List<FilterInfo> filters =
        header.hasMessageOfType(FilterPipelineMessage.class)
            ? header.getMessageOfType(FilterPipelineMessage.class).getFilters()
            : List.of();
    return chunks.read(layout, new HdfFilters(file, place, filters, limits.filters()));
  }

  private float[] floats(ByteBuffer data, int count, FloatingPoint type, String place) {
    ByteOrder order = data.order();
    float[] values = new float[count];
    if (type.getSize() == 4) {
      data.asFloatBuffer().get(values);
      return values;
    }
    for (int index = 0; index < count; index++) {
      if (type.getSize() == 2) {
        values[index] = FloatingPoint.toFloat(data.order(order).getShort());
        continue;
      }
      double value = data.getDouble();
      values[index] = (float) value;
      if (Float.isInfinite(values[index]) && !Double.isInfinite(value)) {
        throw new InvalidInputException(
            file,
            place,
            "weights in the range of float32",
            value + " as element " + (index + 1),
            FLOAT32);
      }
    }
    return values;
  }

  /** The number of bytes of an array; saturated, as {@link #product}. */
  static long bytes(long[] shape, int size) {
    long bytes = size;
    for (long dimension : shape) {
      bytes = product(bytes, dimension);
    }
    return bytes;
  }

  /** The product of two sizes; the largest number if it is larger than that, or one is negative. */
  static long product(long a, long b) {
    return a < 0 || b < 0 || (b != 0 && a > Long.MAX_VALUE / b) ? Long.MAX_VALUE : a * b;
  }
}
