package io.github.lstmfcn.training.run;

import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.tensorflow.TensorFlow;

/**
 * The folder of a run that was stopped after two of six epochs, resumed and killed after the
 * fourth, packed by {@link #main} of the version that is in its name. It has initial weights of its
 * own, with convolutions that are one number each and frozen: almost nothing once it is packed.
 */
public final class StoredRun {
  /** As it was packed by the first release; never packed again once that is out. */
  public static final Path FIRST = Path.of("src/test/resources/runs/0.1.0.zip");

  private static final String NAME = "SyntheticControl";
  private static final Path DATA = Path.of("testdata", NAME);
  private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private StoredRun() {}

  /** Packs one: {@code mvn test-compile exec:java} or an IDE runs it, in the project's folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("stored");
    Path initial = folder.resolve("initial.h5");
    KerasWeights.write(initialWeights(), initial);
    make(folder.resolve("run"), initial);
    pack(folder, Path.of(arguments.length == 0 ? FIRST.toString() : arguments[0]));
  }

  private static ModelWeights initialWeights() {
    ModelSpec spec =
        new ModelSpec(
            ModelKind.LSTM_FCN, 2, 60, 6, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES);
    Random random = new Random(1);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              WeightArray array = WeightArray.zeros(shape);
              boolean convolution = Freeze.CONV.freezes(name);
              for (int i = 0; i < array.values().length; i++) {
                array.values()[i] = convolution ? 0.01f : 0.1f * (float) random.nextGaussian();
              }
              arrays.put(name, array);
            });
    return new ModelWeights(spec, arrays);
  }

  private static void make(Path run, Path initial) {
    Recipe recipe =
        Recipe.standard(Optional.empty()).toBuilder()
            .epochs(6)
            .batchSize(32)
            .freeze(Freeze.CONV)
            .validation(Validation.Source.HOLD_OUT)
            .monitor(Monitor.VAL_LOSS)
            .build();
    RunDescription description =
        new RunDescription(
            Program.version(),
            TensorFlow.version(),
            Runtime.version().toString(),
            RunDescription.availableThreads(),
            null,
            Precision.FLOAT32,
            NAME,
            FileDigest.of(DATA.resolve(NAME + "_TRAIN.tsv")),
            FileDigest.of(DATA.resolve(NAME + "_TEST.tsv")),
            ModelKind.LSTM_FCN,
            2,
            GateActivation.HARD_SIGMOID,
            FileDigest.of(initial),
            recipe,
            null);
    AtomicInteger epochs = new AtomicInteger();
    try (TrainingRun stopped = TrainingRun.begin(run, description, STILL, RunObserver.NONE)) {
      stopped.run(TrainingListener.NONE, () -> epochs.incrementAndGet() > 2);
    }
    TrainingListener dying =
        new TrainingListener() {
          @Override
          public void epochDone(Epoch epoch) {
            if (epoch.number() == 4) {
              throw new IllegalStateException("killed");
            }
          }
        };
    try (TrainingRun killed = TrainingRun.resume(run, STILL, RunObserver.NONE)) {
      killed.run(dying, () -> false);
    } catch (IllegalStateException meant) {
      return;
    }
    throw new IllegalStateException("the run ended");
  }

  /** Paths of this machine give way to a name. */
  private static void pack(Path folder, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
      zip.setLevel(9);
      for (String name :
          List.of(
              "initial.h5",
              "run/run.json",
              "run/run.lock",
              "run/history.csv",
              "run/metrics.json",
              "run/checkpoint",
              "run/checkpoint.1",
              "run/checkpoint.2",
              "run/checkpoint.3")) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          ZipEntry entry = new ZipEntry(name);
          entry.setTime(0);
          zip.putNextEntry(entry);
          byte[] bytes = Files.readAllBytes(file);
          zip.write(
              name.endsWith("run.json")
                  ? Files.readString(file)
                      .replace(DATA.toAbsolutePath().toString(), "@data@")
                      .replace(folder.toString(), "@folder@")
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                  : bytes);
          zip.closeEntry();
        }
      }
    }
  }

  /**
   * Unpacks one.
   *
   * @return the run's folder
   */
  public static Path unpack(Path archive, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    Path run = folder.resolve("run");
    Path description = run.resolve("run.json");
    Files.writeString(
        description,
        Files.readString(description)
            .replace("@data@", DATA.toAbsolutePath().toString())
            .replace("@folder@", folder.toAbsolutePath().toString()));
    return run;
  }

  /** What a folder holds, by file. */
  public static Map<String, List<Byte>> contents(Path folder) throws IOException {
    Map<String, List<Byte>> contents = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        List<Byte> bytes = new java.util.ArrayList<>();
        for (byte one : Files.readAllBytes(file)) {
          bytes.add(one);
        }
        contents.put(file.getFileName().toString(), bytes);
      }
    }
    return contents;
  }
}
