package io.github.lstmfcn.keras.layout;

/**
 * How much of an HDF5 file is read at most: totals that no weight file of the family comes near,
 * and that a forged file cannot exceed by what it claims.
 *
 * @param reads the blocks of one header, list of links, list of attributes or list of chunks
 * @param headerBytes the bytes of all object headers together
 * @param objects the groups and datasets
 * @param depth the levels of groups
 * @param nameLength the characters of the name of an object
 * @param texts the strings of an attribute, or of one that is split
 * @param chunks the chunks of a dataset
 * @param filters the filters of a dataset
 * @param expansion the bytes of all arrays together, as a multiple of the bytes of the file;
 *     weights hardly compress
 * @param freeBytes the bytes of all arrays that any file may have, as fresh biases are all zeros
 */
record HdfLimits(
    int reads,
    long headerBytes,
    int objects,
    int depth,
    int nameLength,
    int texts,
    int chunks,
    int filters,
    int expansion,
    long freeBytes) {
  static final HdfLimits DEFAULT =
      new HdfLimits(1000, 8L << 20, 100_000, 32, 1024, 20_000, 1 << 14, 8, 8, 16L << 20);

  /** The bytes that all arrays of a file may have together. */
  long arrayBytes(long fileBytes) {
    return Math.max(freeBytes, expansion * fileBytes);
  }
}
