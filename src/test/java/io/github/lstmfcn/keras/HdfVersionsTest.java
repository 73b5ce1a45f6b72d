package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What h5py writes in the versions and with the options of HDF5, by hdf5/make_samples.py. */
class HdfVersionsTest {
  private static final Path SAMPLES = Path.of("src/test/resources/hdf5/samples.zip");

  /** Why a sample is refused. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "latest-gzip", "data layout message version detected. Detected version = 5",
          "latest-lzf", "data layout message version detected. Detected version = 5",
          "refused-scale-offset", "found the filter scale-offset (6)",
          "refused-soft-link", "more: expected a group or dataset of the file, found a soft link",
          "refused-external-link", "found an external link to x.h5",
          "refused-large", "bias:0: expected weights in the range of float32, found 1.0E300");

  @TempDir Path folder;
  private final Map<String, Path> files = new TreeMap<>();

  @BeforeEach
  void unpack() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(SAMPLES))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.write(file, zip.readAllBytes());
        files.put(entry.getName().replace(".h5", ""), file);
      }
    }
  }

  @Test
  void everyVersionIsReadAlikeOrRefusedForItsReason() {
    ModelWeights plain = KerasWeights.read(files.get("earliest-contiguous")).weights();

    assertThat(files.keySet()).hasSizeGreaterThan(30).containsAll(REFUSED.keySet());
    files.forEach(
        (name, file) -> {
          if (REFUSED.containsKey(name)) {
            assertThatThrownBy(() -> KerasWeights.read(file))
                .as(name)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(REFUSED.get(name));
          } else {
            assertSame(name, KerasWeights.read(file).weights(), plain);
          }
        });
  }

  private static void assertSame(String name, ModelWeights found, ModelWeights expected) {
    float tolerance = name.contains("float16") ? 1e-3f : 0;
    expected
        .arrays()
        .forEach(
            (place, array) -> {
              WeightArray other = found.arrays().get(place);
              for (int index = 0; index < array.values().length; index++) {
                assertThat(other.values()[index])
                    .as("%s, %s", name, place)
                    .isCloseTo(array.values()[index], within(tolerance));
              }
            });
  }
}
