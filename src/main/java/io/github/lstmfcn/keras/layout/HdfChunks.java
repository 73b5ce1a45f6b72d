package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ChunkIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The chunks of a dataset: an array is cut into boxes of one shape, each of which is stored by
 * itself and has passed through filters. Unlike jhdf's own reading, this obeys the filters that
 * were left out for a chunk, and refuses an array of which chunks are missing.
 */
final class HdfChunks {
  private final Path file;
  private final String place;
  private final HdfStorage storage;
  private final long[] shape;
  private final int[] chunk;
  private final long[] perAxis;
  private final int elementBytes;

  /**
   * Creates the chunks, of which nothing is read.
   *
   * @param shape the shape of the array
   * @param most the number of chunks that there can be
   * @throws InvalidInputException if the stated shape of a chunk is no shape
   */
  HdfChunks(
      Path file,
      String place,
      HdfStorage storage,
      DataLayoutMessage layout,
      long[] shape,
      int elementBytes,
      int most) {
    this.file = file;
    this.place = place;
    this.storage = storage;
    this.shape = shape;
    this.elementBytes = elementBytes;
    chunk = chunkShape(layout);
    if (chunk.length != shape.length || Arrays.stream(chunk).anyMatch(size -> size < 1)) {
      throw damaged("chunks of " + shape.length + " dimensions", "chunks of " + chunkText());
    }
    perAxis = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      perAxis[axis] = (shape[axis] + chunk[axis] - 1) / chunk[axis];
    }
    if (HdfArrays.bytes(perAxis, 1) > most) {
      throw damaged(
          "at most " + most + " chunks", "an array in " + HdfArrays.bytes(perAxis, 1) + " chunks");
    }
  }

  private static int[] chunkShape(DataLayoutMessage layout) {
    if (layout instanceof ChunkedDataLayoutMessage old) {
      return old.getChunkDimensions();
    }
    int[] dimensions = ((ChunkedDataLayoutMessageV4) layout).getChunkDimensions();
    return Arrays.copyOf(dimensions, Math.max(0, dimensions.length - 1)); // the last: element size
  }

  /** The shape of a chunk for people. */
  String chunkText() {
    return Arrays.toString(chunk);
  }

  /** The number of bytes of all chunks, which may stand out over the end of the array. */
  long bytes() {
    return HdfArrays.product(HdfArrays.bytes(perAxis, 1), chunkBytes());
  }

  private long chunkBytes() {
    return HdfArrays.bytes(Arrays.stream(chunk).asLongStream().toArray(), elementBytes);
  }

  private InvalidInputException damaged(String expected, String found) {
    return new InvalidInputException(file, place, expected, found, "the file is damaged");
  }

  /**
   * Reads the array.
   *
   * @throws InvalidInputException if a chunk is missing, or is not of its size
   */
  ByteBuffer read(DataLayoutMessage layout, HdfFilters filters) {
    byte[] all = new byte[(int) HdfArrays.bytes(shape, elementBytes)];
    boolean[] filled = new boolean[(int) HdfArrays.bytes(perAxis, 1)];
    DatasetInfo info = new DatasetInfo((int) chunkBytes(), shape, chunk);
    Collection<Chunk> chunks =
        storage.bounded(place, () -> List.copyOf(index(layout, info, filled.length)));
    for (Chunk part : chunks) {
      int index = indexOf(part);
      if (filled[index]) {
        throw damaged("each chunk once", "one twice");
      }
      filled[index] = true;
      ByteBuffer packed =
          storage.bounded(place, () -> storage.map(part.getAddress(), part.getSize()));
      copy(filters.decode(packed, part.getFilterMask(), (int) chunkBytes()), part, all);
    }
    for (boolean there : filled) {
      if (!there) {
        throw damaged("all " + filled.length + " chunks of the array", "a chunk without data");
      }
    }
    return ByteBuffer.wrap(all);
  }

  private Collection<Chunk> index(DataLayoutMessage layout, DatasetInfo info, int most) {
    if (layout instanceof ChunkedDataLayoutMessage old) {
      return old.getBTreeAddress() == HdfSource.UNDEFINED
          ? List.of()
          : BTreeV1.createDataBTree(storage, old.getBTreeAddress(), shape.length).getChunks();
    }
    ChunkedDataLayoutMessageV4 latest = (ChunkedDataLayoutMessageV4) layout;
    long address = latest.getAddress();
    if (address == HdfSource.UNDEFINED) {
      return List.of();
    }
    int type = latest.getIndexingType();
    if (type >= ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX) {
      storage.checkEntries(address, place, most);
    }
    ChunkIndex index =
        switch (type) {
          case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX -> new SingleChunkIndex(latest, info);
          case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> new ImplicitChunkIndex(address, info);
          case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX ->
              new FixedArrayIndex(storage, address, info);
          case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX ->
              new ExtensibleArrayIndex(storage, address, info);
          case ChunkedDataLayoutMessageV4.B_TREE_V2_INDEX -> new BTreeIndex(storage, address, info);
          default -> throw new HdfException("an unknown index of chunks");
        };
    return index.getAllChunks().stream()
        .filter(part -> part.getAddress() != HdfSource.UNDEFINED)
        .toList();
  }

  /** The number of a chunk in row-major order. */
  private int indexOf(Chunk part) {
    long[] offset = part.getChunkOffset();
    long index = 0;
    for (int axis = 0; axis < chunk.length; axis++) {
      long at = axis < offset.length ? offset[axis] : -1;
      if (at < 0 || at % chunk[axis] != 0 || at / chunk[axis] >= perAxis[axis]) {
        throw damaged("chunks within the array", "one at " + Arrays.toString(offset));
      }
      index = index * perAxis[axis] + at / chunk[axis];
    }
    return (int) index;
  }

  /** Copies the part of a chunk that lies within the array, row by row of its last axis. */
  private void copy(byte[] values, Chunk part, byte[] all) {
    long[] offset = part.getChunkOffset();
    int last = shape.length - 1;
    int row = chunk[last] * elementBytes;
    int width = (int) Math.min(chunk[last], shape[last] - offset[last]) * elementBytes;
    int[] at = new int[last];
    for (int from = 0; from < values.length; from += row) {
      long to = 0;
      boolean within = true;
      for (int axis = 0; axis < last; axis++) {
        within &= offset[axis] + at[axis] < shape[axis];
        to = to * shape[axis] + offset[axis] + at[axis];
      }
      if (within) {
        long start = (to * shape[last] + offset[last]) * elementBytes;
        System.arraycopy(values, from, all, (int) start, width);
      }
      for (int axis = last - 1; axis >= 0 && ++at[axis] == chunk[axis]; axis--) {
        at[axis] = 0;
      }
    }
  }
}
