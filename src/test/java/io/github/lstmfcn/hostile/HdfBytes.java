package io.github.lstmfcn.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** HDF5 written byte by byte, with whatever sizes and addresses a test wants. */
final class HdfBytes {
  static final long UNDEFINED = -1;
  private static final int SUPERBLOCK = 96;

  private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();

  HdfBytes() {
    blocks.writeBytes(new byte[SUPERBLOCK]);
  }

  /** Appends a block. */
  long add(byte[] block) {
    blocks.writeBytes(new byte[-blocks.size() & 7]);
    long address = blocks.size();
    blocks.writeBytes(block);
    return address;
  }

  /** Makes room for a block whose content refers to addresses that are not known yet. */
  long room(int bytes) {
    return add(new byte[bytes]);
  }

  /** Fills room. */
  void put(long address, byte[] block) {
    byte[] now = blocks.toByteArray();
    System.arraycopy(block, 0, now, (int) address, block.length);
    blocks.reset();
    blocks.writeBytes(now);
  }

  /** The file with a superblock of version 0. */
  byte[] file(long root) {
    byte[] file = blocks.toByteArray();
    ByteBuffer superblock = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    superblock.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    superblock.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0}).putShort((short) 4).putShort((short) 16);
    superblock.putInt(0).putLong(0).putLong(UNDEFINED).putLong(file.length).putLong(UNDEFINED);
    superblock.putLong(0).putLong(root);
    return file;
  }

  /** Bytes of numbers: a Byte, Short, Integer or Long each, text, or bytes. */
  static byte[] bytes(Object... values) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object value : values) {
      ByteBuffer one = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      if (value instanceof Byte number) {
        all.write(number);
      } else if (value instanceof Short number) {
        all.write(one.putShort(number).array(), 0, 2);
      } else if (value instanceof Integer number) {
        all.write(one.putInt(number).array(), 0, 4);
      } else if (value instanceof Long number) {
        all.write(one.putLong(number).array(), 0, 8);
      } else if (value instanceof String text) {
        all.writeBytes(text.getBytes(US_ASCII));
      } else {
        all.writeBytes((byte[]) value);
      }
    }
    return all.toByteArray();
  }

  static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + (-bytes.length & 7));
  }

  static byte[] message(int type, byte[] data) {
    byte[] padded = padded(data);
    return bytes((short) type, (short) padded.length, 0, padded);
  }

  /** An object header of version 1. */
  static byte[] header(List<byte[]> messages) {
    byte[] all = bytes(messages.toArray());
    return bytes((byte) 1, (byte) 0, (short) messages.size(), 1, all.length, 0, all);
  }

  static byte[] header(byte[]... messages) {
    return header(List.of(messages));
  }

  static byte[] linkInfo() {
    return message(2, bytes((byte) 0, (byte) 0, UNDEFINED, UNDEFINED));
  }

  static byte[] link(String name, long address) {
    return message(6, bytes((byte) 1, (byte) 0, (byte) name.length(), name, address));
  }

  static byte[] softLink(String name, String target) {
    return message(
        6,
        bytes(
            (byte) 1,
            (byte) 8,
            (byte) 1,
            (byte) name.length(),
            name,
            (short) target.length(),
            target));
  }

  static byte[] group(byte[]... links) {
    byte[][] messages = new byte[links.length + 1][];
    messages[0] = linkInfo();
    System.arraycopy(links, 0, messages, 1, links.length);
    return header(messages);
  }

  static byte[] space(long... dimensions) {
    byte[] sizes = new byte[0];
    for (long dimension : dimensions) {
      sizes = bytes(sizes, dimension);
    }
    return bytes((byte) 1, (byte) dimensions.length, (short) 0, 0, sizes);
  }

  /** Float32, little-endian. */
  static byte[] float32() {
    return bytes(0x1f2011, 4, (short) 0, (short) 32, (byte) 23, (byte) 8, (byte) 0, (byte) 23, 127);
  }

  static byte[] text(int size) {
    return bytes(0x13, size);
  }

  /** Strings of variable length. */
  static byte[] variableText() {
    return bytes(0x119, 16, text(1));
  }

  static byte[] attribute(String name, byte[] type, byte[] space, byte[] data) {
    byte[] ended = bytes(name, (byte) 0);
    return message(
        12,
        bytes(
            (byte) 1,
            (byte) 0,
            (short) ended.length,
            (short) type.length,
            (short) space.length,
            padded(ended),
            padded(type),
            padded(space),
            data));
  }

  static byte[] contiguous(long address, long size) {
    return message(8, bytes((byte) 3, (byte) 1, address, size));
  }

  static byte[] chunked(long tree, int... dimensionsAndElement) {
    byte[] sizes = new byte[0];
    for (int size : dimensionsAndElement) {
      sizes = bytes(sizes, size);
    }
    return message(8, bytes((byte) 3, (byte) 2, (byte) dimensionsAndElement.length, tree, sizes));
  }

  static byte[] dataset(byte[] space, byte[] layout, byte[]... more) {
    byte[][] messages = new byte[more.length + 3][];
    messages[0] = message(1, space);
    messages[1] = message(3, float32());
    messages[2] = layout;
    System.arraycopy(more, 0, messages, 3, more.length);
    return header(messages);
  }

  /** A leaf of the tree of one chunk. */
  static byte[] chunkTree(int rank, int size, long address) {
    byte[] key = bytes(size, 0, new byte[8 * (rank + 1)]);
    return bytes("TREE", (byte) 1, (byte) 0, (short) 1, UNDEFINED, UNDEFINED, key, address, key);
  }

  static byte[] filters(int... idsAndValueCounts) {
    byte[] all = bytes((byte) 1, (byte) (idsAndValueCounts.length / 2), (short) 0, 0);
    for (int at = 0; at < idsAndValueCounts.length; at += 2) {
      int values = idsAndValueCounts[at + 1];
      all =
          bytes(
              all,
              (short) idsAndValueCounts[at],
              (short) 0,
              (short) 1,
              (short) values,
              new byte[4 * (values + values % 2)]);
    }
    return message(11, all);
  }

  /** A file of the layout of Keras 3 with one array {@code layers/dense/vars/0}. */
  byte[] withArray(byte[] dataset) {
    long array = add(dataset);
    long vars = add(group(link("0", array)));
    long dense = add(group(link("vars", vars)));
    long layers = add(group(link("dense", dense)));
    return file(add(group(link("layers", layers))));
  }
}
