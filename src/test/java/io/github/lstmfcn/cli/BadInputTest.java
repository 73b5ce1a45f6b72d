package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong: one line that says so, the right exit code, nothing left behind. */
class BadInputTest {
  private static final String CBF = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";
  private static final String ALSTM = "keras-weights/2019-alstmfcn-64-SyntheticControl/weights.h5";
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  @TempDir Path folder;

  /** A mistake: {@code ~} in an argument stands for the folder of bad files. */
  private record Mistake(int exitCode, String expected, List<String> arguments) {
    static Mistake of(int exitCode, String expected, String... arguments) {
      return new Mistake(exitCode, expected, List.of(arguments));
    }

    @Override
    public String toString() {
      return "lstmfcn " + String.join(" ", arguments);
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
            commandLines(),
            weights(),
            data(),
            options(),
            targets(),
            reports(),
            trainings(),
            explanations(),
            grids())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> commandLines() {
    return Stream.of(
        Mistake.of(USAGE, "expected a command, found none"),
        Mistake.of(USAGE, "expected a command, found 'classify'", "classify"),
        Mistake.of(USAGE, "expected a command, found 'predikt'; perhaps predict", "predikt", CBF),
        Mistake.of(USAGE, "'--wieghts'; perhaps --weights", "evaluate", "--wieghts", CBF),
        Mistake.of(USAGE, "'--weigths'; perhaps --weights", "evaluate", "--weigths=" + CBF),
        Mistake.of(USAGE, "'--test-sise'; perhaps --test-size", "train", "--test-sise", ".3"),
        Mistake.of(USAGE, "'--min-detla'; perhaps --min-delta", "train", "--min-detla", "0"),
        Mistake.of(USAGE, "Unknown option: '--epoch'; perhaps --epochs", "train", "--epoch", "1"),
        Mistake.of(USAGE, "expected no further argument, found 'more'", "inspect", CBF, "more"),
        Mistake.of(USAGE, "Missing required option", "evaluate", "--weights", CBF),
        Mistake.of(USAGE, "Missing required", "inspect"),
        Mistake.of(USAGE, "Missing required option", "verify"),
        Mistake.of(
            USAGE, "--csv", "evaluate", "--weights", CBF, "--data", "testdata", "--json", "--csv"));
  }

  private static Stream<Mistake> weights() {
    return Stream.of(
        Mistake.of(FAILURE, "no such file", "inspect", "~/nothing.h5"),
        Mistake.of(FAILURE, "a folder; name a model in it, such as ", "inspect", "~"),
        Mistake.of(FAILURE, "an empty file", "inspect", "~/empty.h5"),
        Mistake.of(
            FAILURE,
            "expected the folder of one model, found a SavedModel and a training run",
            "inspect",
            "~/exported-run"),
        Mistake.of(USAGE, "from 1 on, found 0", "inspect", CBF, "--length", "0"),
        Mistake.of(
            USAGE, "from 1 on, found 99999999999", "inspect", CBF, "--length", "99999999999"),
        Mistake.of(FAILURE, "expected an HDF5 file or a .keras archive", "inspect", "~/text.h5"),
        Mistake.of(FAILURE, "the file is incomplete", "inspect", "~/half.h5"),
        Mistake.of(FAILURE, "half.keras", "inspect", "~/half.keras"),
        Mistake.of(FAILURE, "no such file", "predict", "--weights", "~/nothing.h5"),
        Mistake.of(FAILURE, "no such file", "export", "--weights", "~/nothing.h5", "--out", "~/m"),
        Mistake.of(FAILURE, "no such file", "convert", "--weights", "~/nothing.h5", "--out", "~/c"),
        Mistake.of(
            FAILURE, "a folder of weight files", "verify", "--weights", CBF, "--data", "~/good"),
        Mistake.of(FAILURE, "readable SavedModel", "predict", "--weights", "~/broken-model"));
  }

