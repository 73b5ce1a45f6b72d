package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file and what was in it.
 *
 * @param path absolute
 * @param sha256 of its bytes, in hexadecimal
 */
public record DigestedFile(String path, String sha256) {

  /**
   * A file as it is now.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public static DigestedFile of(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return new DigestedFile(
          file.toAbsolutePath().normalize().toString(), HexFormat.of().formatHex(digest.digest()));
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          file, "", "a file that can be read", Reason.of(unreadable), "", unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has SHA-256
    }
  }

  /** Where it lies. */
  public Path file() {
    return Path.of(path);
  }

  /**
   * Makes sure that the file is what it was.
   *
   * @param remedy what to do if it is not
   * @throws InvalidInputException if it is missing or has changed
   */
  public void check(String remedy) {
    if (!of(file()).sha256().equals(sha256)) {
      throw new InvalidInputException(
          file(),
          "",
          "the bytes that the run began with (SHA-256 " + sha256.substring(0, 12) + "…)",
          "others",
          remedy);
    }
  }
}
