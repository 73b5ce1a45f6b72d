package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Creates or replaces a folder atomically. The new folder is written beside the old one, forced to
 * disk, and takes its place: by an exchange of the two in one step where the system has one, so
 * that there is a whole folder under the name at any moment; else the old folder is moved aside and
 * the new one into its place, and the next run puts an old one back that a killed process left
 * aside.
 *
 * <p>A folder that is shared with other files stays, and so do these: each new file is written on
 * its own, as {@link AtomicFile} does. So is a folder that is the working directory or the root of
 * a volume, which cannot be exchanged.
 *
 * @param target the folder; if it is a symbolic link, the folder that it leads to is replaced
 * @param replace whether an existing folder that is not empty may be replaced
 * @param kind the kind of folder
 */
public record AtomicFolder(Path target, boolean replace, FolderKind kind) {

  /**
   * Writes the content of a folder and returns a result.
   *
   * @param <T> the type of the result
   */
  @FunctionalInterface
  public interface Content<T> {
    /**
     * Writes the whole folder.
     *
     * @param folder an empty folder
     * @return the result
     * @throws IOException if it cannot be written
     */
    T writeTo(Path folder) throws IOException;
  }

  /**
   * Writes the folder. On failure the target is unchanged; what a killed process has left of it is
   * deleted.
   *
   * @param <T> the type of the result
   * @param content writes the folder
   * @return what the content returned
   * @throws InvalidInputException if the target is not a folder, may not be replaced, or cannot be
   *     written
   */
  public <T> T write(Content<T> content) {
    Path folder = Destination.of(target).path();
    Path fresh = null;
    Path aside = null;
    try {
      WorkingName.sweep(folder);
      check(folder);
      DurableFolder.create(parent(folder));
      fresh = fresh(folder);
      aside = fresh.resolveSibling(fresh.getFileName() + WorkingName.ASIDE);
      T result = content.writeTo(fresh);
      check(folder); // again: writing takes its time
      take(folder, fresh);
      publish(fresh, folder, aside);
      return result;
    } catch (InvalidInputException known) {
      throw inTarget(known, fresh);
    } catch (IOException | RuntimeException failure) {
      String found = FailureReason.ofCreating(failure);
      throw new InvalidInputException(
          target,
          "",
          "a folder that can be written",
          fresh == null ? found : found.replace(fresh.toString(), target.toString()),
          "nothing was changed",
          failure);
    } finally {
      if (fresh != null) {
        putBack(aside, folder);
        delete(fresh);
      }
    }
  }

  private static Path parent(Path folder) throws IOException {
    if (folder.getParent() == null) {
      throw new AccessDeniedException(folder.toString());
    }
    return folder.getParent();
  }

  /** Names the target in place of the folder that is not to be seen. */
  private InvalidInputException inTarget(InvalidInputException known, Path fresh) {
    boolean within = fresh != null && known.source() != null && known.source().startsWith(fresh);
    return within ? known.of(target.resolve(fresh.relativize(known.source()))) : known;
  }

