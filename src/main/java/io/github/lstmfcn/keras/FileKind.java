package io.github.lstmfcn.keras;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file or folder is that was given as a weight file but is none: determined by its first
 * bytes, or by its name if these do not tell.
 *
 * @param name the kind for people: {@code a PyTorch file}
 * @param remedy what the user can do about it
 */
record FileKind(String name, String remedy) {
  private static final int LOOKED_AT = 4096;
  private static final String SAVE = "save the model with Keras' save_weights or save";
  private static final String CONVERT =
      "build the same network in Keras, set its weights from this file, and save it with Keras";

  private static final String SAVED_MODEL = "saved_model.pb";
  private static final Path OF_EXPORT = Path.of("assets.extra", "provenance.json");
  private static final String OF_RUN = "weights-best.h5";
  private static final int MOST_LEVELS = 4;
  private static final int MOST_FILES = 10_000;

  /** The exception for a file that is neither HDF5 nor a zip archive. */
  static InvalidInputException refusal(Path file) throws IOException {
    boolean exported = file.endsWith(SAVED_MODEL) && Files.exists(file.resolveSibling(OF_EXPORT));
    FileKind kind =
        exported ? new FileKind("a file of a SavedModel", "name the folder of it") : of(file);
    return new InvalidInputException(
        file, "", "an HDF5 file or a .keras archive", kind.name(), kind.remedy());
  }

  /** The exception for a folder. */
  static InvalidInputException folderRefusal(Path folder) {
    FileKind kind = ofFolder(folder);
    return new InvalidInputException(folder, "", "a weight file", kind.name(), kind.remedy());
  }

  private static FileKind ofFolder(Path folder) {
    if (!Files.isRegularFile(folder.resolve(SAVED_MODEL))) {
      return new FileKind(
          "a folder",
          modelIn(folder)
              .map(model -> "name a model in it, such as " + model)
              .orElse("name a .h5 or .keras file, the folder of a training or of an export"));
    }
    if (Files.exists(folder.resolve(OF_EXPORT))) {
      return new FileKind(
          "a SavedModel of lstmfcn export", "name the file that it was exported from");
    }
    return new FileKind(
        Files.exists(folder.resolve("keras_metadata.pb"))
            ? "a SavedModel folder that Keras wrote"
            : "a SavedModel folder",
        "load it with Keras and save it as .keras or .h5");
  }

  /** The first model in a folder, by name; empty if there is none, or it cannot be looked for. */
  private static Optional<Path> modelIn(Path folder) {
    try (Stream<Path> files =
        Files.find(folder, MOST_LEVELS, (file, attributes) -> attributes.isRegularFile())) {
      return files.limit(MOST_FILES).flatMap(file -> model(file).stream()).sorted().findFirst();
    } catch (IOException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** The model that a file is or that has the file. */
  private static Optional<Path> model(Path file) {
    if (file.endsWith(OF_EXPORT)) {
      Path export = file.getParent().getParent();
      return Optional.of(export).filter(each -> Files.isRegularFile(each.resolve(SAVED_MODEL)));
    }
    if (file.endsWith(OF_RUN) && Files.isRegularFile(file.resolveSibling("run.json"))) {
      return Optional.of(file.getParent());
    }
    String name = file.toString();
    return Optional.of(file).filter(each -> name.endsWith(".h5") || name.endsWith(".keras"));
  }

  /** Determines what a file is that is neither HDF5 nor a zip archive. */
  static FileKind of(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(LOOKED_AT);
    }
    if (start.length == 0) {
      return new FileKind("an empty file", "copy or save it again");
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return text(start)
        .or(() -> model(start, name))
        .or(() -> packed(start))
        .orElseGet(() -> new FileKind("neither signature" + guess(start), SAVE));
  }

  private static Optional<FileKind> text(byte[] start) {
    String text = new String(start, ISO_8859_1).replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("version https://git-lfs")) {
      return kind(
          "a Git LFS pointer instead of the file",
          "fetch the file with git lfs pull, or download it by its page's download link");
    }
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return kind(
          "an HTML page instead of the file", "download the file itself (on GitHub: its raw link)");
    }
    if (lower.startsWith("<")) {
      return kind(
          "an XML text, such as a server's error message",
          "download the file again and look at what the server says");
    }
    if (lower.startsWith("{") || lower.startsWith("[")) {
      return lower.contains("\"class_name\"")
          ? kind(
              "a model's configuration (JSON) without weights", "save the weights with it: " + SAVE)
          : kind(
              "a JSON text, such as a server's error message",
              "download the file again and look at what the server says");
    }
    if (lower.startsWith("model_checkpoint_path")) {
      return kind("the index of a TensorFlow checkpoint", loadAndSave("it"));
    }
    return Optional.empty();
  }