  private static Stream<Mistake> data() {
    return Stream.of(
        evaluate("nothing of that name", "~/nowhere"),
        evaluate("found none; name the archive's root", "~/empty-folder"),
        evaluate("line 2, column 3: expected a finite number, NaN or ?, found '0.5x'", "~/letters"),
        evaluate("line 1, column 2: expected a value, found an empty field", "~/gap"),
        evaluate("expected at least one series, found none", "~/no-lines"),
        evaluate("binary data", "~/binary"),
        evaluate("series of 2 dimensions", "~/multivariate"),
        evaluate("expected 1 variable, as the model has, found 2", "~/two-variables"),
        evaluate(
            "TEST.ts: expected 3 variables, as ~/unlike/unlike_TRAIN.ts has, found 2", "~/unlike"),
        evaluate("line 7, variable 2: expected 2 values, as in variable 1", "~/ragged"),
        evaluate("line 7, variable 2: expected at least one value", "~/silent"),
        evaluate("line 3, column 2: expected step 1 after step 0, found '2'", "~/steps"),
        evaluate("at most 128 steps, the model's length, found 130", "~/long"),
        evaluate("expected 3 classes, as the model has, found 2 [1, 2]", "~/two-classes"),
        evaluate("commas", "~/commas"),
        evaluate("complete gzip file", "~/cut-gzip"),
        evaluate("it has good", "~/good", "--set", "better"),
        evaluate("no such file; copy it there", "~/half-a-set", "--split", "train"),
        evaluate("TRAIN file of the dataset beside it", "~/half-a-set", "--normalize", "train"),
        evaluate("use the sorted encoding", "~/words", "--labels", "upstream"),
        Mistake.of(
            USAGE,
            "--set: expected one of the datasets",
            "evaluate",
            "--weights",
            CBF,
            "--data",
            "testdata"),
        predict("--label-column first to ignore it", "~/letters/letters_TEST.tsv"),
        predict("nothing of that name", "~/nowhere.txt"),
        predict(
            "is the first value a label? Use --label-column first to ignore it",
            "testdata/CBF/CBF_TEST.tsv"));
  }

  private static Mistake evaluate(String expected, String data, String... more) {
    return evaluate(FAILURE, expected, data, more);
  }

  private static Mistake evaluate(int exitCode, String expected, String data, String... more) {
    return new Mistake(
        exitCode,
        expected,
        Stream.concat(Stream.of("evaluate", "--weights", CBF, "--data", data), Arrays.stream(more))
            .toList());
  }

  private static Mistake predict(String expected, String file, String... more) {
    return new Mistake(
        FAILURE,
        expected,
        Stream.concat(Stream.of("predict", "--weights", CBF, file), Arrays.stream(more)).toList());
  }

  private static Stream<Mistake> options() {
    return Stream.of(
        usage("--batch-size: expected at least 1, found 0", "--batch-size", "0"),
        usage("'many' is not an int", "--batch-size", "many"),
        usage(
            "expected one of [none, sample, train, upstream, pooled], found zscore",
            "--normalize",
            "zscore"),
        usage("expected one of [sorted, upstream], found mine", "--labels", "mine"),
        usage("expected one of [hard_sigmoid, sigmoid], found relu", "--gates", "relu"),
        usage("expected one of [per-series, across-batch], found all", "--attention", "all"),
        usage("expected one of [train, test], found half", "--split", "half"),
        evaluate(
            "an LSTM-FCN, which has none; leave --attention out",
            "~/good",
            "--attention",
            "across-batch"),
        Mistake.of(
            FAILURE,
            "labels: expected 3, one per class, found 2",
            "export",
            "--weights",
            CBF,
            "--out",
            "~/m",
            "--labels",
            "a,b"),
        Mistake.of(
            FAILURE,
            "--train FILE with it",
            "export",
            "--weights",
            CBF,
            "--out",
            "~/m",
            "--normalize",
            "train"),
        Mistake.of(
            FAILURE,
            "labels: expected 6, one per class, found 1 [a]",
            "predict",
            "--weights",
            ALSTM,
            "--labels",
            "a",
            "~/good/good_TEST.tsv"),
        Mistake.of(
            USAGE,
            "--tolerance: expected at least 0, found -1",
            "verify",
            "--weights",
            "keras-weights",
            "--data",
            "testdata",
            "--tolerance",
            "-1"));
  }