  /**
   * Checks that the folder can be created, or replaced, as far as that can be told before it is
   * written.
   *
   * @throws InvalidInputException if the target is not a folder or may not be replaced
   */
  public void check() {
    try {
      check(Destination.of(target).path());
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          target,
          "",
          "a folder that can be read",
          FailureReason.of(unreadable),
          "name another",
          unreadable);
    }
  }

  private void check(Path folder) throws IOException {
    Destination.Kind found = Destination.of(target).kind();
    if (found != Destination.Kind.NOTHING && found != Destination.Kind.FOLDER) {
      throw new InvalidInputException(
          target,
          "",
          kind.shared() ? "a folder that can be created" : "a folder to write",
          found == Destination.Kind.FILE ? "a file" : "a pipe or device",
          "name another");
    }
    if (found == Destination.Kind.NOTHING || isEmpty(folder)) {
      return;
    }
    Optional<Path> inTheWay = kind.inTheWay(folder);
    if (kind.shared() && inTheWay.isPresent()) {
      Path place = target.resolve(folder.relativize(inTheWay.get()));
      throw new InvalidInputException(
          place, "", "a file to write", "a folder", "name another folder");
    }
    Optional<String> own = kind.own(folder);
    if (kind.shared() && (replace || own.isEmpty())) {
      return;
    }
    if (kind.shared()) {
      throw new InvalidInputException(
          target,
          "",
          "a folder without files of the names to write",
          own.get(),
          "use --force to replace them, or name another folder");
    }
    if (!replace) {
      throw new InvalidInputException(
          target,
          "",
          "a new folder",
          "one that exists and is not empty",
          "use --force to replace it");
    }
    Optional<String> strange = kind.strange(folder);
    if (strange.isPresent()) {
      throw new InvalidInputException(
          target,
          "",
          "a %s to replace".formatted(kind.name()),
          "a folder with other content (" + strange.get() + ")",
          "--force replaces %ss only; name another folder".formatted(kind.name()));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.allMatch(WorkingName::is);
    }
  }

  /** A new folder, beside the target or, if the target stays, within it. */
  private Path fresh(Path folder) throws IOException {
    if (stays(folder)) {
      WorkingName.sweep(folder, folder);
      return Files.createDirectory(WorkingName.in(folder, folder));
    }
    return Files.createDirectory(WorkingName.beside(folder));
  }

  /** Whether the folder stays, and its files are written one by one. */
  private boolean stays(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && (isEmpty(folder)
            ? isFixed(folder)
            : kind.shared() && (isFixed(folder) || kind.strange(folder).isPresent()));
  }

  private static boolean isFixed(Path folder) throws IOException {
    return folder.equals(Path.of("").toRealPath())
        || !Files.isWritable(folder.getParent())
        || !Files.getFileStore(folder).equals(Files.getFileStore(folder.getParent()));
  }

  /** Gives the new folder the permissions of the old one, and forces it to disk. */
  private static void take(Path folder, Path fresh) throws IOException {
    boolean within = fresh.startsWith(folder);
    for (Path path : WorkingName.contents(fresh)) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        DurableFolder.force(path);
      } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        DurableFolder.forceFile(path);
      }
      Path replaced = folder.resolve(fresh.relativize(path));
      if (!within && Files.exists(replaced) && !Files.isSymbolicLink(replaced)) {
        FileRights.copy(replaced, path);
      }
    }
  }

  private void publish(Path fresh, Path folder, Path aside) throws IOException {
    if (fresh.startsWith(folder) || stays(folder)) {
      oneByOne(fresh, folder);
    } else if (!Files.exists(folder) || isEmpty(folder)) {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE); // takes the place of an empty one
    } else if (!FolderExchange.exchange(fresh, folder)) {
      Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    DurableFolder.force(folder);
    DurableFolder.force(folder.getParent());
    delete(aside);
  }

  private void oneByOne(Path fresh, Path folder) throws IOException {
    List<Path> files = new ArrayList<>(WorkingName.contents(fresh));
    Collections.reverse(files); // a folder before its children
    for (Path file : files) {
      Path place = folder.resolve(fresh.relativize(file));
      if (Files.isDirectory(file)) {
        DurableFolder.create(place);
      } else {
        AtomicFile.write(place, replace, temporary -> Files.move(file, temporary));
      }
    }
  }

  private static void putBack(Path aside, Path folder) {
    try {
      if (Files.exists(aside) && !Files.exists(folder)) {
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException stuck) {
      throw new InvalidInputException(
          folder,
          "",
          "the old folder moved back",
          FailureReason.of(stuck),
          "it is in " + aside,
          stuck);
    }
  }

  private static void delete(Path folder) {
    try {
      WorkingName.delete(folder);
    } catch (IOException leftBehind) {
      folder.toFile().deleteOnExit(); // and the next run sweeps it
    }
  }
}
