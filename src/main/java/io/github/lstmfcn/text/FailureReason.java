package io.github.lstmfcn.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reason of a failure in words for a message, without class names. */
public final class FailureReason {
  /** {@code name (Permission denied)}, as the older file streams word it. */
  private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)");

  private FailureReason() {}

  /**
   * The reason of a failure. Exceptions of libraries are unwrapped down to the one of the operating
   * system.
   *
   * @param failure any exception
   * @return the reason, to follow "found"
   */
  public static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof FileSystemException)) {
      root = root.getCause();
    }
    if (root instanceof FileSystemException system) {
      return ofSystem(system);
    }
    if (root instanceof JsonProcessingException json) {
      return ofJson(json);
    }
    if (root instanceof ClosedByInterruptException) {
      return "an interruption of its thread";
    }
    if (root instanceof CharacterCodingException) {
      return "bytes that are not UTF-8 text";
    }
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return "a failure without a reason";
    }
    Matcher inBrackets = IN_BRACKETS.matcher(message);
    return inBrackets.matches() ? inBrackets.group(1) : message;
  }

  /**
   * The reason why a file or folder could not be created; "no such file" would be no reason for
   * that.
   *
   * @param failure the exception that creating it threw
   * @return the reason, to follow "found"
   */
  public static String ofCreating(Throwable failure) {
    return failure instanceof NoSuchFileException
        ? "a place where nothing can be made"
        : of(failure);
  }

  private static String ofJson(JsonProcessingException damage) {
    JsonLocation location = damage.getLocation();
    return location == null
        ? "no JSON"
        : "no JSON at line %s, column %s".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String ofSystem(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "nothing of that name";
    }
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file of that name";
    }
    if (failure instanceof NotDirectoryException) {
      return "a file in place of a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "a folder that is not empty";
    }
    return failure.getReason() == null ? "a refusal of the file system" : failure.getReason();
  }
}
