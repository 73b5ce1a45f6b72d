package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.spark.storage.LocalCopy;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a model in memory, as they are shipped to executors and saved: a Keras weight file
 * with the model's metadata, or a SavedModel.
 *
 * @param files the bytes of each file by its path below the model's folder
 * @param trusted whether a SavedModel may have any operation of TensorFlow
 * @param labels the labels of a SavedModel's classes, which may be others than it was exported
 *     with; none for a weight file, which has its own
 */
public record ModelFiles(TreeMap<String, byte[]> files, boolean trusted, List<String> labels)
    implements Serializable {
  public static final String WEIGHTS = "weights.h5";

  /** The files of a model. */
  public static ModelFiles of(Model model) {
    try (LocalCopy folder = LocalCopy.emptyFolder()) {
      if (!model.isExported()) {
        model.save(folder.path().resolve(WEIGHTS));
      }
      return new ModelFiles(
          read(model.isExported() ? model.source() : folder.path()),
          model.isTrusted(),
          model.isExported() ? List.copyOf(model.metadata().labels()) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TreeMap<String, byte[]> read(Path folder) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : found) {
      files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
    }
    return files;
  }

  /**
   * Applies a function to the model, whose files exist only in the meantime: a SavedModel has to be
   * opened within it.
   */
  public <T> T open(boolean truncate, java.util.function.Function<Model, T> use) {
    try (LocalCopy folder = LocalCopy.emptyFolder()) {
      for (var entry : files.entrySet()) {
        Path file = folder.path().resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
      Path model = files.containsKey(WEIGHTS) ? folder.path().resolve(WEIGHTS) : folder.path();
      LoadOptions options =
          LoadOptions.builder().truncate(truncate).trusted(trusted).labels(labels).build();
      return use.apply(Model.load(model, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 over names and contents, in hexadecimal. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(labels.toString().getBytes(StandardCharsets.UTF_8));
      files.forEach(
          (name, bytes) -> {
            digest.update((name + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
