package io.github.lstmfcn.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.chart.RunPictures;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.training.Adam;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RecipeBuilder;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.Validation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRunTest {
  /** Stands still: what is for people is written at the end only. */
  private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final String CONVOLUTIONS = "lstmfcn.convolutions";

  @TempDir Path folder;

  @AfterEach
  void unset() {
    System.clearProperty(CONVOLUTIONS);
  }

  private static RunDescription description(UnaryOperator<RecipeBuilder> change) {
    return description(Path.of("testdata/SyntheticControl"), change);
  }

  private static RunDescription description(Path data, UnaryOperator<RecipeBuilder> change) {
    RecipeBuilder builder = Recipe.standard(Optional.empty()).toBuilder().epochs(4).batchSize(16);
    return new RunDescription(
        "test",
        "test",
        "test",
        RunDescription.availableThreads(),
        null,
        Precision.FLOAT32,
        "SyntheticControl",
        FileDigest.of(data.resolve("SyntheticControl_TRAIN.tsv")),
        FileDigest.of(data.resolve("SyntheticControl_TEST.tsv")),
        ModelKind.LSTM_FCN,
        8,
        GateActivation.HARD_SIGMOID,
        null,
        change.apply(builder).build(),
        null);
  }

  /** Chooses by a part of TRAIN. */
  private static RecipeBuilder holdOut(RecipeBuilder recipe) {
    return recipe.validation(Validation.Source.HOLD_OUT).monitor(Monitor.VAL_LOSS);
  }

  private RunMetrics run(String name, RunDescription description) {
    try (TrainingRun run =
        TrainingRun.begin(folder.resolve(name), description, STILL, new RunPictures())) {
      return run.run(TrainingListener.NONE, () -> false);
    }
  }

  private byte[] bytes(String run, String file) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve(file));
  }

  @Test
  void aFolderHoldsEverythingOfARun() throws IOException {
    RunMetrics metrics = run("run", description(TrainingRunTest::holdOut));

    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "run.json",
              "run.lock",
              "checkpoint",
              "history.csv",
              "metrics.json",
              "weights-best.h5",
              "weights-last.h5",
              "training.html",
              "training.png");
    }
    assertThat(Files.readAllLines(folder.resolve("run/history.csv")))
        .hasSize(5)
        .first()
        .isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,lr");
    assertThat(metrics.finished()).isTrue();
    assertThat(metrics.test().total()).isEqualTo(120);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("run/metrics.json").toFile());
    assertThat(json.at("/test/correct").asLong()).isEqualTo(metrics.test().correct());
    assertThat(json.get("chosen_on").asText()).isEqualTo("a hold-out of TRAIN");
    assertThat(KerasWeights.read(folder.resolve("run/weights-best.h5")).weights().spec().classes())
        .isEqualTo(6);
  }

  @Test
  void theDescriptionIsEnoughToRepeatARunBitForBit() throws IOException {
    run("first", description(recipe -> recipe.seed(5)));
    RunDescription read = RunDescription.read(folder.resolve("first/run.json"));
    run("second", read);

    assertThat(read)
        .isEqualTo(
            description(recipe -> recipe.seed(5))
                .computedBy(RunDescription.availableThreads(), Convolutions.WINOGRAD_6));
    assertThat(bytes("second", "checkpoint")).isEqualTo(bytes("first", "checkpoint"));
    assertThat(bytes("second", "weights-best.h5")).isEqualTo(bytes("first", "weights-best.h5"));
  }

  @Test
  void anEpochIsToldOfOnceItIsKeptAndBeforeAnyBatchOfTheNext() {
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(int epoch, int batch, int batches, Score soFar) {
            if (batch == 1) {
              told.add("in " + epoch);
            }
          }

          @Override
          public void epochDone(Epoch epoch) {
            told.add("after " + TrainingRun.epochs(folder.resolve("run")));
          }
        };
    try (TrainingRun run =
        TrainingRun.begin(
            folder.resolve("run"), description(recipe -> recipe), STILL, new RunPictures())) {
      run.run(listener, () -> false);
    }

    assertThat(told)
        .containsExactly(
            "in 1", "after 1", "in 2", "after 2", "in 3", "after 3", "in 4", "after 4");
  }

  @ParameterizedTest(name = "{0}, with validation: {1}")
  @CsvSource({"auto,false", "direct,true", "winograd-4,false"})
  void aRunThatWasStoppedEndsAsOneThatWasNot(String convolutions, boolean holdsOut)
      throws IOException {
    RunDescription description = description(recipe -> holdsOut ? holdOut(recipe) : recipe);
    System.setProperty(CONVOLUTIONS, convolutions);
    run("whole", description);
    AtomicInteger epochs = new AtomicInteger();
    try (TrainingRun run =
        TrainingRun.begin(folder.resolve("cut"), description, STILL, new RunPictures())) {
      RunMetrics metrics = run.run(TrainingListener.NONE, () -> epochs.incrementAndGet() > 2);
      assertThat(metrics.finished()).isFalse();
      assertThat(metrics.test()).as("TEST is scored once").isNull();
      assertThat(metrics.epochs()).isEqualTo(2);
    }
    // A line that a kill left behind the checkpoint's.
    Files.writeString(
        folder.resolve("cut/history.csv"), "3,0.1,0.", java.nio.file.StandardOpenOption.APPEND);
    System.clearProperty(CONVOLUTIONS);

    try (TrainingRun run = TrainingRun.resume(folder.resolve("cut"), STILL, new RunPictures())) {
      assertThat(run.epoch()).isEqualTo(2);
      assertThat(run.run(TrainingListener.NONE, () -> false).finished()).isTrue();
    }

    for (String file :
        List.of(
            "run.json",
            "checkpoint",
            "history.csv",
            "metrics.json",
            "weights-best.h5",
            "weights-last.h5")) {
      assertThat(bytes("cut", file)).as(file).isEqualTo(bytes("whole", file));
    }
  }

  @Test
  void aRunThatWasKilledInItsFirstEpochBeginsAgain() throws IOException {
    RunDescription description = description(recipe -> recipe);
    run("whole", description);
    TrainingRun.begin(folder.resolve("cut"), description, STILL, new RunPictures()).close();

    try (TrainingRun run = TrainingRun.resume(folder.resolve("cut"), STILL, new RunPictures())) {
      run.run(TrainingListener.NONE, () -> false);
    }

    assertThat(bytes("cut", "checkpoint")).isEqualTo(bytes("whole", "checkpoint"));
  }

  @Test
  void aFinishedRunThatIsResumedStaysAsItIs() throws IOException {
    run("run", description(recipe -> recipe));
    byte[] checkpoint = bytes("run", "checkpoint");

    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      assertThat(run.run(TrainingListener.NONE, () -> false).epochs()).isEqualTo(4);
    }

    assertThat(bytes("run", "checkpoint")).isEqualTo(checkpoint);
  }

  @Test
  void aFolderIsForOneRunAndOneProcess() {
    RunDescription description = description(recipe -> recipe);
    try (TrainingRun first =
        TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures())) {
      assertThat(first.epoch()).isZero();
      assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("one that another run has locked");
    }
    assertThatThrownBy(
            () -> TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures()))
        .hasMessageContaining("use --resume to continue it");
    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("none"), STILL, new RunPictures()))
        .hasMessageContaining("with run.json");
  }

  @Test
  void aRunThatIsPreparedIsResumedAsOneThatWasBegun() throws IOException {
    RunDescription description = description(recipe -> recipe);
    run("whole", description);
    TrainingRun.prepare(folder.resolve("run"), description(recipe -> recipe.epochs(7)));
    TrainingRun.prepare(folder.resolve("run"), description); // it had not begun

    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      run.run(TrainingListener.NONE, () -> false);
    }

    assertThat(bytes("run", "checkpoint")).isEqualTo(bytes("whole", "checkpoint"));
    assertThat(TrainingRun.finished(folder.resolve("run"))).isPresent();
    assertThat(TrainingRun.epochs(folder.resolve("run"))).isEqualTo(4);
    TrainingRun.prepare(folder.resolve("run"), description);
    assertThat(bytes("run", "run.json")).isEqualTo(bytes("whole", "run.json"));
  }

  @Test
  void aRunWhoseCheckpointsAreGoneIsNotBegunAgain() throws IOException {
    run("run", description(recipe -> recipe));
    byte[] weights = bytes("run", "weights-best.h5");
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("checkpoint")) {
          Files.delete(file);
        }
      }
    }

    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a checkpoint beside metrics.json, to go on from");
    assertThat(bytes("run", "weights-best.h5")).isEqualTo(weights);
  }

  @Test
  void aFolderWithAnotherRunSaysInWhatItDiffers() {
    run("run", description(recipe -> recipe));

    assertThatThrownBy(
            () ->
                TrainingRun.prepare(
                    folder.resolve("run"), description(recipe -> recipe.epochs(5).seed(1))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("one with epochs 4 instead of 5, seed 0 instead of 1");
  }

  @Test
  void dataThatChangedEndsTheResuming() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    for (String half : List.of("TRAIN", "TEST")) {
      String name = "SyntheticControl_" + half + ".tsv";
      Files.copy(Path.of("testdata/SyntheticControl", name), data.resolve(name));
    }
    RunDescription description = description(data, recipe -> recipe);
    TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures()).close();
    Path train = data.resolve("SyntheticControl_TRAIN.tsv");
    Files.writeString(train, Files.readString(train).replaceFirst("0\\.1", "0.2"));

    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("SyntheticControl_TRAIN.tsv")
        .hasMessageContaining("begin a new run");
  }

  @Test
  void aDescriptionOfAnotherNetworkThanTheCheckpointsIsRefused() throws IOException {
    run("run", description(recipe -> recipe.epochs(1)));
    Path file = folder.resolve("run/run.json");
    Files.writeString(file, Files.readString(file).replace("\"cells\" : 8", "\"cells\" : 16"));

    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("run.json: expected the network of the checkpoint, LSTM-FCN, 8 cells")
        .hasMessageContaining("found LSTM-FCN, 16 cells");
    Files.writeString(file, Files.readString(file).replace("\"cells\" : 16", "\"cells\" : 0"));
    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
        .hasMessageContaining("cells: expected 1 or more, found 0");
  }

  @Test
  void aShortDigestIsRefused() throws IOException {
    run("run", description(recipe -> recipe.epochs(1)));
    Path file = folder.resolve("run/run.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"sha256\" : \"\\w+\"", "\"sha256\" : \"x\""));

    assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train.sha256: expected 64 hexadecimal digits, found x");
  }

  @Test
  void weightsOfTheLastGoodEpochSurviveADivergence() {
    RunDescription description =
        description(recipe -> recipe.adam(new Adam(1e30f, 0.9f, 0.999f, 1e-7f)));

    assertThatThrownBy(() -> run("run", description))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("lower the learning rate");

    assertThat(KerasWeights.read(folder.resolve("run/weights-last.h5")).weights().parameters())
        .isPositive();
    assertThat(folder.resolve("run/metrics.json")).doesNotExist();
    assertThat(folder.resolve("run/training.png")).doesNotExist(); // of no epoch
  }

  @Test
  void aRunThatDivergedInItsFirstEpochBeginsAnewWithWhatItIsToldThen() throws IOException {
    RunDescription good = description(recipe -> recipe.seed(3));
    run("whole", good);
    RunDescription tooFast =
        description(recipe -> recipe.adam(new Adam(Float.MAX_VALUE, 0.9f, 0.999f, 1e-7f)));
    TrainingRun.prepare(folder.resolve("run"), tooFast);
    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      assertThatThrownBy(() -> run.run(TrainingListener.NONE, () -> false))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("no epoch was completed");
    }

    TrainingRun.prepare(folder.resolve("run"), good);
    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      run.run(TrainingListener.NONE, () -> false);
    }

    assertThat(bytes("run", "checkpoint")).isEqualTo(bytes("whole", "checkpoint"));
  }

  @Test
  void aRunThatIsStoppedTwiceGoesOnWhereItWas() throws IOException {
    RunDescription description = description(recipe -> recipe);
    run("whole", description);
    try (TrainingRun run =
        TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures())) {
      assertThat(run.run(TrainingListener.NONE, () -> true).epochs()).isZero();
      AtomicInteger asked = new AtomicInteger();
      assertThat(run.run(TrainingListener.NONE, () -> asked.getAndIncrement() == 1).epochs())
          .isOne();
      assertThat(run.run(TrainingListener.NONE, () -> false).epochs()).isEqualTo(4);
    }

    assertThat(bytes("run", "checkpoint")).isEqualTo(bytes("whole", "checkpoint"));
  }

  @Test
  void checkpointsOfALostRunAreNotWrittenOver() throws IOException {
    run("run", description(recipe -> recipe));
    Files.delete(folder.resolve("run/run.json"));

    assertThatThrownBy(() -> run("run", description(recipe -> recipe.epochs(2))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found checkpoints without run.json; name another");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatTakesNoMoreLeavesTheLastWholeEpochAndNoPartOfTheNext() throws IOException {
    RunDescription description = description(recipe -> recipe);
    Path next = folder.resolve("run/checkpoint.2"); // the first epoch is in the first
    TrainingListener breaking =
        new TrainingListener() {
          @Override
          public void epochDone(Epoch epoch) {
            try {
              if (epoch.number() == 1) {
                Files.createSymbolicLink(next, Path.of("/dev/full"));
              }
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    try (TrainingRun run =
        TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures())) {
      assertThatThrownBy(() -> run.run(breaking, () -> false))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("checkpoint.2")
          .hasMessageContaining("No space left on device; use --resume");
    }
    assertThat(next).doesNotExist();

    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      assertThat(run.epoch()).isEqualTo(1);
    }
  }

  @Test
  void aCheckpointThatWasCutGivesWayToTheOneBefore() throws IOException {
    RunDescription description = description(recipe -> recipe);
    TrainingListener leaving =
        new TrainingListener() {
          @Override
          public void epochDone(Epoch epoch) {
            if (epoch.number() == 3) {
              throw new IllegalStateException("the process dies");
            }
          }
        };
    try (TrainingRun run =
        TrainingRun.begin(folder.resolve("run"), description, STILL, new RunPictures())) {
      assertThatThrownBy(() -> run.run(leaving, () -> false))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(TrainingRun.epochs(folder.resolve("run"))).isEqualTo(3);
    for (String slot : List.of("checkpoint.1", "checkpoint.2", "checkpoint.3")) {
      Path file = folder.resolve("run").resolve(slot);
      if (Files.exists(file) && Checkpoint.read(file).progress().epoch() == 3) {
        Files.write(file, java.util.Arrays.copyOf(bytes("run", slot), 9999));
      }
    }

    try (TrainingRun run = TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures())) {
      assertThat(run.epoch()).isEqualTo(2);
    }
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    run("run", description(recipe -> recipe));
    byte[] whole = bytes("run", "checkpoint");
    for (int length : new int[] {0, 3, 100, whole.length / 2, whole.length - 1}) {
      Files.write(folder.resolve("run/checkpoint"), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TrainingRun.resume(folder.resolve("run"), STILL, new RunPictures()))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a complete checkpoint");
    }
  }

  @Test
  void whatIsForPeopleIsWrittenWhileItRuns() throws IOException {
    AtomicInteger seconds = new AtomicInteger();
    InstantSource leaping = () -> Instant.ofEpochSecond(60L * seconds.incrementAndGet());
    Path page = folder.resolve("run/training.html");
    AtomicInteger seen = new AtomicInteger();
    TrainingListener looking =
        new TrainingListener() {
          @Override
          public void epochDone(Epoch epoch) {
            seen.addAndGet(Files.exists(page) ? 1 : 0);
          }
        };
    try (TrainingRun run =
        TrainingRun.begin(
            folder.resolve("run"),
            description(TrainingRunTest::holdOut),
            leaping.withZone(ZoneOffset.UTC),
            new RunPictures())) {
      run.run(looking, () -> false);
    }

    assertThat(seen).hasValue(4);
    assertThat(Files.readString(page))
        .contains("<svg", "SyntheticControl: LSTM-FCN", "val_loss", "4 epochs")
        .doesNotContain("src=", "href=", "url(http", "<script");
    BufferedImage picture = ImageIO.read(folder.resolve("run/training.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(900);
    assertThat(colours(picture)).contains(0xFF0072B2, 0xFFD55E00, 0xFF009E73);
  }

  /** One batch per epoch: moving averages are a hundredth of the way after an epoch. */
  @Test
  void aShortTrainingIsAsGoodAtInferenceAsInTrainingOrWarns() throws IOException {
    UnaryOperator<RecipeBuilder> oneBatch = recipe -> recipe.epochs(12).batchSize(128);
    RunMetrics settled = run("settled", description(oneBatch));
    RunMetrics unsettled =
        run("unsettled", description(recipe -> oneBatch.apply(recipe).preciseBatchNorm(false)));

    assertThat(settled.train().accuracy()).isGreaterThan(.9);
    assertThat(settled.warnings()).isEmpty();
    assertThat(Files.readString(folder.resolve("settled/metrics.json")))
        .contains("\"warnings\" : [ ]");
    assertThat(unsettled.train().accuracy()).isLessThan(.5);
    assertThat(unsettled.warnings()).hasSize(1);
    assertThat(unsettled.warnings().get(0))
        .contains("the moving averages of the batch normalisation have not converged");
    JsonNode json = new ObjectMapper().readTree(bytes("unsettled", "metrics.json"));
    assertThat(json.at("/warnings/0").asText()).isEqualTo(unsettled.warnings().get(0));
    assertThat(Files.readString(folder.resolve("unsettled/training.html")))
        .contains("have not converged");
    assertThat(TrainingRun.finished(folder.resolve("unsettled"))).contains(unsettled);
    assertThat(TrainingRun.finished(folder.resolve("settled"))).contains(settled);
  }

  private static List<Integer> colours(BufferedImage picture) {
    return java.util.Arrays.stream(
            picture.getRGB(
                0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
        .distinct()
        .boxed()
        .toList();
  }

  @Test
  void choosingOnTestIsSaidPlainly() {
    RunDescription description =
        new RunDescription(
            "",
            "",
            "",
            RunDescription.availableThreads(),
            null,
            Precision.FLOAT32,
            "SyntheticControl",
            description(recipe -> recipe).train(),
            description(recipe -> recipe).test(),
            ModelKind.LSTM_FCN,
            8,
            GateActivation.HARD_SIGMOID,
            null,
            Recipe.recipe2017(Optional.empty()),
            null);

    assertThat(description.chosenOn()).isEqualTo("TEST");
    assertThat(description.notes().get(0)).contains("no estimate of the accuracy on new data");
  }
}
