package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The bytes of an HDF5 file in memory, from its signature on, as jhdf reads them: no claimed size
 * is allocated, and the blocks that one step of reading takes are counted, so that blocks that
 * refer to each other in a circle come to an end.
 */
final class HdfStorage implements HdfBackingStorage {
  private final Path file;
  private final ByteBuffer content;
  private final Superblock superblock;
  private final int mostReads;
  private int readsLeft;
  private long takenBytes;

  /**
   * Creates the storage.
   *
   * @param content the bytes from the signature on
   * @param mostReads the blocks that one step may read
   */
  HdfStorage(Path file, ByteBuffer content, Superblock superblock, int mostReads) {
    this.file = file;
    this.content = content;
    this.superblock = superblock;
    this.mostReads = mostReads;
  }

  /**
   * Runs a step of reading.
   *
   * @param place the place in the file, for messages
   * @throws InvalidInputException if it reads too many blocks, or the file uses what jhdf does not
   *     read
   */
  <T> T bounded(String place, Supplier<T> step) {
    return bounded(place, mostReads, step);
  }

  /** As {@link #bounded(String, Supplier)}, with another number of blocks. */
  <T> T bounded(String place, int reads, Supplier<T> step) {
    readsLeft = reads;
    takenBytes = 0;
    try {
      return step.get();
    } catch (RuntimeException failure) {
      throw refusal(place, failure);
    }
  }

  /** The bytes of the blocks that the last step has read. */
  long takenBytes() {
    return takenBytes;
  }

  private RuntimeException refusal(String place, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooManyReads) {
        return new InvalidInputException(
            file,
            place,
            "an HDF5 structure of at most " + mostReads + " blocks",
            "more, or blocks that refer to each other in a circle",
            "the file is damaged");
      }
      if (cause instanceof UnsupportedHdfException && cause.getMessage() != null) {
        return new InvalidInputException(
            file,
            place,
            "HDF5 as Keras writes it",
            "a feature that is not read (" + cause.getMessage() + ")",
            "load the model with Keras and save it again",
            failure);
      }
    }
    return failure;
  }

  /**
   * Checks the number of entries that the header of an index states, for which jhdf makes room
   * before it reads them.
   */
  void checkEntries(long address, String place, int most) {
    int offsets = getSizeOfOffsets();
    int lengths = getSizeOfLengths();
    ByteBuffer header = map(address, 4);
    int at =
        switch (header.getInt()) {
          case 0x44484146 -> 8; // "FAHD", a fixed array
          case 0x44484145 -> 12 + 4 * lengths; // "EAHD", an extensible array
          case 0x44485442 -> 16 + offsets + 2; // "BTHD", a B-tree of version 2
          default -> throw new HdfException("an unknown index");
        };
    ByteBuffer stated = map(address + at, lengths);
    long entries =
        lengths == 8
            ? stated.getLong()
            : lengths == 4 ? stated.getInt() & 0xFFFFFFFFL : stated.getShort() & 0xFFFF;
    if (entries < 0 || entries > most) {
      throw new InvalidInputException(
          file,
          place,
          "at most " + most + " entries",
          "a stated number of " + entries,
          "the file is damaged");
    }
  }

  private static final class TooManyReads extends HdfException {
    private static final long serialVersionUID = 1L;

    TooManyReads() {
      super("too many blocks");
    }
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    return map(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    if (readsLeft-- <= 0) {
      throw new TooManyReads();
    }
    if (address < 0 || length < 0 || address > content.capacity() - length) {
      throw new HdfException("a block beyond the end of the file");
    }
    takenBytes += length;
    return content.slice((int) address, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address, length);
  }

  @Override
  public long getUserBlockSize() {
    return 0;
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new UnsupportedOperationException("the file is in memory");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {}

  @Override
  public long size() {
    return content.capacity();
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}
