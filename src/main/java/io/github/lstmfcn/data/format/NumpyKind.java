package io.github.lstmfcn.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The format of NumPy that a file has, if any. */
public enum NumpyKind {
  /** Not a format of NumPy. */
  NONE,
  /** An array ({@code .npy}), whatever the name of the file is. */
  ARRAY,
  /** An archive ({@code .npz}). */
  ARCHIVE;

  private static final int MAGIC_BYTES = 6;

  /** Detects the format by the name of a file, or else by its first bytes. */
  public static NumpyKind of(Path file, FileName.Kind name) throws IOException {
    if (name == FileName.Kind.NPZ) {
      return ARCHIVE;
    }
    if (name == FileName.Kind.NPY) {
      return ARRAY;
    }
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return NpyArray.isAt(bytes.readNBytes(MAGIC_BYTES)) ? ARRAY : NONE;
    }
  }
}
