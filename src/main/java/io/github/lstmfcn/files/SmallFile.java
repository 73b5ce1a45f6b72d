package io.github.lstmfcn.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that are small by nature and read as a whole: documents, logs, tables of results. */
public final class SmallFile {

  private SmallFile() {}

  /**
   * Reads a text file.
   *
   * @param file the file
   * @param mostBytes the number of bytes that it may have
   * @return its text
   * @throws IOException if it does not exist, is no regular file, has more bytes or is not UTF-8;
   *     the reason is in words for a message
   */
  public static String text(Path file, int mostBytes) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "no regular file"); // a pipe never ends
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(mostBytes + 1);
    }
    if (bytes.length > mostBytes) {
      throw new FileSystemException(
          file.toString(), null, "more than " + (mostBytes >> 20) + " MiB");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