  private static Mistake usage(String expected, String... options) {
    return new Mistake(
        USAGE,
        expected,
        Stream.concat(
                Stream.of("evaluate", "--weights", CBF, "--data", "~/good"), Arrays.stream(options))
            .toList());
  }

  private static Stream<Mistake> targets() {
    return Stream.of(
        Mistake.of(
            FAILURE,
            "use --force to replace it",
            "export",
            "--weights",
            CBF,
            "--out",
            "~/broken-model"),
        Mistake.of(
            FAILURE,
            "--force replaces SavedModels only",
            "export",
            "--weights",
            CBF,
            "--out",
            "~/good",
            "--force"),
        Mistake.of(
            FAILURE,
            "a folder to write, found a file",
            "export",
            "--weights",
            CBF,
            "--out",
            "~/text.h5",
            "--force"),
        Mistake.of(
            FAILURE,
            "use --force to replace it",
            "convert",
            "--weights",
            CBF,
            "--out",
            "~/text.h5"),
        Mistake.of(
            FAILURE,
            "a file to write, found a folder",
            "convert",
            "--weights",
            CBF,
            "--out",
            "~/good",
            "--force"),
        Mistake.of(FAILURE, "no folder", "convert", "--weights", CBF, "--out", "~/nowhere/c.h5"),
        scored("~/weights.h5", "~/weights.h5", "--predictions: expected a file"),
        scored("~/weights.h5", "~/two-steps/two-steps_TEST.tsv", "does not read, found one of"),
        scored("~/exported-run", "~/exported-run/run.json", "name another"),
        Mistake.of(
            FAILURE,
            "--out: expected a file that the command does not read",
            "report",
            "~/two-steps/two-steps_TEST.csv",
            "--out",
            "~/two-steps/two-steps_TEST.csv"),
        Mistake.of(
            FAILURE,
            "a folder that can be created",
            "verify",
            "--weights",
            "keras-weights",
            "--data",
            "testdata",
            "--out",
            "~/text.h5",
            "--quiet"));
  }

  private static Stream<Mistake> reports() {
    return Stream.of(
        Mistake.of(
            FAILURE,
            "list them in a reported.csv",
            "verify",
            "--weights",
            "~/unlisted",
            "--data",
            "testdata"),
        Mistake.of(
            FAILURE,
            "line 2, accuracy: expected a number from 0 to 1",
            "verify",
            "--weights",
            "~/misreported",
            "--data",
            "testdata"),
        Mistake.of(USAGE, "expected RUNS or --published, found neither", "report"),
        Mistake.of(FAILURE, "a file or folder with results, found none", "report", "~/nowhere"),
        Mistake.of(
            FAILURE,
            "evaluate --json or --aeon, train, train-all or search, found none",
            "report",
            "~/empty-folder"),
        Mistake.of(FAILURE, "JSON of verify or evaluate, or a testResample", "report", "~/text.h5"),
        Mistake.of(USAGE, "expected a path, found none in 'ours='", "report", "ours="),
        Mistake.of(
            USAGE, "--out: expected a file that ends with", "report", "--published", "--out", "/"),
        Mistake.of(
            USAGE,
            "--out: expected a file that ends with .html, .md, .csv, .json, .svg, .png, found",
            "report",
            "--published",
            "--out",
            "~/report.pdf"),
        Mistake.of(
            FAILURE, "found no folder", "report", "--published", "--out", "~/no/such/report.html"),
        Mistake.of(
            FAILURE,
            "a file to write, found a folder",
            "report",
            "--published",
            "--out",
            "~/good.html"),
        Mistake.of(
            USAGE,
            "expected one of [wilcoxon-holm, nemenyi], found tukey",
            "report",
            "--published",
            "--post-hoc",
            "tukey"),
        Mistake.of(FAILURE, "testResample0.csv: line 3", "report", "~/aeon"),
        Mistake.of(FAILURE, "the columns folder and test_total", "report", "~/other-table"),
        Mistake.of(
            FAILURE,
            "two methods with results on 6 datasets",
            "report",
            "~/one-result",
            "--out",
            "~/cd.svg"),
        evaluate(USAGE, "--estimator: expected a name", "~/good", "--estimator", "a,b"),
        evaluate(USAGE, "expected TEST to be scored", "~/good", "--split", "train", "--aeon", "~"));
  }

