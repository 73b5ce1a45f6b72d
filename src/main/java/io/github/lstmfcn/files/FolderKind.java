package io.github.lstmfcn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of folder that a command writes.
 *
 * @param name what a folder of the kind is called, as {@code SavedModel}; empty if it is shared
 * @param files the paths, within the folder and with slashes, of the files that it may have
 * @param required the file that it must have to be of the kind; empty for none
 * @param shared whether the folder may have other files too, which then stay
 */
public record FolderKind(String name, Pattern files, String required, boolean shared) {

  /**
   * A folder that has nothing but its own files.
   *
   * @param name what a folder of the kind is called
   * @param files a regular expression for the paths of the files that it may have
   * @param required the file that it must have
   * @return the kind
   */
  public static FolderKind whole(String name, String files, String required) {
    return new FolderKind(name, Pattern.compile(files), required, false);
  }

  /**
   * A folder that may have other files too.
   *
   * @param files a regular expression for the paths of the files that the command writes
   * @return the kind
   */
  public static FolderKind shared(String files) {
    return new FolderKind("", Pattern.compile(files), "", true);
  }

  /**
   * What keeps a folder from being replaced as a whole: a file that is not of the kind and would be
   * lost. Working files of this program do not count.
   *
   * @param folder the folder
   * @return the first such file, within the folder, or the required one that is missing; empty if
   *     there is none
   * @throws IOException if the folder cannot be read
   */
  Optional<String> strange(Path folder) throws IOException {
    if (!required.isEmpty() && !Files.isRegularFile(folder.resolve(required))) {
      return Optional.of("no " + required);
    }
    return first(
        folder,
        path ->
            !WorkingName.is(path)
                && !(isNamed(folder, path)
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)));
  }

  /**
   * A file of the kind that a folder has.
   *
   * @param folder the folder
   * @return the first such file, within the folder; empty if there is none
   * @throws IOException if the folder cannot be read
   */
  Optional<String> own(Path folder) throws IOException {
    return first(folder, path -> isNamed(folder, path));
  }

  /**
   * A folder that is named as a file of the kind, and thereby in its way.
   *
   * @param folder the folder
   * @return the first such folder; empty if there is none
   * @throws IOException if the folder cannot be read
   */
  Optional<Path> inTheWay(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> isNamed(folder, path))
          .sorted()
          .findFirst();
    }
  }

  private boolean isNamed(Path folder, Path path) {
    return files.matcher(within(folder, path)).matches();
  }

  private static String within(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  private static Optional<String> first(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(wanted)
          .map(path -> within(folder, path))
          .sorted()
          .findFirst();
    }
  }
}
