package io.github.lstmfcn.data.format;

/** Converts from IEEE 754 binary16. */
final class HalfFloat {
  private static final int EXPONENT_BIAS = 15;
  private static final int FRACTION_BITS = 10;

  private HalfFloat() {}

  /** The value of 16 bits, exactly. */
  static float value(short bits) {
    int exponent = (bits >> FRACTION_BITS) & 0x1F;
    int fraction = bits & 0x3FF;
    float sign = bits < 0 ? -1 : 1;
    if (exponent == 0x1F) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((float) fraction, 1 - EXPONENT_BIAS - FRACTION_BITS)
        : sign * Math.scalb((float) (fraction | 0x400), exponent - EXPONENT_BIAS - FRACTION_BITS);
  }
}