  private static Stream<Mistake> grids() {
    return Stream.of(
        search(USAGE, "--jobs: expected at least 1, found 0", "--jobs", "0"),
        search(USAGE, "--seeds: expected at least 1, found 0", "--seeds", "0"),
        search(USAGE, "--cells: expected at least 1, found 0", "--cells", "8,0"),
        search(USAGE, "'eight' is not an int", "--cells", "eight"),
        search(
            USAGE,
            "expected one of [lstm-fcn, alstm-fcn, mlstm-fcn, malstm-fcn, fcn, lstm, alstm], found"
                + " gru",
            "--models",
            "gru"),
        search(USAGE, "--folds: expected at least 2, found 1", "--folds", "1"),
        search(USAGE, "which selects by TEST", "--folds", "2", "--recipe", "2017"),
        search(USAGE, "which holds out no series", "--recipe", "2019"),
        search(USAGE, "which holds out no series", "--recipe", "2018"),
        search(
            USAGE,
            "--validation-split: expected none with --folds",
            "--folds",
            "2",
            "--validation-split",
            "0.2"),
        search(USAGE, "epochs: expected 1 or more, found 0", "--epochs", "0"),
        search(FAILURE, "'better'; it has good", "--set", "good", "better"),
        search(
            FAILURE,
            "class 1: expected at least 2 series, one for each of 2 folds, found 1",
            "--folds",
            "2"),
        grid(FAILURE, "expected an empty folder", "search", "~/good", "~/letters"),
        grid(FAILURE, "expected an empty folder", "train-all", "~/good", "~/text.h5"),
        grid(FAILURE, "with the columns set,model,cells", "train-all", "~/good", "~/other-table"),
        grid(FAILURE, "no such file; copy it there", "train-all", "~/half-a-set", "~/new"),
        Mistake.of(USAGE, "Missing required option", "search", "--data", "~/good"),
        evaluate(
            "2019-alstmfcn-64-SyntheticControl/weights.h5: expected length 128 and 3 classes, as "
                + CBF,
            "~/good",
            "--weights",
            ALSTM));
  }

  private static Mistake search(int exitCode, String expected, String... options) {
    return grid(exitCode, expected, "search", "~/good", "~/new", options);
  }

  private static Mistake grid(
      int exitCode, String expected, String command, String data, String out, String... options) {
    return new Mistake(
        exitCode,
        expected,
        Stream.concat(
                Stream.of(command, "--quiet", "--data", data, "--out", out), Arrays.stream(options))
            .toList());
  }

