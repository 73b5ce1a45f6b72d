package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.report.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  /** Of the archive's sets one with its halves exchanged, and short: 400 and 139 series in 2018. */
  private static final String EXCHANGED = "DistalPhalanxOutlineAgeGroup";

  private static final List<String> THREE = List.of("1", "2", "3");
  private static final List<String> TWO = List.of("1", "2");

  @TempDir Path folder;
  private Path weights;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    weights = Files.createDirectory(folder.resolve("weights"));
    data = Files.createDirectory(folder.resolve("data"));
  }

  @Test
  void everyShippedFileIsReproduced() {
    Verification.Outcome report =
        new Verification(Path.of("keras-weights"), UcrArchive.open(Path.of("testdata")), 0)
            .run(VerificationLog.none(), new Silent());

    assertThat(report.isGood()).isTrue();
    assertThat(new VerificationReport(report).summary()).isEqualTo("21 files: 21 reproduced");
    assertThat(file(report, "2017-lstmfcn-8-FiftyTones").notes())
        .contains("Upstream's label encoding merges: labels 1, 2 are class 0.");
  }

  @Test
  void aReleaseOf2017OnDataOf2018IsScoredOnTrainWhereTheHalvesAreExchanged() {
    write("phalanx_age_group_weights.h5", random(ModelKind.LSTM_FCN, 8, 80, 3));
    new ArchiveFixture(data, EXCHANGED, 80, THREE).of2018(400, 139);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.best().file()).isEqualTo(EXCHANGED + "_TRAIN.tsv");
    assertThat(verified.best().total()).isEqualTo(400);
    assertThat(verified.notes())
        .contains(
            "TRAIN and TEST are exchanged between the archives of 2015 and 2018; the data here is"
                + " as in 2018. Reported on the TEST of 2015, therefore scored: "
                + EXCHANGED
                + "_TRAIN.tsv.");
  }

  @Test
  void aReleaseOf2017OnDataOf2015IsScoredOnTest() {
    write("phalanx_age_group_weights.h5", random(ModelKind.LSTM_FCN, 8, 80, 3));
    new ArchiveFixture(data, EXCHANGED, 80, THREE).of2015(139, 400);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.best().file()).isEqualTo(EXCHANGED + "_TEST");
    assertThat(verified.best().total()).isEqualTo(400);
  }

  @Test
  void theSizesOfTheHalvesOutrankTheFilesNames() {
    write("phalanx_age_group_weights.h5", random(ModelKind.LSTM_FCN, 8, 80, 3));
    new ArchiveFixture(data, EXCHANGED, 80, THREE).of2018(139, 400);

    assertThat(verify().files().get(0).best().file()).isEqualTo(EXCHANGED + "_TEST.tsv");
  }

  @Test
  void aReleaseOf2019IsFoundByItsFolderAndScaledPerSample() {
    write("lstmfcn_8_cells_weights/GunPoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 150, 2));
    new ArchiveFixture(data, "GunPoint", 150, TWO).of2018(50, 150);

    Verification.Outcome report = verify();

    VerifiedFile verified = report.files().get(0);
    assertThat(verified.set()).isEqualTo("GunPoint");
    assertThat(verified.best().normalization()).isEqualTo("sample");
    assertThat(verified.best().labels()).isEqualTo("upstream");
    assertThat(verified.best().figure().source()).isEqualTo("train-loss table, LSTM-FCN");
    assertThat(verified.verdict()).isEqualTo(Verdict.OFF);
    assertThat(report.isGood()).isFalse();
  }

  @Test
  void whatTheFolderPromisesMustBeInTheFile() {
    write("alstmfcn_64_cells_weights/GunPoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 150, 2));
    new ArchiveFixture(data, "GunPoint", 150, TWO).of2018(50, 150);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.DOES_NOT_FIT);
    assertThat(verified.notes())
        .containsExactly(
            "The folder's name states ALSTM-FCN with 64 cells, the file has LSTM-FCN with 8.");
  }

  @Test
  void aModelOfAnotherLengthOrOtherClassesIsNamed() {
    write("gunpoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 151, 2));
    write("beef_weights.h5", random(ModelKind.LSTM_FCN, 8, 40, 4));
    new ArchiveFixture(data, "GunPoint", 150, TWO).of2018(50, 150);
    new ArchiveFixture(data, "Beef", 40, List.of("1", "2", "3", "4", "5")).of2018(30, 30);

    Verification.Outcome report = verify();

    assertThat(file(report, "gunpoint").notes())
        .containsExactly("The model's length is 151, the dataset's 150.");
    assertThat(file(report, "beef").notes())
        .containsExactly("The model has 4 classes, the dataset 5.");
    assertThat(new VerificationReport(report).summary()).isEqualTo("2 files: 2 does not fit");
  }

  @Test
  void aSetThatIsNotThereAndAFileThatIsDamagedEndNothing() throws IOException {
    write("gunpoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 150, 2));
    Files.writeString(weights.resolve("beef_weights.h5"), "no HDF5");
    new ArchiveFixture(data, "Beef", 40, List.of("1", "2", "3", "4", "5")).of2018(30, 30);

    Verification.Outcome report = verify();

    assertThat(file(report, "gunpoint").verdict()).isEqualTo(Verdict.NO_DATA);
    assertThat(file(report, "beef").verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(file(report, "beef").notes().get(0)).contains("beef_weights.h5", "HDF5");
    assertThat(report.isGood()).isFalse();
  }

  @Test
  void theScopeOfTheAttentionThatGivesTheFigureIsFoundAndTheOtherSaysByHowMuchItMisses() {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 300);
    ModelWeights model = distinguished(AttentionScope.ACROSS_BATCH);
    int across = correct(model, AttentionScope.ACROSS_BATCH, Normalization.NONE);
    int perSeries = correct(model, AttentionScope.PER_SERIES, Normalization.NONE);
    // Written as of a Keras that had both cells, so that the file leaves the scope open.
    write("model.h5", model.with(model.spec().with(GateActivation.SIGMOID)));
    list("model.h5,Noise," + across + "/300,none,sorted,");

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(verified.best().attention()).isEqualTo("across-batch");
    assertThat(verified.notes())
        .contains(
            String.format(
                Locale.ROOT,
                "Also tried: Noise_TEST.tsv, normalization none, labels sorted, attention per-series:"
                    + " off by %+d.",
                perSeries - across));
  }

  @Test
  void whatIsLeftOpenIsTriedAndTheNearestCounts() {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 300);
    ModelWeights model = random(ModelKind.LSTM_FCN, 8, 40, 3);
    int sample = correct(model, AttentionScope.PER_SERIES, Normalization.SAMPLE);
    int none = correct(model, AttentionScope.PER_SERIES, Normalization.NONE);
    assertThat(sample).isNotEqualTo(none);
    write("model.h5", model);
    list("model.h5,Noise," + sample + "/300,,sorted,");

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(verified.best().normalization()).isEqualTo("sample");
    assertThat(verified.notes())
        .contains(
            String.format(
                Locale.ROOT,
                "Also tried: Noise_TEST.tsv, normalization none, labels sorted: off by %+d.",
                none - sample));
  }

  @Test
  void aFigureWithinTheToleranceIsReproduced() {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 300);
    ModelWeights model = random(ModelKind.LSTM_FCN, 8, 40, 3);
    write("model.h5", model);
    list(
        "model.h5,Noise,%s/300,none,sorted,"
            .formatted(correct(model, AttentionScope.PER_SERIES, Normalization.NONE) + 2));

    assertThat(verify(1).files().get(0).verdict()).isEqualTo(Verdict.OFF);
    assertThat(verify(2).files().get(0).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(verify(2).files().get(0).best().difference()).isEqualTo(-2);
  }

  @Test
  void aKilledRunGoesOnWhereItWas() throws IOException {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    write("a.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    write("b.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    list("a.h5,Noise,0.5,none,sorted,", "b.h5,Noise,0.5,none,sorted,");
    Path log = folder.resolve("log.jsonl");
    Verification.Outcome whole = run(0, VerificationLog.at(log, "1.1.0"));
    List<String> lines = lines(log);
    assertThat(lines).hasSize(2);
    Files.writeString(log, "\n" + lines.get(0) + "\n" + lines.get(1).substring(0, 40));

    Verification.Outcome resumed = run(0, VerificationLog.at(log, "1.1.0"));

    assertThat(resumed.files()).isEqualTo(whole.files());
    assertThat(lines(log)).hasSize(3); // the cut one and its second measurement
    run(0, VerificationLog.at(log, "1.1.0"));
    assertThat(lines(log)).hasSize(3);
  }

  @Test
  void whatAnotherVersionFoundIsMeasuredAgain() throws IOException {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    write("a.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    list("a.h5,Noise,0.5,none,sorted,");
    Path log = folder.resolve("log.jsonl");
    run(0, VerificationLog.at(log, "1.1.0"));

    run(0, VerificationLog.at(log, "1.2.0"));
    assertThat(lines(log)).as("another TensorFlow").hasSize(2);
    Files.writeString(log, Files.readString(log).replace(Program.version(), "0.0.9"));
    run(0, VerificationLog.at(log, "1.2.0"));
    assertThat(lines(log)).as("another version of this program").hasSize(3);
    run(0, VerificationLog.at(log, "1.2.0"));
    assertThat(lines(log)).hasSize(3);
  }

  @Test
  void aLineOfTheLogThatLacksAFieldIsNamed() throws IOException {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    write("a.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    list("a.h5,Noise,0.5,none,sorted,");
    Path log = folder.resolve("log.jsonl");
    run(0, VerificationLog.at(log, "1.1.0"));
    String written = Files.readString(log);

    Files.writeString(log, written.replace("\"tensorflow\":\"1.1.0\",", ""));
    assertThatThrownBy(() -> VerificationLog.at(log, "1.1.0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            log
                + ": line 2: tensorflow: expected text, found none; delete the file to verify all"
                + " weights again");
    Files.writeString(log, written.replace("\"verdict\":", "\"judge\":3,\"verdict\":"));
    assertThatThrownBy(() -> VerificationLog.at(log, "1.1.0"))
        .hasMessageContaining("line 2: result.judge: expected no field of this name, found 3");
    Files.writeString(log, written.replace("\"format\":2", "\"format\":3"));
    assertThatThrownBy(() -> VerificationLog.at(log, "1.1.0"))
        .hasMessageContaining("line 2: format: expected 2, found 3");
  }

  @Test
  void aFileThatChangedIsMeasuredAgain() throws IOException {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    write("a.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    list("a.h5,Noise,0.5,none,sorted,");
    Path log = folder.resolve("log.jsonl");
    run(0, VerificationLog.at(log, "1.1.0"));

    write("a.h5", random(ModelKind.LSTM_FCN, 9, 40, 3));
    Verification.Outcome again = run(0, VerificationLog.at(log, "1.1.0"));

    assertThat(again.files().get(0).model().cells()).isEqualTo(9);
    assertThat(lines(log)).hasSize(2);
  }

  @Test
  void aFolderWithoutAnythingReportedSaysWhatItLooksFor() {
    write("mine.h5", random(ModelKind.LSTM_FCN, 8, 40, 3));
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);

    assertThatThrownBy(this::verify)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 1 weight files of other names")
        .hasMessageContaining("reported.csv");
  }

  @Test
  void aLineThatMakesNoSenseIsNamed() {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    list("a.h5,Noise,1.5,none,sorted,");
    assertThatThrownBy(this::verify)
        .hasMessageContaining("line 2, accuracy")
        .hasMessageContaining("1.5");
    list("a.h5,Noise,0.5,often,sorted,");
    assertThatThrownBy(this::verify).hasMessageContaining("line 2, normalization");
    list(",Noise,0.5,none,sorted,");
    assertThatThrownBy(this::verify).hasMessageContaining("line 2, weights");
  }

  @Test
  void theCsvHasALineAFile() {
    new ArchiveFixture(data, "Noise", 40, THREE).of2018(9, 30);
    write("a.h5", random(ModelKind.ALSTM_FCN, 8, 40, 3));
    list("a.h5,Noise,0.5,none,sorted,across-batch");

    assertThat(new VerificationReport(verify()).csv().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("a.h5,Noise,\"ALSTM-FCN, 8 cells, length 40, 3 classes")
        .contains(",30,", "across-batch");
  }

  private Verification.Outcome verify() {
    return verify(0);
  }

  private Verification.Outcome verify(int tolerance) {
    return run(tolerance, VerificationLog.none());
  }

  private Verification.Outcome run(int tolerance, VerificationLog log) {
    return new Verification(weights, UcrArchive.open(data), tolerance).run(log, new Silent());
  }

  @Test
  void whatIsVerifiedElsewhereMayArriveInAnyOrderAndIsReportedInThatOfTheFiles() {
    write("gunpoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 150, 2));
    write("beef_weights.h5", random(ModelKind.LSTM_FCN, 8, 40, 4));
    new ArchiveFixture(data, "GunPoint", 150, TWO).of2018(50, 150);
    Path file = folder.resolve("log.jsonl");
    List<String> arrived = new ArrayList<>();
    VerificationPlace backwards =
        (verification, files, done) -> {
          for (int index = files.size() - 1; index >= 0; index--) {
            String name = files.get(index).name();
            VerifiedFile found = verification.file(name).run(Threads.of(1));
            String document = Json.line(VerifiedFile.FORMAT.document(found));
            done.accept(files.get(index), VerifiedFile.FORMAT.parse(null, "", document));
            arrived.add(found.set());
          }
        };
    Verification verification = new Verification(weights, UcrArchive.open(data), 0);

    Verification.Outcome report =
        verification.run(VerificationLog.at(file, "2"), new Silent(), backwards);
    Verification.Outcome again =
        verification.run(VerificationLog.at(file, "2"), new Silent(), backwards);

    assertThat(arrived).containsExactly("GunPoint", "Beef");
    assertThat(report.files()).extracting(VerifiedFile::set).containsExactly("Beef", "GunPoint");
    assertThat(report).isEqualTo(verify()).isEqualTo(again);
  }

  @Test
  void aFileThatAnotherMachineDoesNotHaveIsNamed() {
    write("gunpoint_weights.h5", random(ModelKind.LSTM_FCN, 8, 150, 2));
    new ArchiveFixture(data, "GunPoint", 150, TWO).of2018(50, 150);
    Verification verification = new Verification(weights, UcrArchive.open(data), 0);

    assertThatThrownBy(() -> verification.file("another"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the same weight files on every machine, found none that is another");
  }

  private static VerifiedFile file(Verification.Outcome report, String prefix) {
    return report.files().stream()
        .filter(file -> file.weights().startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static ModelWeights random(ModelKind kind, int cells, int length, int classes) {
    return RandomWeights.of(kind, cells, length, classes, 1);
  }

  /** A model whose count differs between the scopes. */
  private ModelWeights distinguished(AttentionScope scope) {
    IntPredicate differs =
        seed -> {
          ModelWeights model = RandomWeights.of(ModelKind.ALSTM_FCN, 16, 40, 3, seed);
          return correct(model, scope, Normalization.NONE)
              != correct(model, AttentionScope.PER_SERIES, Normalization.NONE);
        };
    int seed = IntStream.range(0, 20).filter(differs).findFirst().orElseThrow();
    return RandomWeights.of(ModelKind.ALSTM_FCN, 16, 40, 3, seed);
  }

  private int correct(ModelWeights model, AttentionScope scope, Normalization normalization) {
    Dataset test = UcrArchive.open(data).read("Noise", Split.TEST);
    try (LstmFcnSession session = new LstmFcnSession(model.with(model.spec().with(scope)))) {
      Preparation preparation = Preparation.of(normalization, model.spec().length(), false, null);
      ScoredSplit scored = ScoredSplit.of(test, null, LabelEncoding.SORTED);
      float[][] inputs = scored.inputs(session.classes(), preparation);
      return scored.evaluation(session.probabilities(inputs, 128)).correct();
    }
  }

  private void write(String name, ModelWeights model) {
    Path file = weights.resolve(name);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    KerasWeights.write(model, file);
  }

  private void list(String... lines) {
    List<String> all =
        new ArrayList<>(List.of("weights,set,accuracy,normalization,labels,attention"));
    all.addAll(List.of(lines));
    try {
      Files.write(weights.resolve("reported.csv"), all);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
  }

  private static final class Silent implements Verification.Progress {
    @Override
    public void start(int files) {}

    @Override
    public void done(VerifiedFile file) {}
  }
}
