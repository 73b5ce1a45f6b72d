package io.github.lstmfcn.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that mean harm are refused in one line, within five seconds and half a gigabyte. */
@Tag("long")
class HostileFilesTest {
  private static final long MILLISECONDS = 5000;

  /** A line per file, for those who want to see them. */
  private static final Path OUTCOMES = Path.of("target/hostile-files.txt");

  @TempDir Path folder;

  @Test
  void everyHostileFileIsRefusedSoonAndInLittleMemory() throws Exception {
    write(HostileHdf.files(), ".h5");
    write(HostileData.files(), "");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ReadAll.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(OUTCOMES.toFile())
            .start();
    boolean ended = child.waitFor(5, TimeUnit.MINUTES);
    child.destroyForcibly();
    List<String> lines =
        Files.readAllLines(OUTCOMES).stream().filter(line -> line.indexOf('\t') > 0).toList();

    assertThat(ended).as("ended; the last file was %s", lines.get(lines.size() - 1)).isTrue();
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(lines)
        .allSatisfy(
            line -> {
              String[] parts = line.split("\t", 3);
              assertThat(Long.parseLong(parts[1])).isLessThan(MILLISECONDS);
              assertThat(parts[2]).startsWith("refused: ").hasSizeLessThan(500);
            });
  }

  private void write(Map<String, byte[]> files, String ending) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey() + ending), file.getValue());
    }
  }
}
