package io.github.lstmfcn.data;

/** The order of the axes of a NumPy array of multivariate series, which the array does not tell. */
public enum AxisOrder {
  /** {@code (series, variables, steps)}. */
  VARIABLES_FIRST("variables-first"),
  /** {@code (series, steps, variables)}. */
  STEPS_FIRST("steps-first");

  private final String name;

  AxisOrder(String name) {
    this.name = name;
  }

  /** {@code variables-first}, {@code steps-first}. */
  @Override
  public String toString() {
    return name;
  }
}
