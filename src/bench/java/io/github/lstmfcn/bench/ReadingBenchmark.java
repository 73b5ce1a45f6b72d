package io.github.lstmfcn.bench;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.archive.DatasetFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading 100 MB of UCR text, beside reading its bytes and splitting them once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3)
@Measurement(iterations = 7)
public class ReadingBenchmark {
  private static final int BYTES = 100_000_000;
  private static final int LENGTH = 1000;

  private Path file;

  /** Writes the file, values with nine digits as in the archive of 2018. */
  @Setup(Level.Trial)
  public void generate() throws IOException {
    file = Files.createTempFile("bench", "_TRAIN.tsv");
    Random random = new Random(1);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int written = 0; written < BYTES; ) {
        StringBuilder line = new StringBuilder().append(1 + random.nextInt(5));
        for (int step = 0; step < LENGTH; step++) {
          line.append('\t').append(String.format(Locale.ROOT, "%.8f", random.nextGaussian()));
        }
        writer.append(line.append('\n'));
        written += line.length();
      }
    }
  }

  /** Our reader: numbers, labels, checks. */
  @Benchmark
  public Dataset dataset() {
    return DatasetFile.read(file);
  }

  /** The least a reader does: every field's bytes, as a text. */
  @Benchmark
  public void fields(Blackhole fields) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int index = 0; index < bytes.length; index++) {
      if (bytes[index] == '\t' || bytes[index] == '\n') {
        fields.consume(new String(bytes, start, index - start, StandardCharsets.ISO_8859_1));
        start = index + 1;
      }
    }
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
  }
}
