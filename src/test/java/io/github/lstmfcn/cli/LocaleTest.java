package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.Training;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.training.Recipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes in locales with digits or letter cases of their own, beside one in English. */
@Tag("long")
class LocaleTest {
  private static final String DATA = "testdata/SyntheticControl/SyntheticControl_TEST.tsv";
  private static final String WEIGHTS = "keras-weights/2017-lstmfcn-64-SyntheticControl/weights.h5";

  @TempDir static Path folder;

  private static final Map<String, Process> PROCESSES = new HashMap<>();

  /** All at the same time. */
  @BeforeAll
  static void start() throws IOException {
    start("en", "US");
    start("ar", "EG");
    start("tr", "TR");
  }

  private static void start(String language, String country) throws IOException {
    Path out = Files.createDirectories(folder.resolve(language));
    Path log = out.resolve("log.txt");
    PROCESSES.put(
        language,
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  private static void await(String language) throws Exception {
    Process process = PROCESSES.get(language);
    Path log = folder.resolve(language).resolve("log.txt");
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar", "tr"})
  void theLibraryAndTheCommandsDoAsInEnglish(String language) throws Exception {
    await("en");
    await(language);

    Path english = folder.resolve("en");
    Path local = folder.resolve(language);
    assertThat(local.resolve("predict.txt")).content().contains("0.838722", "\n0\n");
    for (String file : List.of("library.txt", "predict.txt", "grid/choice.csv")) {
      assertThat(local.resolve(file)).hasSameTextualContentAs(english.resolve(file));
    }
    String run = "grid/CBF/lstm-fcn-2-seed0/";
    for (String file : List.of("metrics.json", "history.csv", "training.html")) {
      assertThat(local.resolve(run + file)).hasSameTextualContentAs(english.resolve(run + file));
    }
    assertThat(Files.readString(local.resolve("log.txt"))).contains("1 runs: 1 finished");
  }

  /** Calls the library and the command line in the locale of its process. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Path out = Path.of(args[0]);
      try (PrintWriter text = file(out.resolve("library.txt"));
          TimeSeriesClassifier classifier = TimeSeriesClassifier.load(Path.of(WEIGHTS))) {
        float[][][] series = DatasetFile.read(Path.of(DATA)).series();
        for (int row = 0; row < 3; row++) {
          text.println(classifier.predict(series[row]));
        }
        Model model =
            Training.on(DatasetFile.read(Path.of("testdata/CBF/CBF_TRAIN.tsv")))
                .recipe(Recipe.standard(Optional.empty()).toBuilder().epochs(1).build())
                .run()
                .model();
        text.println(
            model.source() + Arrays.toString(model.weights().arrays().get("dense/bias").values()));
        try {
          classifier.predict(new float[][] {{1, 2, Float.POSITIVE_INFINITY}});
        } catch (RuntimeException refused) {
          text.println(refused.getMessage());
        }
      }
      try (PrintWriter text = file(out.resolve("predict.txt"))) {
        String series = out.resolve("series.csv").toString();
        Files.writeString(
            Path.of(series), "0.5,-0.25,1.5\n".repeat(2).replace("\n", ",0.125".repeat(57) + "\n"));
        String[] predict = {"predict", "--weights", WEIGHTS, series};
        text.println(Main.run(predict, text, text, false));
        String exported = out.resolve("exported").toString();
        String[] export = {"export", "--weights", WEIGHTS, "--out", exported, "--quiet"};
        Main.run(export, file(out.resolve("export.txt")), text, false);
        String[] again = {"predict", "--weights", exported, series};
        text.println(Main.run(again, text, text, false));
        text.println(Main.run(new String[] {"inspect", WEIGHTS}, text, text, false));
      }
      Main.main(
          ("search --data testdata --set CBF --models lstm-fcn --cells 2 --epochs 2"
                  + " --quiet --out")
              .concat(" " + out.resolve("grid"))
              .split(" "));
    }

    private static PrintWriter file(Path file) throws Exception {
      return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
    }
  }
}
