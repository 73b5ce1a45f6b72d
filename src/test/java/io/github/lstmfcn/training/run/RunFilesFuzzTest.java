package io.github.lstmfcn.training.run;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of a run folder, of any bytes. */
class RunFilesFuzzTest {
  private static final Path STORED = Path.of("src/test/resources/runs/0.1.0.zip");

  static Stream<byte[]> checkpoints() throws IOException {
    return stored(".ckpt", "checkpoint").map(RunFilesFuzzTest::withoutChecksum);
  }

  static Stream<byte[]> descriptions() throws IOException {
    return stored("run.json");
  }

  static Stream<byte[]> metrics() throws IOException {
    return stored("metrics.json");
  }

  private static Stream<byte[]> stored(String... parts) throws IOException {
    Stream.Builder<byte[]> files = Stream.builder();
    try (ZipInputStream zip =
        new ZipInputStream(new java.io.ByteArrayInputStream(Fuzzed.bytes(STORED)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (Stream.of(parts).anyMatch(entry.getName()::contains)) {
          files.add(zip.readAllBytes());
        }
      }
    }
    return files.build();
  }

  private static byte[] withoutChecksum(byte[] checkpoint) {
    return Arrays.copyOf(checkpoint, Math.max(0, checkpoint.length - Long.BYTES));
  }

  @MethodSource("checkpoints")
  @FuzzTest(maxDuration = "10s")
  void aCheckpointWithARightChecksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    byte[] checked =
        ByteBuffer.allocate(bytes.length + Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(bytes)
            .putLong(checksum.getValue())
            .array();
    Fuzzed.read("checkpoint", checked, Checkpoint::read);
    Fuzzed.read("checkpoint", checked, Checkpoint::readIfWhole);
  }

  @MethodSource("descriptions")
  @FuzzTest(maxDuration = "10s")
  void aDescription(byte[] bytes) {
    Fuzzed.read("run.json", bytes, RunDescription::read);
  }

  @MethodSource("metrics")
  @FuzzTest(maxDuration = "10s")
  void metricsOfARun(byte[] bytes) {
    Fuzzed.read("metrics.json", bytes, RunMetrics.FORMAT::read);
  }
}
