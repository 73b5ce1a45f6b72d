package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file and the digest of its content.
 *
 * @param path the absolute path
 * @param sha256 the SHA-256 of its bytes, in hexadecimal
 */
public record FileDigest(String path, String sha256) {
  private static final int DIGITS = 64;

  /** Refuses a text that is no path, and one that is no digest. */
  public FileDigest {
    if (!isPath(path)) {
      throw new InvalidInputException(null, "path", "the path of a file", path, "");
    }
    boolean digits = sha256.chars().allMatch(digit -> "0123456789abcdef".indexOf(digit) >= 0);
    if (sha256.length() != DIGITS || !digits) {
      throw new InvalidInputException(null, "sha256", DIGITS + " hexadecimal digits", sha256, "");
    }
  }

  /**
   * Computes the digest of a file's present content.
   *
   * @param file the file
   * @return its path and digest
   * @throws InvalidInputException if the file cannot be read
   */
  public static FileDigest of(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return new FileDigest(
          file.toAbsolutePath().normalize().toString(), HexFormat.of().formatHex(digest.digest()));
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          file, "", "a file that can be read", FailureReason.of(unreadable), "", unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has SHA-256
    }
  }

  /** {@return the path of the file} */
  public Path file() {
    return Path.of(path);
  }

  /**
   * Checks that the file has not changed.
   *
   * @param remedy what the user can do if it has changed
   * @throws InvalidInputException if the file is missing or has changed
   */
  public void check(String remedy) {
    if (!of(file()).sha256().equals(sha256)) {
      throw new InvalidInputException(
          file(),
          "",
          "the bytes that the run began with (SHA-256 " + sha256.substring(0, 12) + "…)",
          "a file that has changed since",
          remedy);
    }
  }

  private static boolean isPath(String text) {
    try {
      return !Path.of(text).toString().isEmpty();
    } catch (InvalidPathException none) {
      return false;
    }
  }
}
