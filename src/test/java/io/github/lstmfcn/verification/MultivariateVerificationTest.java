package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.github.lstmfcn.report.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weight files with the names of the original of the multivariate networks. */
class MultivariateVerificationTest {
  private static final String VOICE =
      "arabic_voice__weights.h5, with two underscores, is ArabicDigits; arabic_voice_weights.h5,"
          + " with one, is Arabic Voice.";

  private static final Path SUBSAMPLED =
      Path.of("keras-weights/2018-malstmfcn-8-SilentVoices-action3d/weights.h5");

  @TempDir Path folder;
  private Path weights;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    weights = Files.createDirectory(folder.resolve("weights"));
    data = Files.createDirectory(folder.resolve("data"));
  }

  @Test
  void aClaimIsFoundByThePrefixOfTheOriginal() {
    names(
        "arabic_voice__weights.h5",
        "arabic_voice_weights.h5",
        "walk_vs_run__weights.h5",
        "AReM_weights.h5",
        "occupancy_detect_weights.h5",
        "ck_fold_10_weights.h5",
        "wafer_weights.h5",
        "wafer__weights.h5");

    assertThat(ReportedWeights.in(weights).claims())
        .extracting(claim -> claim.weights().getFileName().toString(), Claim::set)
        .containsExactlyInAnyOrder(
            tuple("arabic_voice__weights.h5", "ArabicDigits"),
            tuple("arabic_voice_weights.h5", "Arabic Voice"),
            tuple("walk_vs_run__weights.h5", "WalkvsRun"),
            tuple("AReM_weights.h5", "AREM"),
            tuple("occupancy_detect_weights.h5", "Occupancy"),
            tuple("ck_fold_10_weights.h5", "CK+"),
            tuple("wafer_weights.h5", "Wafer"),
            tuple("wafer__weights.h5", "Wafer"));
    assertThat(ReportedWeights.in(weights).claims())
        .filteredOn(claim -> claim instanceof Claim.Published)
        .hasSize(1); // the univariate Wafer
  }

  @Test
  void aNameThatTheOriginalDoesNotHaveIsNoClaim() {
    names(
        "lp1__weights.h5",
        "lp1_weights.h5",
        "arem_weights.h5",
        "ck_weights.h5",
        "ck_fold_0_weights.h5",
        "ck_fold_11_weights.h5",
        "lp1__fold_1_weights.h5",
        "opportunity_new_weights.h5");

    assertThat(ReportedWeights.in(weights).claims()).hasSize(1);
    assertThat(ReportedWeights.in(weights).unrecognised()).hasSize(7);
  }

  @Test
  void aClaimHasTheFigureOfTheKindThatTheFileIs() {
    MultivariateDataset vowels = MultivariateCatalog.find("JapaneseVowels").orElseThrow();
    Claim claim = new Claim.Multivariate(Path.of("w.h5"), vowels, 0);

    assertThat(claim.figures(ModelKind.MLSTM_FCN))
        .containsExactly(new ReportedFigure("multivariate README, MLSTM-FCN", 1.00, 2));
    assertThat(claim.figures(ModelKind.MALSTM_FCN))
        .containsExactly(new ReportedFigure("multivariate README, MALSTM-FCN", 0.99, 2));
    assertThat(claim.figures(ModelKind.FCN)).isEmpty();
  }

  @Test
  void theTrapsOfTheNamesAreSaidWhateverTheDataIs() {
    names("arabic_voice__weights.h5", "arabic_voice_weights.h5", "occupancy_detect_weights.h5");
    new ArchiveFixture(data, "Other", 8, List.of("1", "2")).of2018(2, 2);

    List<VerifiedFile> files = verify().files();

    assertThat(files.get(0).notes()).contains(VOICE);
    assertThat(files.get(1).notes()).contains(VOICE);
    assertThat(files.get(2).notes())
        .contains(
            "The original's scripts of Occupancy and Opportunity have each other's names:"
                + " opportunity_model.py trains on Occupancy (index 12), occupancy_detect_model.py"
                + " on Opportunity (index 25).");
  }

  @Test
  void theSplitOfTheArchiveIsNotThatOfTheFigure() {
    write("libras__weights.h5", 45, 15);
    new ArchiveFixture(data, "Libras", 45, labels(15)).of2018(180, 180);

    Verification.Outcome outcome = verify();
    VerifiedFile verified = outcome.files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.OTHER_SPLIT);
    assertThat(verified.best().figure()).isNull();
    assertThat(verified.best().total()).isEqualTo(180);
    assertThat(verified.notes())
        .containsExactly(
            "Another split: reported on 360/585 series of TRAIN/TEST, the data here has 180/180,"
                + " as the UEA archive's Libras; the reported figure is not comparable.");
    assertThat(new VerificationReport(outcome).summary()).isEqualTo("1 files: 1 other split");
  }

  @Test
  void aSplitIsAnotherOneAlsoWhereOnlySharesAreReported() {
    write("u_wave__weights.h5", 20, 8);
    new ArchiveFixture(data, "UWaveGestureLibrary", 20, labels(8)).of2018(120, 320);

    assertThat(verify().files().get(0).notes())
        .contains(
            "Another split: reported on a 20-80 split, the data here has 120/320 (27-73), as the"
                + " UEA archive's UWaveGestureLibrary; the reported figure is not comparable.");
  }

  @Test
  void onTheSplitOfTheFigureItIsCompared() {
    write("japanese_vowels__weights.h5", 26, 9);
    new ArchiveFixture(data, "JapaneseVowels", 26, labels(9)).of2018(270, 370);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.OFF);
    assertThat(verified.best().figure())
        .isEqualTo(new ReportedFigure("multivariate README, LSTM-FCN", 0.99, 2));
    assertThat(verified.best().difference()).isEqualTo(verified.best().correct() - 365);
    assertThat(verified.notes())
        .contains(
            "The reported figure was selected by accuracy on TEST.",
            "The printed 0.99 stands for 365 to 368 of 370 series.")
        .anyMatch(note -> note.startsWith("One run of the original's MLSTM-FCN gave 366/370"));
  }

  @Test
  void theTableOnTheArchiveIsNamedAndNotCompared() {
    new ArchiveFixture(data, "JapaneseVowels", 26, labels(9)).of2018(270, 370);
    UcrArchive archive = UcrArchive.open(data);
    SplitPair pair =
        new SplitPair(
            archive.read("JapaneseVowels", Split.TRAIN),
            archive.read("JapaneseVowels", Split.TEST));
    ModelSpec spec = ModelSpec.of(ModelKind.MLSTM_FCN, 12, 26, 9, 8, GateActivation.HARD_SIGMOID);
    MultivariateDataset vowels = MultivariateCatalog.find("JapaneseVowels").orElseThrow();

    assertThat(new MultivariateNotes(vowels, 0, spec, pair).sentences())
        .containsExactly(
            "The reported figure was selected by accuracy on TEST.",
            "The printed 1.00 stands for 369 to 370 of 370 series.",
            "Not compared: 0.976, which a later paper prints for MLSTM-FCN on this split of the"
                + " UEA archive, copied and unconfirmed.");
  }

  @Test
  void aSplitIsAnotherOneThanAnInferredOne() {
    write("eeg_weights.h5", 20, 2);
    new ArchiveFixture(data, "eeg", 20, labels(2)).of2018(64, 60);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.OTHER_SPLIT);
    assertThat(verified.notes())
        .containsExactly(
            "Another split: reported on a TEST of 64 series (inferred from the figures), the data"
                + " here has 64/60; the reported figure is not comparable.");
  }

  @Test
  void aSizeThatIsInferredOrUnknownIsSaidToBe() {
    write("eeg_weights.h5", 20, 2);
    write("net_flow__weights.h5", 20, 2);
    new ArchiveFixture(data, "eeg", 20, labels(2)).of2018(64, 64);
    new ArchiveFixture(data, "NetFlow", 20, labels(2)).of2018(60, 40);

    List<VerifiedFile> files = verify().files();

    assertThat(files.get(0).notes())
        .contains("That it was reported on 64 series is inferred from the figures.");
    assertThat(files.get(1).notes())
        .contains(
            "On how many series it was reported is not known; it is compared on the 40 here.");
    assertThat(files.get(1).best().figure().accuracy()).isEqualTo(0.94);
  }

  @Test
  void aFoldHasNoFigureOfItsOwn() {
    write("ck_fold_3_weights.h5", 20, 7);
    new ArchiveFixture(data, "CK", 20, labels(7)).of2018(70, 35);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.NO_FIGURE);
    assertThat(verified.notes())
        .contains(
            "Fold 3 of 10: the reported 0.9607 is the mean over the folds, so that there is no"
                + " figure for one of them.");
  }

  @Test
  void otherCellsThanThoseOfTheScriptAreSaid() {
    write("lp5__weights.h5", 15, 5);
    new ArchiveFixture(data, "lp5", 15, labels(5)).of2018(64, 100);

    assertThat(verify().files().get(0).notes())
        .contains(
            "The last state of the original's script has 128 cells for this network, the file has"
                + " 8.");
  }

  /** As the original does with the longest of JapaneseVowels, 29 steps in TEST and 26 in TRAIN. */
  @Test
  void seriesOfTestAreCutToTheLongestOfTrain() throws IOException {
    write("lp1__weights.h5", 15, 4);
    Path shorter = folder.resolve("shorter");
    new ArchiveFixture(data, "LP1", 18, labels(4)).of2018(38, 50);
    new ArchiveFixture(shorter, "LP1", 15, labels(4)).of2018(38, 50);
    Files.copy(
        shorter.resolve("LP1/LP1_TRAIN.tsv"),
        data.resolve("LP1/LP1_TRAIN.tsv"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(verify().files().get(0).best().total()).isEqualTo(50);
  }

  @Test
  void aModelOfOtherVariablesDoesNotFit() throws IOException {
    write("lp1__weights.h5", 3, 2);
    for (String split : List.of("TRAIN", "TEST")) {
      Files.writeString(
          data.resolve("LP1_" + split + ".ts"),
          """
          @problemName LP1
          @univariate false
          @dimensions 2
          @classLabel true a b
          @data
          1,2,3:4,5,6:a
          3,2,1:6,5,4:b
          """);
    }

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.DOES_NOT_FIT);
    assertThat(verified.notes())
        .containsExactly("The model's number of variables is 1, the dataset's 2.");
  }

  /** The subsampled weights fit series of 25 and of 26 steps. */
  @Test
  void theLengthThatWeightsLeaveOpenIsThatOfTheDataset() throws IOException {
    list("SilentVoices", SUBSAMPLED);
    UcrArchive testdata = UcrArchive.open(Path.of("testdata"));

    VerifiedFile verified = verify(testdata).files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(verified.model().length()).isEqualTo(26);
    assertThat(testdata.read("SilentVoices", Split.TEST).length()).isEqualTo(29);
  }

  @Test
  void withoutTheDatasetALengthThatWeightsLeaveOpenStaysUnknown() throws IOException {
    list("SilentVoices", SUBSAMPLED);
    new ArchiveFixture(data, "Other", 8, labels(2)).of2018(2, 2);

    VerifiedFile verified = verify().files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.NO_DATA);
    assertThat(verified.model()).isNull();
    assertThat(verified.notes()).isEmpty();
  }

  @Test
  void aDatasetOfALengthThatWeightsCannotHaveIsNamed() throws IOException {
    list("PhaseWaves", SUBSAMPLED);

    VerifiedFile verified = verify(UcrArchive.open(Path.of("testdata"))).files().get(0);

    assertThat(verified.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(verified.notes())
        .singleElement()
        .asString()
        .endsWith(
            "length: expected a number of steps between 25 and 26, as the weights have it, found"
                + " 60");
  }

  /** The published values are standardised already, those of the archive are not. */
  @Test
  void valuesAreStandardisedAndLeftAsTheyAre() {
    write("lp1__weights.h5", 15, 4);
    new ArchiveFixture(data, "LP1", 15, labels(4)).of2018(38, 50);

    VerifiedFile verified = verify().files().get(0);

    assertThat(List.of(verified.best(), verified.others().get(0)))
        .extracting(Attempt::normalization)
        .containsExactlyInAnyOrder("pooled", "none");
  }

  @Test
  void aFileThatWasVerifiedIsKnownAgain() {
    write("lp1__weights.h5", 15, 4);
    new ArchiveFixture(data, "LP1", 15, labels(4)).of2018(38, 50);
    Claim claim = ReportedWeights.in(weights).claims().get(0);

    assertThat(VerificationLog.key(claim, UcrArchive.open(data), 0))
        .contains("LSTM-FCN=8, ALSTM-FCN=8, MLSTM-FCN=8, MALSTM-FCN=8")
        .doesNotContain("none");
  }

  private Verification.Outcome verify() {
    return verify(UcrArchive.open(data));
  }

  private Verification.Outcome verify(UcrArchive archive) {
    return new Verification(weights, archive, 0)
        .run(
            VerificationLog.none(),
            new Verification.Progress() {
              @Override
              public void start(int files) {}

              @Override
              public void done(VerifiedFile file) {}
            });
  }

  private static List<String> labels(int classes) {
    return IntStream.rangeClosed(1, classes).mapToObj(String::valueOf).toList();
  }

  private void write(String name, int length, int classes) {
    KerasWeights.write(
        RandomWeights.of(ModelKind.LSTM_FCN, 8, length, classes, 1), weights.resolve(name));
  }

  private void list(String set, Path file) throws IOException {
    Files.writeString(
        weights.resolve("reported.csv"),
        "weights,set,accuracy,normalization,labels\n%s,%s,72/135,none,upstream\n"
            .formatted(file.toAbsolutePath(), set));
  }

  /** Files that are found by their names and cannot be read. */
  private void names(String... names) {
    for (String name : names) {
      try {
        Files.writeString(weights.resolve(name), "no HDF5");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
