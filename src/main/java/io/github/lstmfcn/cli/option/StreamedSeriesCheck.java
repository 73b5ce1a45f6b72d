package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Refuses series of a stream that a classifier would accept, but should not: those that are too
 * long, or seem to begin with a label.
 *
 * @param length the number of steps of the model's input
 * @param truncate whether longer series are truncated
 * @param saysLabelColumn whether it is known which column has the label, or that none has
 * @param isOfArchive whether the file is named like those of the archives, which have the label
 *     first
 */
public record StreamedSeriesCheck(
    int length, boolean truncate, boolean saysLabelColumn, boolean isOfArchive)
    implements Serializable {

  /**
   * The check for a file.
   *
   * @param file the file; null for standard input
   */
  public static StreamedSeriesCheck of(
      int length, boolean truncate, TableLayout layout, Path file) {
    return new StreamedSeriesCheck(
        length,
        truncate,
        layout.labelColumn() != null,
        file != null && DatasetFile.splitOf(file).isPresent());
  }

  /**
   * Checks a series.
   *
   * @param stream the stream that returned it last
   * @throws InvalidInputException if the series is not to be classified
   */
  public void check(SeriesStream stream, float[][] variables) {
    float[] next = variables[0];
    if (next.length == 1 && length > 1 && stream.mayContainLabels()) {
      throw new InvalidInputException(
          null,
          stream.place(),
          "a series, one line with all its values",
          "one value",
          "write a series that is in a column as a line");
    }
    boolean unsaid = !saysLabelColumn && stream.mayContainLabels();
    boolean labelled = unsaid && next.length == length + 1;
    boolean shorter = unsaid && next.length < length && isOfArchive;
    if (labelled || shorter || (next.length > length && !truncate)) {
      throw new InvalidInputException(
          null,
          stream.place(),
          shorter
              ? length + " values, the model's length"
              : "at most " + length + " values, the model's length",
          Integer.toString(next.length),
          labelled || shorter
              ? "is the first value a label? Use --label-column first to ignore it, --label-column "
                  + "none to keep it as a value"
              : "use --truncate to shorten it");
    }
  }
}
