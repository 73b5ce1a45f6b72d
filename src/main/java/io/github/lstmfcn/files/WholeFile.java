package io.github.lstmfcn.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that are held in memory as a whole: documents, logs, tables of results, checkpoints.
 * A device without an end, a pipe without a writer and a file of gigabytes are refused before they
 * are read.
 */
public final class WholeFile {
  /** The number of bytes of a document, whose values take many times its size in memory. */
  public static final int MOST_OF_DOCUMENT = 16 << 20;

  /** The number of bytes of a log or table, of which one line at a time is parsed. */
  public static final int MOST_OF_LINES = 64 << 20;

  private WholeFile() {}

  /**
   * Reads a text file.
   *
   * @param file the file
   * @param most the number of bytes that it may have
   * @return its text
   * @throws IOException if it does not exist, is no regular file, has more bytes or is not UTF-8;
   *     the reason is in words for a message
   */
  public static String text(Path file, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(file, most));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  /**
   * Reads the bytes of a file.
   *
   * @param file the file
   * @param most the number of bytes that it may have
   * @return its bytes
   * @throws IOException if it does not exist, is no regular file or has more bytes; the reason is
   *     in words for a message
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw refused(file, Files.isDirectory(file) ? "a folder" : "a pipe or device");
    }
    boolean larger = Files.size(file) > most;
    if (!larger) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(most + 1); // it may grow while it is read
        larger = bytes.length > most;
        if (!larger) {
          return bytes;
        }
      }
    }
    throw refused(file, "more than " + (most >> 20) + " MiB");
  }

  private static FileSystemException refused(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
