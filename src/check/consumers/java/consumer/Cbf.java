package consumer;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Prediction;
import io.github.lstmfcn.TimeSeriesClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a service does with the library; every consumer runs this class. */
public final class Cbf {
  private Cbf() {}

  /** Prints how many series are classified as their file says: {@code Cbf WEIGHTS TEST}. */
  public static void main(String[] args) throws IOException {
    System.out.println(score(Path.of(args[0]), Path.of(args[1])));
  }

  /** Correct and all series of a file in the layout of the UCR archive, as {@code k/N}. */
  public static String score(Path weights, Path test) throws IOException {
    List<String> lines = Files.readAllLines(test);
    float[][] series = new float[lines.size()][];
    for (int row = 0; row < series.length; row++) {
      String[] values = lines.get(row).split("\t");
      series[row] = new float[values.length - 1];
      for (int step = 0; step < series[row].length; step++) {
        series[row][step] = Float.parseFloat(values[step + 1]);
      }
    }
    LoadOptions options = LoadOptions.builder().labels(List.of("1", "2", "3")).build();
    int correct = 0;
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(weights, options)) {
      List<Prediction> predictions = classifier.predict(series);
      for (int row = 0; row < series.length; row++) {
        correct += lines.get(row).startsWith(predictions.get(row).label() + "\t") ? 1 : 0;
      }
    }
    return correct + "/" + series.length;
  }
}
