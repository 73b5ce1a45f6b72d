package io.github.lstmfcn.training.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.DamagedJson;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stored documents of which any field has any value: each is one line, or means something. */
@Timeout(60)
class DamagedDocumentsTest {
  @TempDir Path folder;

  /** What reads a document. */
  private interface Reading {
    void read() throws Exception;
  }

  /** What was thrown that is no line of ours. */
  private final List<String> unexpected = new ArrayList<>();

  private int refused;

  private boolean isRead(String what, Reading reading) {
    try {
      reading.read();
      return true;
    } catch (InvalidInputException foreseen) {
      refused++;
      if (foreseen.getMessage().length() > 480 || foreseen.getMessage().indexOf('\n') >= 0) {
        unexpected.add(what + ": a message of " + foreseen.getMessage().length());
      }
    } catch (Exception | StackOverflowError other) {
      unexpected.add(what + ": " + other);
    }
    return false;
  }

  @Test
  void anyDescriptionOfARun() throws Exception {
    Path run = StoredRun.unpack(StoredRun.FIRST, folder);
    Path file = run.resolve("run.json");
    String whole = Files.readString(file);
    int accepted = 0;
    for (Map.Entry<String, String> damaged : DamagedJson.of(whole).entrySet()) {
      Files.writeString(file, damaged.getValue());
      if (isRead(damaged.getKey(), () -> RunDescription.read(file).facts())) {
        accepted++;
        if (damaged.getKey().matches(".*(2147483647|path.*|null)")) {
          isRead(
              damaged.getKey() + " resumed",
              () -> TrainingRun.resume(run, Clock.systemUTC(), RunObserver.NONE).close());
        }
      }
    }

    assertThat(unexpected).isEmpty();
    assertThat(refused).isGreaterThan(500);
    assertThat(accepted).isBetween(20, 150); // texts, switches, large numbers that mean something
  }

  @Test
  void anyMetricsOfARun() throws Exception {
    RunMetrics.Part part = new RunMetrics.Part(1, 2, 0.5, 0.7);
    RunMetrics metrics =
        new RunMetrics(
            "Set", "LSTM-FCN", 2, 5, true, 3, "loss", "TRAIN", part, part, part, List.of("one"));
    Path file = folder.resolve("metrics.json");
    int accepted = 0;
    for (Map.Entry<String, String> damaged :
        DamagedJson.of(RunMetrics.FORMAT.document(metrics).toString()).entrySet()) {
      Files.writeString(file, damaged.getValue());
      if (isRead(damaged.getKey(), () -> assertThat(TrainingRun.finished(folder)).isNotNull())) {
        accepted++;
      }
    }

    assertThat(unexpected).isEmpty();
    assertThat(refused).isGreaterThan(100);
    assertThat(accepted).isBetween(20, 100);
  }

  @Test
  void anyHeaderOfACheckpointWithARightChecksum() throws Exception {
    Recipe recipe = Toy.recipe().build();
    ModelSpec small =
        ModelSpec.of(ModelKind.ALSTM_FCN, 1, 8, 2, 2, GateActivation.SIGMOID)
            .with(List.of(new ConvolutionBlock(2, 3)));
    Map<String, WeightArray> zeros = new LinkedHashMap<>();
    ModelWeights.shapes(small).forEach((name, shape) -> zeros.put(name, WeightArray.zeros(shape)));
    ModelWeights weights = new ModelWeights(small, zeros);
    Map<String, WeightArray> slots = new LinkedHashMap<>();
    weights.arrays().forEach((name, array) -> slots.put("m/" + name, array));
    Path file = folder.resolve("checkpoint");
    Checkpoint.write(
        file,
        new TrainingState(
            weights, Optional.empty(), new OptimizerState(5, slots), Progress.start(recipe)));
    byte[] whole = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt();
    String header = new String(whole, 4, length, UTF_8);
    String arrays = new String(Arrays.copyOfRange(whole, 4 + length, whole.length), ISO_8859_1);
    for (Map.Entry<String, String> damaged : DamagedJson.of(header).entrySet()) {
      byte[] json = damaged.getValue().getBytes(UTF_8);
      write(file, json.length, json, arrays);
      isRead(damaged.getKey(), () -> Checkpoint.read(file));
      isRead(damaged.getKey(), () -> Checkpoint.readIfWhole(file));
    }
    for (int stated : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, whole.length, 0}) {
      write(file, stated, header.getBytes(UTF_8), arrays);
      isRead("length " + stated, () -> Checkpoint.read(file));
      isRead("length " + stated, () -> Checkpoint.readIfWhole(file));
    }

    assertThat(unexpected).isEmpty();
    assertThat(refused).isGreaterThan(300);
  }

  private static void write(Path file, int length, byte[] json, String arrays) throws IOException {
    byte[] rest = arrays.getBytes(ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + json.length + rest.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(length).put(json).put(rest, 0, rest.length - Long.BYTES);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, bytes.position());
    Files.write(file, bytes.putLong(checksum.getValue()).array());
  }

  @Test
  void anyMetadataOfAModel() throws Exception {
    ModelSpec spec = Toy.initial(ModelKind.ALSTM_FCN, Toy.recipe().build()).spec();
    ModelMetadata metadata =
        new ModelMetadata(
            spec,
            null,
            LabelEncoding.SORTED,
            IntStream.range(0, spec.classes()).mapToObj(k -> "c" + k).toList(),
            Map.of("lstmfcn", "1"));
    for (Map.Entry<String, String> damaged : DamagedJson.of(metadata.json()).entrySet()) {
      isRead(
          damaged.getKey(),
          () -> ModelMetadata.parse(Path.of("w.h5"), "attribute", damaged.getValue()));
    }

    assertThat(unexpected).isEmpty();
    assertThat(refused).isGreaterThan(200);
  }
}