  private static Optional<FileKind> model(byte[] start, String name) {
    if (has(start, 0, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return kind("a NumPy array (.npy)", SAVE);
    }
    if (has(start, 4, 'T', 'F', 'L', '3')) {
      return kind(
          "a TensorFlow Lite model", "use the Keras model that it was converted from: " + SAVE);
    }
    if (has(start, 0, 0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20)) {
      return kind("a PyTorch file", CONVERT);
    }
    if (start[0] == (byte) 0x80 && start.length > 2 && start[1] >= 2 && start[1] <= 5) {
      return kind("a Python pickle", "load it in Python and save the model itself: " + SAVE);
    }
    if (isSafetensors(start)) {
      return kind("a safetensors file", CONVERT);
    }
    if (name.endsWith(".onnx") || isOnnx(start)) {
      return kind("an ONNX model", CONVERT);
    }
    if (name.endsWith(".pb") || has(start, 0, 0x08, 0x01, 0x12)) {
      return kind("a TensorFlow graph (.pb)", loadAndSave("the SavedModel's folder"));
    }
    if (name.contains(".data-0") || name.endsWith(".index") || name.endsWith(".ckpt")) {
      return kind("a part of a TensorFlow checkpoint", loadAndSave("it"));
    }
    return Optional.empty();
  }

  private static Optional<FileKind> packed(byte[] start) {
    String unpack = "unpack it and name the .h5 or .keras file in it";
    if (has(start, 0, 0x1f, 0x8b)) {
      return kind("a gzip archive", unpack);
    }
    if (has(start, 0, 'B', 'Z', 'h')) {
      return kind("a bzip2 archive", unpack);
    }
    if (has(start, 0, 0xfd, '7', 'z', 'X', 'Z')) {
      return kind("an xz archive", unpack);
    }
    if (has(start, 0, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c)) {
      return kind("a 7z archive", unpack);
    }
    if (has(start, 0, 'R', 'a', 'r', '!')) {
      return kind("a RAR archive", unpack);
    }
    if (has(start, 0, 0x28, 0xb5, 0x2f, 0xfd)) {
      return kind("a Zstandard archive", unpack);
    }
    if (has(start, 257, 'u', 's', 't', 'a', 'r')) {
      return kind("a tar archive", unpack);
    }
    if (has(start, 0, 'P', 'K', 5, 6)) {
      return kind("an empty zip archive", SAVE);
    }
    if (has(start, 0, '%', 'P', 'D', 'F')) {
      return kind("a PDF document", SAVE);
    }
    return Optional.empty();
  }

  private static Optional<FileKind> kind(String name, String remedy) {
    return Optional.of(new FileKind(name, remedy));
  }

  private static String loadAndSave(String what) {
    return "load " + what + " with Keras and save the model as .keras or .h5";
  }

  /** Whether the bytes are eight bytes of length followed by a JSON object. */
  private static boolean isSafetensors(byte[] start) {
    boolean small = has(start, 5, 0, 0, 0); // a header of less than a terabyte
    return small && start.length > 9 && start[8] == '{' && (start[9] == '"' || start[9] == '}');
  }

  /**
   * Whether the bytes are a protocol buffer that begins with a version and the name of its
   * producer, as those of ONNX do.
   */
  private static boolean isOnnx(byte[] start) {
    boolean version = has(start, 0, 0x08) && has(start, 2, 0x12) && start[1] >= 2 && start[1] < 32;
    if (!version || start.length < 8) {
      return false;
    }
    int length = start[3];
    for (int index = 4; index < 4 + length && index < start.length; index++) {
      if (start[index] < ' ' || start[index] > '~') {
        return false;
      }
    }
    return length > 0;
  }

  private static String guess(byte[] start) {
    for (byte value : start) {
      boolean printable = value >= ' ' || value < 0 || value == '\n' || value == '\r';
      if (!printable && value != '\t') {
        return "";
      }
    }
    return start[0] < 0 ? "" : " (a text)";
  }

  private static boolean has(byte[] bytes, int at, int... expected) {
    if (bytes.length < at + expected.length) {
      return false;
    }
    for (int index = 0; index < expected.length; index++) {
      if (bytes[at + index] != (byte) expected[index]) {
        return false;
      }
    }
    return true;
  }
}
