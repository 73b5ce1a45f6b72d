package io.github.lstmfcn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of folder that is replaced as a whole.
 *
 * @param name what a folder of the kind is called in messages, as {@code a SavedModel}
 * @param files the paths, within the folder and with slashes, of the files that it may have
 * @param required the file that it must have to be of the kind; empty for none
 */
public record FolderKind(String name, Pattern files, String required) {

  /**
   * A kind without a file that it must have.
   *
   * @param name what a folder of the kind is called in messages
   * @param files a regular expression for the paths of the files that it may have
   * @return the kind
   */
  public static FolderKind of(String name, String files) {
    return new FolderKind(name, Pattern.compile(files), "");
  }

  /**
   * What keeps a folder from being of the kind: a file that is not of it, which would be lost if
   * the folder were replaced. Working files of this program do not count.
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
    List<Path> all = WorkingName.contents(folder);
    return all.stream()
        .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .filter(path -> !WorkingName.is(path))
        .map(path -> folder.relativize(path).toString().replace('\\', '/'))
        .filter(path -> !files.matcher(path).matches())
        .sorted()
        .findFirst();
  }
}
