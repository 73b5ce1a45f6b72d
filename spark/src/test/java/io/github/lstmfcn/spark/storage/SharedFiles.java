package io.github.lstmfcn.spark.storage;

import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;

/** A file system of Hadoop with the scheme {@code shared}, whose files are those of the machine. */
public final class SharedFiles extends RawLocalFileSystem {
  /** Makes the scheme known. */
  public static SparkConf in(SparkConf settings) {
    return settings.set("spark.hadoop.fs.shared.impl", SharedFiles.class.getName());
  }

  @Override
  public URI getUri() {
    return URI.create("shared:///");
  }

  @Override
  public String getScheme() {
    return "shared";
  }

  /** Without the rights, which are asked for by the path of the machine's file. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Stream.of(super.listStatus(path)).map(SharedFiles::plain).toArray(FileStatus[]::new);
  }
}
