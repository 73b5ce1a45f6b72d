package io.github.lstmfcn.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file is one of NumPy's. */
public enum NumpyKind {
  /** Not of NumPy. */
  NONE,
  /** {@code .npy}, whatever its name is. */
  ARRAY,
  /** {@code .npz}. */
  ARCHIVE;

  private static final int MAGIC_BYTES = 6;

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
