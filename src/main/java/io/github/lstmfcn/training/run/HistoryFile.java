package io.github.lstmfcn.training.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A {@link History} in the format of Keras' {@code CSVLogger}, one line per epoch. */
final class HistoryFile {

  private HistoryFile() {}

  /** Writes the whole history. */
  static void write(Path file, History history) {
    AtomicFile.write(
        file,
        target -> {
          try (CsvWriter csv = CsvWriter.builder().build(target)) {
            csv.writeRecord("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "lr");
            history.epochs().forEach(epoch -> csv.writeRecord(cells(epoch)));
          }
        });
  }

  /** Appends an epoch. */
  static void append(Path file, Epoch epoch) {
    try (CsvWriter csv =
        CsvWriter.builder().build(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
      csv.writeRecord(cells(epoch));
    } catch (IOException e) {
      throw new InvalidInputException(
          file, "", "a file that can be written", FailureReason.of(e), "", e);
    }
  }

  private static String[] cells(Epoch epoch) {
    return new String[] {
      Integer.toString(epoch.number()),
      Double.toString(epoch.training().loss()),
      Double.toString(epoch.training().accuracy()),
      epoch.validation().map(score -> Double.toString(score.loss())).orElse(""),
      epoch.validation().map(score -> Double.toString(score.accuracy())).orElse(""),
      Float.toString(epoch.learningRate())
    };
  }
}
