package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.UnpackedSize;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** Opens a text file: decompresses it, skips a byte order mark, refuses binary data. */
public final class TextFile {
  private static final int BUFFER = 1 << 16;
  private static final int PEEKED = 4096;

  private TextFile() {}

  /**
   * Opens a text file.
   *
   * @param file the file
   * @return its text, which the caller closes
   * @throws IOException if the file cannot be read
   * @throws InvalidInputException if the file is a folder or not text
   */
  public static BufferedReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file, "", "a file", "a folder", "name a file in it");
    }
    InputStream bytes = Files.newInputStream(file);
    try {
      InputStream plain =
          isZipped(file) ? UnpackedSize.OF_DATA.unzip(bytes, Files.size(file), file) : bytes;
      BufferedInputStream buffered = new BufferedInputStream(plain, BUFFER);
      Charset charset = charset(buffered, file);
      return new BufferedReader(new InputStreamReader(buffered, charset), BUFFER);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static boolean isZipped(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** Skips the byte order mark and returns the charset that it stands for. */
  private static Charset charset(BufferedInputStream bytes, Path file) throws IOException {
    bytes.mark(PEEKED);
    byte[] head = bytes.readNBytes(PEEKED);
    bytes.reset();
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      bytes.skipNBytes(2);
      return StandardCharsets.UTF_16BE;
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      throw new InvalidInputException(
          file, "", "text", "gzip data", "give the file's name the ending .gz");
    }
    if (startsWith(head, 'P', 'K', 3, 4)) {
      throw new InvalidInputException(
          file, "", "text", "a ZIP archive", "unpack it; arrays of NumPy are named .npz");
    }
    refuseControlCharacters(head, file);
    return StandardCharsets.UTF_8;
  }

  private static void refuseControlCharacters(byte[] head, Path file) {
    for (int i = 0; i < head.length; i++) {
      if (head[i] >= 0 && head[i] < ' ' && "\t\n\r\f".indexOf(head[i]) < 0) {
        String found =
            String.format(Locale.ROOT, "binary data (byte 0x%02x at offset %d)", head[i], i);
        throw new InvalidInputException(file, "", "text", found, "");
      }
    }
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static String whole(Path file) {
    return isZipped(file) ? "a complete gzip file" : "a complete file";
  }

  /**
   * The exception for a file that does not fit in memory.
   *
   * @param file the file
   * @param error the error that ended its reading
   * @return the exception
   */
  public static InvalidInputException tooLarge(Path file, OutOfMemoryError error) {
    return new InvalidInputException(
        file,
        "",
        "a file that fits in the memory of Java, "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB",
        "a larger one",
        "LSTMFCN_JAVA_OPTIONS=-Xmx8g allows 8 GiB",
        error);
  }

  /**
   * The exception for a file that could not be read.
   *
   * @param file the file
   * @param e what reading it threw
   * @return the exception with a reason for the user
   */
  public static InvalidInputException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new InvalidInputException(file, "", "a file", "nothing of that name", "", e);
    }
    if (e instanceof AccessDeniedException) {
      return new InvalidInputException(
          file, "", "a readable file", "one that may not be read", "check its permissions", e);
    }
    if (e instanceof EOFException) {
      return new InvalidInputException(
          file, "", whole(file), "one that ends early", "copy it again", e);
    }
    if (e instanceof ZipException) {
      return new InvalidInputException(
          file, "", "gzip data", e.getMessage(), "a plain file's name must not end in .gz", e);
    }
    String reason = String.valueOf(e.getMessage());
    return new InvalidInputException(
        file, "", "a readable file", "one that is not: " + reason, "", e);
  }
}
