package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * The place that a path leads to once every symbolic link is followed, also a link to a file that
 * does not exist yet.
 *
 * @param path the absolute path, which is no symbolic link
 * @param kind what is there
 */
record Destination(Path path, Kind kind) {
  /** As many links as Linux follows. */
  private static final int MOST_LINKS = 40;

  /** The open files of a process, as {@code /dev/stdout} leads to. */
  private static final Pattern DESCRIPTORS = Pattern.compile("/proc/\\d+(/task/\\d+)?/fd|/dev/fd");

  /** The type of a file in the mode that Unix gives it. */
  private static final int TYPE = 0170000;

  private static final int PIPE = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;

  /** What there may be at a path. */
  enum Kind {
    NOTHING,
    FILE,
    FOLDER,
    /** A pipe, a character device or an open file of the process: it is written to. */
    STREAM,
    /** A disk, a socket or another thing that must not be written to. */
    OTHER
  }

  /**
   * Follows a path.
   *
   * @param named the path as the user named it
   * @throws InvalidInputException if its links go round in a circle or cannot be read
   */
  static Destination of(Path named) {
    Path path = named.toAbsolutePath();
    try {
      for (int links = 0; links <= MOST_LINKS; links++) {
        path = inRealFolder(path);
        if (!Files.isSymbolicLink(path)) {
          return new Destination(path, kind(path));
        }
        if (isDescriptor(path)) {
          return new Destination(path, Kind.STREAM);
        }
        path = path.resolveSibling(Files.readSymbolicLink(path));
      }
    } catch (NotLinkException changed) {
      // Replaced while it was followed: the refusal below asks to try again.
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          named,
          "",
          "a path that can be followed",
          FailureReason.of(unreadable),
          "name another",
          unreadable);
    }
    throw new InvalidInputException(
        named,
        "",
        "a path that leads to a file or folder",
        "symbolic links that lead to each other",
        "name another");
  }

  /** The path with links in its folder, and {@code ..}, resolved; the last name stays as it is. */
  private static Path inRealFolder(Path path) throws IOException {
    Path name = path.getFileName();
    Path folder = path.getParent();
    if (name == null || folder == null) {
      return path;
    }
    if (name.toString().equals(".") || name.toString().equals("..")) {
      return Files.exists(path) ? path.toRealPath() : path.normalize();
    }
    return Files.isDirectory(folder) ? folder.toRealPath().resolve(name) : path;
  }

  private static boolean isDescriptor(Path path) {
    return path.getParent() != null && DESCRIPTORS.matcher(path.getParent().toString()).matches();
  }

  private static Kind kind(Path path) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException none) {
      return Kind.NOTHING;
    } catch (IOException unreadable) {
      if (path.getParent() != null && !Files.isDirectory(path.getParent())) {
        return Kind.NOTHING; // a name below a file; writing says why
      }
      throw unreadable;
    }
    if (found.isRegularFile()) {
      return Kind.FILE;
    }
    if (found.isDirectory()) {
      return Kind.FOLDER;
    }
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Kind.STREAM;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    boolean takesStreams = (mode & TYPE) == PIPE || (mode & TYPE) == CHARACTER_DEVICE;
    return takesStreams ? Kind.STREAM : Kind.OTHER;
  }
}
