package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;

/**
 * Where rows come from, so that an error can say so.
 *
 * @param file the file, or null for a stream
 * @param prefix what stands before the line number, as {@code "stdin: "}; empty for a file
 * @param linesBefore lines that were read before those that are counted
 */
record Place(Path file, String prefix, long linesBefore) {

  static Place of(Path file) {
    return new Place(file, "", 0);
  }

  /** The error at a line; lines count from 1. */
  InvalidInputException at(long line, String expected, String found, String remedy) {
    return at("line " + (linesBefore + line), expected, found, remedy);
  }

  /** The error at a field of a line; both count from 1. */
  InvalidInputException at(long line, int column, String expected, String found, String remedy) {
    return at("line " + (linesBefore + line) + ", column " + column, expected, found, remedy);
  }

  private InvalidInputException at(String where, String expected, String found, String remedy) {
    return new InvalidInputException(file, prefix + where, expected, found, remedy);
  }
}
