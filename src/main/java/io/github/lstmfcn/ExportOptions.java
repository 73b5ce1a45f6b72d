package io.github.lstmfcn;

/**
 * Options for exporting a model as a SavedModel; see {@link Model#export(java.nio.file.Path,
 * ExportOptions)}.
 *
 * @param overwrite whether an existing SavedModel may be replaced
 * @param flatInput whether a multivariate model takes series as rows, float32 {@code (-1, variables
 *     × length)}: the steps of the first variable, then those of the second, and so on; otherwise
 *     its input is {@code (-1, variables, length)}. A univariate model always takes rows
 */
public record ExportOptions(boolean overwrite, boolean flatInput) {

  /**
   * Options of which none is set.
   *
   * @return options for a new folder and an input with an axis of variables
   */
  public static ExportOptions defaults() {
    return new ExportOptions(false, false);
  }

  /**
   * A copy that sets whether an existing SavedModel may be replaced.
   *
   * @param other true to replace it
   * @return the copy
   */
  public ExportOptions withOverwrite(boolean other) {
    return new ExportOptions(other, flatInput);
  }

  /**
   * A copy that sets whether a multivariate model takes series as rows.
   *
   * @param other true for rows
   * @return the copy
   */
  public ExportOptions withFlatInput(boolean other) {
    return new ExportOptions(overwrite, other);
  }
}
