package io.github.lstmfcn.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number from 1 on; anything else is a mistake in the command line. */
final class PositiveNumber implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException notWholeOrTooLarge) {
      // is reported as a number below 1 is
    }
    throw new TypeConversionException("expected a whole number from 1 on, found " + text);
  }
}
