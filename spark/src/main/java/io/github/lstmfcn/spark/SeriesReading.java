package io.github.lstmfcn.spark;

import io.github.lstmfcn.cli.option.StreamedSeriesCheck;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.spark.row.ScoredRow;
import io.github.lstmfcn.spark.row.UnusableRowException;
import io.github.lstmfcn.spark.storage.LocalCopy;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads a file of series as the library does, in one task, a series at a time.
 *
 * @param layout the layout, where the file's format leaves it open, as JSON
 * @param split the split to read, if a file has both
 * @param check refuses series that seem to begin with a label
 * @param handleInvalid what becomes of a series that cannot be read
 * @param configuration the configuration of Hadoop
 */
record SeriesReading(
    String layout,
    Split split,
    StreamedSeriesCheck check,
    String handleInvalid,
    SerializableConfiguration configuration)
    implements FlatMapFunction<String, Row>, Serializable {
  private static final JsonFormat<TableLayout> LAYOUT =
      new JsonFormat<>(TableLayout.class, 1, "run the same version on all machines");

  static final String NUMBER = "series_number";
  static final String SERIES = "series";

  /** The number of a series in its file, from 1, and the series. */
  static final StructType SCHEMA =
      new StructType()
          .add(NUMBER, DataTypes.LongType, false)
          .add(SERIES, DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));

  /** A layout as a task takes it. */
  static String text(TableLayout layout) {
    return Json.line(LAYOUT.document(layout));
  }

  @Override
  public Iterator<Row> call(String file) throws IOException {
    Path path = new Path(file);
    LocalCopy copy = LocalCopy.of(path.getFileSystem(configuration.value()), path);
    SeriesStream stream = opened(file, copy);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                ended -> {
                  stream.close();
                  close(copy);
                });
    return new Series(file, copy, stream);
  }

  private SeriesStream opened(String file, LocalCopy copy) {
    try {
      return SeriesStream.open(copy.path(), LAYOUT.parse(null, "layout", layout), split);
    } catch (InvalidInputException unreadable) {
      close(copy);
      throw new UnusableRowException(at(file, copy, unreadable));
    }
  }

  private static void close(LocalCopy copy) {
    try {
      copy.close();
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  /** A message that begins with the file as it was named, not with the copy of it. */
  private static String at(String file, LocalCopy copy, InvalidInputException wrong) {
    String message = wrong.getMessage();
    String own = copy.path().toString();
    return message.startsWith(own) ? file + message.substring(own.length()) : file + ": " + message;
  }

  /** The rows of a file. */
  private final class Series implements Iterator<Row> {
    private final String file;
    private final LocalCopy copy;
    private final SeriesStream stream;
    private Row waiting;
    private long number;

    Series(String file, LocalCopy copy, SeriesStream stream) {
      this.file = file;
      this.copy = copy;
      this.stream = stream;
    }

    @Override
    public boolean hasNext() {
      while (waiting == null && hasSeries()) {
        number++;
        float[][] series = null;
        try {
          series = stream.next();
          check.check(stream, series);
        } catch (InvalidInputException bad) {
          if (handleInvalid.equals(ScoredRow.ERROR)) {
            throw new UnusableRowException(
                at(file, copy, bad) + "; --handle-invalid skip or keep goes on without it");
          }
          series = null;
        }
        if (series != null || handleInvalid.equals(ScoredRow.KEEP)) {
          waiting = RowFactory.create(number, series);
        }
      }
      if (number == 0 && handleInvalid.equals(ScoredRow.ERROR)) {
        throw new UnusableRowException(file + ": expected a series, found the end");
      }
      return waiting != null;
    }

    private boolean hasSeries() {
      try {
        return stream.hasNext();
      } catch (InvalidInputException broken) {
        throw new UnusableRowException(at(file, copy, broken));
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = waiting;
      waiting = null;
      return row;
    }
  }
}
