package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The filters of a dataset's chunks. No step of decoding makes more bytes than a chunk has, however
 * many are claimed or packed.
 */
final class HdfFilters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER = 3;
  private static final int LZF = 32000;

  /** What files of the wild have, for messages. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          4, "szip",
          5, "n-bit",
          6, "scale-offset",
          307, "bzip2",
          32001, "Blosc",
          32004, "LZ4",
          32008, "bitshuffle",
          32013, "ZFP",
          32015, "Zstandard");

  private static final int CHECKSUM_BYTES = 4;

  private final Path file;
  private final String place;
  private final List<FilterInfo> filters;

  /**
   * Creates the filters.
   *
   * @throws InvalidInputException if one of them is not known, or there are more than can be
   */
  HdfFilters(Path file, String place, List<FilterInfo> filters, int most) {
    this.file = file;
    this.place = place;
    this.filters = filters;
    if (filters.size() > most) {
      throw error("at most " + most + " filters", filters.size() + "", "the file is damaged");
    }
    for (FilterInfo filter : filters) {
      int id = filter.getId();
      if (id != DEFLATE && id != SHUFFLE && id != FLETCHER && id != LZF) {
        throw error(
            "an array without compression, or with gzip or LZF",
            "the filter " + NAMES.getOrDefault(id, "of number") + " (" + id + ")",
            "save the weights without compression");
      }
    }
  }

  private InvalidInputException error(String expected, String found, String remedy) {
    return new InvalidInputException(file, place, expected, found, remedy);
  }

  /**
   * Decodes a chunk.
   *
   * @param mask the filters that were left out for this chunk, by their index
   * @param size the number of bytes of the chunk
   * @throws InvalidInputException if it decodes to more or fewer bytes
   */
  byte[] decode(ByteBuffer packed, BitSet mask, int size) {
    byte[] bytes = new byte[packed.remaining()];
    packed.get(bytes);
    for (int index = filters.size() - 1; index >= 0; index--) {
      if (mask == null || !mask.get(index)) {
        bytes = decode(bytes, filters.get(index), size + filters.size() * CHECKSUM_BYTES);
      }
    }
    if (bytes.length != size) {
      throw notThatMany(size);
    }
    return bytes;
  }

  private InvalidInputException notThatMany(int size) {
    return error(
        "a chunk of " + size + " bytes", "more or fewer behind its filters", "the file is damaged");
  }

  private byte[] decode(byte[] bytes, FilterInfo filter, int most) {
    return switch (filter.getId()) {
      case DEFLATE -> inflated(bytes, most);
      case SHUFFLE -> unshuffled(bytes, filter.getData());
      case FLETCHER -> checked(bytes);
      default -> lzf(bytes, filter.getData(), most);
    };
  }

  private byte[] inflated(byte[] bytes, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      byte[] plain = new byte[most];
      int length = 0;
      while (!inflater.finished()) {
        int read = length == most ? 0 : inflater.inflate(plain, length, most - length);
        length += read;
        if (read == 0 && !inflater.finished()) {
          // Either there is room left and nothing to fill it, or there is more than room.
          throw notThatMany(most);
        }
      }
      return Arrays.copyOf(plain, length);
    } catch (DataFormatException damage) {
      throw new InvalidInputException(
          file, place, "gzip data", "other bytes", "the file is damaged", damage);
    } finally {
      inflater.end();
    }
  }

  private byte[] unshuffled(byte[] bytes, int[] parameters) {
    if (parameters.length < 1 || parameters[0] < 1) {
      throw error("a shuffle of elements of some bytes", "none", "the file is damaged");
    }
    return new ByteShuffleFilter().decode(bytes, parameters);
  }

  private byte[] lzf(byte[] bytes, int[] parameters, int most) {
    int size = parameters.length < 3 ? -1 : parameters[2];
    if (size < 0 || size > most) {
      throw notThatMany(most);
    }
    try {
      return new LzfFilter().decode(bytes, parameters);
    } catch (HdfException | IndexOutOfBoundsException damage) {
      throw new InvalidInputException(
          file, place, "LZF data", "other bytes", "the file is damaged", damage);
    }
  }

  /** The bytes in front of their Fletcher checksum. */
  private byte[] checked(byte[] bytes) {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw error("a checksum", "none", "the file is damaged");
    }
    long first = 0;
    long second = 0;
    for (int at = 0; at < length; at += 2) {
      int low = at + 1 < length ? bytes[at + 1] & 0xFF : 0;
      first = (first + ((bytes[at] & 0xFF) << 8 | low)) % 0xFFFF;
      second = (second + first) % 0xFFFF;
    }
    long stated = 0;
    for (int index = CHECKSUM_BYTES - 1; index >= 0; index--) {
      stated = stated << 8 | (bytes[length + index] & 0xFF);
    }
    // The sums are modulo 65535, where 0 and 65535 are one.
    if ((stated & 0xFFFF) % 0xFFFF != first || (stated >> 16) % 0xFFFF != second) {
      throw error("a chunk of its checksum", "another checksum", "the file is damaged");
    }
    return Arrays.copyOf(bytes, length);
  }
}