  private static Stream<Mistake> trainings() {
    return Stream.of(
        Mistake.of(USAGE, "Missing required option: '--data'", "train", "--out", "~/run"),
        Mistake.of(USAGE, "Missing required option: '--out'", "train", "--data", "~/good"),
        training(USAGE, "batchSize: expected 1 or more, found 0", "~/good", "--batch-size", "0"),
        training(USAGE, "epochs: expected 1 or more, found -1", "~/good", "--epochs", "-1"),
        training(
            USAGE, "learningRate: expected a positive number", "~/good", "--learning-rate", "-1"),
        training(USAGE, "dropout: expected in [0, 1), found 1", "~/good", "--dropout", "1"),
        training(USAGE, "factor: expected in (0, 1), found 2", "~/good", "--factor", "2"),
        training(
            USAGE,
            "monitor: expected loss or accuracy",
            "~/good",
            "--recipe",
            "2019",
            "--monitor",
            "val_loss"),
        training(
            USAGE, "expected one of [2017, 2018, 2019, standard]", "~/good", "--recipe", "2020"),
        training(USAGE, "validated is replaced by standard", "~/good", "--recipe", "validated"),
        training(
            USAGE,
            "--validation-split: expected none with --recipe 2017",
            "~/good",
            "--recipe",
            "2017",
            "--validation-split",
            "0.2"),
        training(
            FAILURE,
            "class 1: expected at least two series",
            "~/good",
            "--validation-split",
            "0.2"),
        training(FAILURE, "expected at least two classes", "~/one-class"),
        training(FAILURE, "line 1, column 2: expected a value", "~/gap"),
        training(FAILURE, "found only missing values", "~/nothing-there"),
        training(FAILURE, "a TEST file beside it", "~/train-only", "--recipe", "2017"),
        training(FAILURE, "expected one of 1, 2, found '3'", "~/unknown-label"),
        training(FAILURE, "neither signature", "~/good", "--init", "~/text.h5"),
        training(
            FAILURE,
            "initial weights: kind: expected ALSTM-FCN, found LSTM-FCN",
            "~/good",
            "--init",
            CBF,
            "--model",
            "alstm-fcn",
            "--recipe",
            "2019"),
        training(FAILURE, "at most 60 steps", "~/long", "--init", ALSTM, "--recipe", "2019"),
        Mistake.of(
            FAILURE,
            "a folder for the run, found a file",
            "train",
            "--data",
            "testdata",
            "--set",
            "CBF",
            "--out",
            "~/text.h5"),
        Mistake.of(
            FAILURE,
            "--out: expected a folder without a model, found a SavedModel",
            "train",
            "--data",
            "~/good",
            "--out",
            "~/broken-model"),
        training(
            USAGE,
            "'--cells': expected a whole number from 1 on, found 0",
            "~/good",
            "--cells",
            "0"),
        training(USAGE, "expected a whole number from 1 on, found x", "~/good", "--cells", "x"),
        Mistake.of(FAILURE, "with run.json, found none", "train", "--resume", "~/good"),
        Mistake.of(
            USAGE, "expected no other option", "train", "--resume", "~/good", "--epochs", "3"));
  }

  private static Mistake training(int exitCode, String expected, String data, String... more) {
    return new Mistake(
        exitCode,
        expected,
        Stream.concat(Stream.of("train", "--data", data, "--out", "~/run"), Arrays.stream(more))
            .toList());
  }

  private static Stream<Mistake> explanations() {
    return Stream.of(
        explain("--class: expected one of 1, 2, 3, found '9'", "cam", CBF, "--class", "9"),
        explain("--samples: expected 0 to 2, as it has 3 series", "cam", CBF, "--samples", "0,3"),
        explain("found -1", "cam", CBF, "--samples", "-1"),
        explain("--per-class: expected at least 1, found 0", "cam", CBF, "--per-class", "0"),
        explain("a folder that can be created", "cam", CBF, "--out", "~/text.h5"),
        explain("a file to write, found a folder", "cam", CBF, "--out", "~/blocked"),
        explain("6 classes, as the model has, found 3", "cam", ALSTM),
        explain("at most 128 steps, the model's length, found 130", "cam", CBF, "--data", "~/long"),
        explain("ALSTM-FCN and MALSTM-FCN, found LSTM-FCN", "context", CBF),
        explain(
            "TRAIN file of the dataset beside it",
            "context",
            "keras-weights/2017-alstmfcn-8-CBF/weights.h5",
            "--data",
            "~/half-a-set",
            "--as-upstream",
            "2017"),
        Mistake.of(
            USAGE,
            "--limit: expected at least 1, found 0",
            "context",
            "--weights",
            ALSTM,
            "--data",
            "~/good",
            "--limit",
            "0"),
        explain("found a SavedModel", "filters", "~/broken-model"),
        explain("found a SavedModel", "features", "~/broken-model"),
        explain("a folder that can be created", "filters", CBF, "--out", "~/text.h5"),
        explain("a file to write, found a folder", "features", CBF, "--out", "~/blocked"),
        explain("classes, as the model has, found 1", "features", CBF, "--data", "~/lonely"),
        explain("whose layers can be looked at, found a SavedModel", "cam", "~/broken-model"),
        Mistake.of(
            USAGE,
            "mutually exclusive",
            "cam",
            "--weights",
            CBF,
            "--data",
            "~/good",
            "--all",
            "--samples",
            "0"),
        Mistake.of(
            USAGE,
            "expected one of [2017, 2019, write-cam], found 2018",
            "cam",
            "--weights",
            CBF,
            "--data",
            "~/good",
            "--as-upstream",
            "2018"));
  }

