package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How many bytes a compressed part of a file may unpack to. The bytes that come out are counted;
 * what a header claims is not asked.
 *
 * @param free the bytes that any part may unpack to
 * @param ratio beyond these, how many times as many bytes as it has
 */
public record UnpackedSize(long free, int ratio) {
  /** Numbers as text or in arrays: even those of steps and plateaus are above this. */
  public static final UnpackedSize OF_DATA = new UnpackedSize(16 << 20, 50);

  /** Weights, which hardly compress unless they are still zeros. */
  public static final UnpackedSize OF_WEIGHTS = new UnpackedSize(16 << 20, 4);

  private static final int BUFFER = 1 << 16;

  /**
   * The largest number of bytes.
   *
   * @param packed the compressed bytes
   */
  public long limit(long packed) {
    return Math.max(free, ratio * packed);
  }

  /**
   * The largest number of bytes of an entry of an archive.
   *
   * @param entry the entry, which may claim to be larger than the archive
   * @param file the archive
   * @throws IOException if the size of the archive cannot be read
   */
  public long limit(ZipEntry entry, Path file) throws IOException {
    return limit(Math.min(entry.getCompressedSize(), Files.size(file)));
  }

  /**
   * The content of an entry of an archive, refused where it exceeds the limit and, once its end is
   * read, if its checksum is not the one that the archive states. Java does not compare it.
   *
   * @param zip the archive
   * @param entry the entry
   * @param file the file of the archive
   * @return the stream, whose reading throws {@link InvalidInputException}
   * @throws IOException if the archive cannot be read
   */
  public InputStream unzip(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    String place = entry.getName();
    InputStream bounded = new Bounded(zip.getInputStream(entry), limit(entry, file), file, place);
    return new Verified(bounded, entry.getCrc(), file, place);
  }

  /**
   * The content of a gzip file, refused where it exceeds the limit.
   *
   * @param raw the bytes of the file
   * @param packed the size of the file
   * @param file the file, for messages
   * @return the stream, whose reading throws {@link InvalidInputException}
   * @throws IOException if it is no gzip file
   */
  public InputStream unzip(InputStream raw, long packed, Path file) throws IOException {
    // Java reads headers byte by byte.
    InputStream buffered = new BufferedInputStream(raw, BUFFER);
    return new Bounded(new GZIPInputStream(buffered, BUFFER), limit(packed), file, "");
  }

  private static final class Verified extends CheckedInputStream {
    private final long stated;
    private final Path file;
    private final String place;

    Verified(InputStream content, long stated, Path file, String place) {
      super(content, new CRC32());
      this.stated = stated;
      this.file = file;
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      return verified(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return verified(super.read(bytes, offset, length));
    }

    private int verified(int read) {
      if (read < 0 && getChecksum().getValue() != stated) {
        throw new InvalidInputException(
            file,
            place,
            "content with the checksum that the archive states",
            "another",
            "the archive is damaged; copy or save it again");
      }
      return read;
    }
  }

  private static final class Bounded extends FilterInputStream {
    private final long limit;
    private final Path file;
    private final String place;
    private long left;
    private InvalidInputException refused;

    Bounded(InputStream plain, long limit, Path file, String place) {
      super(plain);
      this.limit = limit;
      this.file = file;
      this.place = place;
      left = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (refused != null) {
        throw refused; // what threw it is in no state to go on
      }
      int read;
      try {
        read = super.read(bytes, offset, length);
      } catch (StackOverflowError | IndexOutOfBoundsException manyParts) {
        // Java's reader calls itself for each part of a gzip file that is empty, and an overflow
        // can
        // leave its positions wrong before it is seen here.
        refused =
            new InvalidInputException(
                file, place, "gzip data", "thousands of empty parts", "compress it again");
        throw refused;
      }
      count(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(bytes);
      count(skipped);
      return skipped;
    }

    private void count(long read) {
      left -= read;
      if (left < 0) {
        throw new InvalidInputException(
            file,
            place,
            "at most " + limit + " bytes when unpacked",
            "more",
            "if it is really that large, unpack it first");
      }
    }
  }
}
