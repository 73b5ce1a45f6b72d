package io.github.lstmfcn.spark.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Gives a file or folder another name: in one step where the file system can, which {@link
 * FileSystem#rename} does not promise.
 *
 * @param system the file system
 * @param source its name
 * @param target its name to be
 */
public record Rename(FileSystem system, Path source, Path target) {

  /**
   * Renames a file, over one of the new name.
   *
   * @throws IOException if it cannot be renamed
   */
  public void replacing() throws IOException {
    Optional<FileContext> context = context();
    if (context.isPresent()) {
      context.get().rename(source, target, Options.Rename.OVERWRITE);
      return;
    }
    system.delete(target, false);
    renameInSteps();
  }

  /**
   * Renames a file or folder unless there is one of the new name.
   *
   * @throws FileAlreadyExistsException if there is one
   * @throws IOException if it cannot be renamed
   */
  public void toNew() throws IOException {
    Optional<FileContext> context = context();
    if (context.isPresent()) {
      context.get().rename(source, target);
      return;
    }
    if (system.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    renameInSteps();
  }

  private void renameInSteps() throws IOException {
    if (!system.rename(source, target)) {
      throw new IOException("a file system that does not rename " + source);
    }
  }

  private Optional<FileContext> context() throws IOException {
    try {
      return Optional.of(FileContext.getFileContext(target.toUri(), system.getConf()));
    } catch (UnsupportedFileSystemException without) {
      return Optional.empty();
    }
  }
}
