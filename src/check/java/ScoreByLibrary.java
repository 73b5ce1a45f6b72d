import io.github.lstmfcn.Prediction;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores models through the library alone: {@code ScoreByLibrary DATA MODEL...} prints k/N per
 * model.
 */
class ScoreByLibrary {
  public static void main(String[] args) {
    Dataset data = DatasetFile.read(Path.of(args[0]));
    for (String model : List.of(args).subList(1, args.length)) {
      try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(Path.of(model))) {
        List<Prediction> predicted = classifier.predict(data.series());
        int correct = 0;
        for (int series = 0; series < predicted.size(); series++) {
          correct += predicted.get(series).label().equals(data.labels().get(series)) ? 1 : 0;
        }
        System.out.println(correct + "/" + predicted.size());
      }
    }
  }
}
