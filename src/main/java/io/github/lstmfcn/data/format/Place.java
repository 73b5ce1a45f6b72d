package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;

/**
 * The source of rows, for messages.
 *
 * @param file the file; null for a stream
 * @param prefix what precedes the line number, as {@code "stdin: "}; empty for a file
 * @param linesBefore the number of lines that were read before those that are counted
 */
record Place(Path file, String prefix, long linesBefore) {

  static Place of(Path file) {
    return new Place(file, "", 0);
  }

  /** The exception for a line; lines count from 1. */
  InvalidInputException at(long line, String expected, String found, String remedy) {
    return at("line " + (linesBefore + line), expected, found, remedy);
  }

  /** The exception for a field of a line; both count from 1. */
  InvalidInputException at(long line, int column, String expected, String found, String remedy) {
    return at("line " + (linesBefore + line) + ", column " + column, expected, found, remedy);
  }

  /** The exception for a variable of a line; both count from 1. */
  InvalidInputException inVariable(
      long line, int variable, String expected, String found, String remedy) {
    return at("line " + (linesBefore + line) + ", variable " + variable, expected, found, remedy);
  }

  /** The exception for a field of a variable of a line; all count from 1. */
  InvalidInputException at(
      long line, int variable, int column, String expected, String found, String remedy) {
    return at(
        "line " + (linesBefore + line) + ", variable " + variable + ", column " + column,
        expected,
        found,
        remedy);
  }

  private InvalidInputException at(String where, String expected, String found, String remedy) {
    return new InvalidInputException(file, prefix + where, expected, found, remedy);
  }
}