  private static Mistake explain(
      String expected, String command, String weights, String... options) {
    List<String> given = List.of(options);
    Stream<String> data = given.contains("--data") ? Stream.of() : Stream.of("--data", "~/good");
    Stream<String> out = given.contains("--out") ? Stream.of() : Stream.of("--out", "~/nothing");
    return new Mistake(
        FAILURE,
        expected,
        Stream.of(Stream.of(command, "--weights", weights), data, out, given.stream())
            .flatMap(arguments -> arguments)
            .toList());
  }

  /** Predictions that would replace what is read. */
  private static Mistake scored(String weights, String predictions, String expected) {
    return Mistake.of(
        FAILURE,
        expected,
        "evaluate",
        "--weights",
        weights,
        "--test",
        "~/two-steps/two-steps_TEST.tsv",
        "--predictions",
        predictions);
  }

  @BeforeEach
  void writeBadFiles() throws IOException {
    byte[] weights = Files.readAllBytes(Path.of(CBF));
    byte[] archive = Files.readAllBytes(Path.of("keras-weights/keras3-lstmfcn-8-CBF/model.keras"));
    bytes("empty.h5", new byte[0]);
    text("text.h5", "these are no weights\n");
    bytes("half.h5", Arrays.copyOf(weights, weights.length / 2));
    bytes("half.keras", Arrays.copyOf(archive, archive.length / 2));
    bytes("broken-model/saved_model.pb", new byte[] {1, 2, 3});
    bytes("exported-run/saved_model.pb", new byte[] {1, 2, 3});
    text("exported-run/run.json", "{}");
    text("two-steps/two-steps_TEST.tsv", "1\t0.5\t2\n2\t1\t1\n");
    text("two-steps/two-steps_TEST.csv", "dataset,A\nCBF,0.5\n");
    KerasWeights.write(
        RandomWeights.of(ModelKind.LSTM_FCN, 1, 2, 2, 0), folder.resolve("weights.h5"));
    ModelSpec spec =
        new ModelSpec(
            ModelKind.LSTM_FCN, 8, 128, 3, GateActivation.SIGMOID, AttentionScope.PER_SERIES);
    text(
        "broken-model/assets.extra/provenance.json",
        new ModelMetadata(spec, Preparation.none(128), LabelEncoding.SORTED, List.of(), Map.of())
            .json());
    Files.createDirectory(folder.resolve("empty-folder"));
    set("good", "1\t0.5\t2\n2\t1\t1\n3\t2\t0\n");
    set("letters", "1\t0.5\t2\n2\t1\t0.5x\n");
    set("gap", "1\t\t2\n2\t1\t1\n");
    set("no-lines", "\n\n");
    set("binary", "1\t\u0001\u0002\n");
    set("long", "1\t1\n2\t1\n3" + "\t0.5".repeat(130) + "\n");
    set("two-classes", "1\t0.5\t2\n2\t1\t1\n");
    set("commas", "1,0.5,2\n2,1,1\n");
    set("words", "up\t0.5\t2\ndown\t1\t1\nlevel\t1\t1\n");
    set("one-class", "1\t0.5\t2\n1\t1\t1\n");
    set("nothing-there", "1\tNaN\tNaN\n2\tNaN\tNaN\n1\t?\tNaN\n2\tNaN\tNaN\n");
    text("train-only/train-only_TRAIN.tsv", "1\t0.5\t2\n2\t1\t1\n");
    text("unknown-label/unknown-label_TRAIN.tsv", "1\t1\n1\t2\n2\t1\n2\t3\n");
    text("unknown-label/unknown-label_TEST.tsv", "3\t1\n");
    text("half-a-set/half-a-set_TEST.tsv", "1\t0.5\t2\n2\t1\t1\n3\t2\t0\n");
    text("multivariate/multivariate_TEST.ts", "@classLabel true a b\n@data\n1,2:3,4:a\n");
    String header = "@univariate false\n@dimensions 2\n@classLabel true 1 2 3\n\n\n@data\n";
    text("two-variables/two-variables_TEST.ts", header + "1,2:3,4:1\n1,2:3,4:2\n1,2:3,4:3\n");
    text("unlike/unlike_TEST.ts", header + "1,2:3,4:1\n1,2:3,4:2\n1,2:3,4:3\n");
    text("unlike/unlike_TRAIN.ts", header.replace("dimensions 2", "dimensions 3") + "1:2:3:1\n");
    text("ragged/ragged_TEST.ts", header + "1,2:3,4,5:1\n");
    text("silent/silent_TEST.ts", header + "1,2:?,?:1\n");
    text("steps/steps_TEST.csv", "series,step,x,label\n1,0,1,a\n1,2,1,a\n");
    bytes(
        "cut-gzip/cut-gzip_TEST.tsv.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1});
    Files.createDirectory(folder.resolve("unlisted"));
    Files.createDirectories(folder.resolve("blocked/cam.html"));
    Files.createDirectories(folder.resolve("blocked/features.html"));
    text("lonely/lonely_TEST.tsv", "1\t0.5\t2\n");
    KerasWeights.write(
        RandomWeights.of(ModelKind.LSTM_FCN, 1, 4, 2, 0), folder.resolve("unlisted/mine.h5"));
    text("other-table/runs.csv", "folder,seconds\nx,many\n");
    Files.createDirectory(folder.resolve("good.html"));
    text("aeon/X/Predictions/CBF/testResample0.csv", "CBF,X,TEST,0,NANOSECONDS\n\n1\n0,0,,1,0\n");
    text(
        "one-result/X/Predictions/CBF/testResample0.csv",
        "CBF,X,TEST,0,NANOSECONDS\n\n1,-1,-1,-1,-1,2\n0,0,,1,0\n");
    text("misreported/reported.csv", "weights,set,accuracy\nw.h5,CBF,84%\n");
  }

  private void set(String name, String lines) throws IOException {
    text(name + "/" + name + "_TRAIN.tsv", lines);
    text(name + "/" + name + "_TEST.tsv", lines);
  }

  private void text(String name, String text) throws IOException {
    bytes(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void bytes(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsOneLine(Mistake mistake) throws IOException {
    List<String> before = contents();

    Run run =
        Run.of(
            mistake.arguments().stream()
                .map(argument -> argument.replace("~", folder.toString()))
                .toList());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(mistake.exitCode());
    List<String> lines = run.err().lines().toList();
    assertThat(lines)
        .first()
        .asString()
        .startsWith("lstmfcn: ")
        .contains(mistake.expected().replace("~", folder.toString()));
    boolean usage = mistake.exitCode() == USAGE;
    assertThat(lines).hasSize(usage ? 2 : 1);
    if (usage) {
      assertThat(lines.get(1)).matches("See 'lstmfcn.* --help'\\.");
    }
    assertThat(run.out()).isEmpty();
    assertThat(contents()).isEqualTo(before);
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(path -> path + " " + path.toFile().length()).sorted().toList();
    }
  }
}
