package io.github.lstmfcn.keras;

import io.github.lstmfcn.data.format.TextFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.UnpackedSize;
import io.github.lstmfcn.keras.config.ConfiguredModel;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.HdfSource;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.keras.layout.KerasLayout;
import io.github.lstmfcn.keras.layout.VariableGroups;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads and writes Keras' weight files. */
public final class KerasWeights {
  private static final Set<KerasLayer.Role> RECURRENT =
      Set.of(KerasLayer.Role.LSTM, KerasLayer.Role.ATTENTION_LSTM);
  private static final byte[] ZIP_SIGNATURE = {'P', 'K', 3, 4};

  /** The largest file that an array of Java holds. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private KerasWeights() {}

  /**
   * Reads the weights of a network of the LSTM-FCN family from a file of Keras 1, Keras 2, tf.keras
   * or Keras 3 with weights alone ({@code .h5}, {@code .weights.h5}) or a whole model ({@code .h5},
   * {@code .keras}).
   *
   * @throws InvalidInputException if the file does not exist, is damaged, is of another network, or
   *     its weights are not finite; the message names the layer
   */
  public static KerasFile read(Path file) {
    return read(file, OptionalInt.empty());
  }

  /**
   * Reads weights as {@link #read(Path)}, where the user gives the length of a series: weights of a
   * recurrence over steps, of a subsampling or of convolutions alone do not tell it.
   *
   * @throws InvalidInputException as {@link #read(Path)}, or if the length is needed and not given,
   *     or is not that of the file
   */
  public static KerasFile read(Path file, OptionalInt length) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(file, "", "a weight file", "no such file", "");
    }
    if (Files.isDirectory(file)) {
      throw FileKind.folderRefusal(file);
    }
    try {
      if (startsWith(start(file), ZIP_SIGNATURE)) {
        return readArchive(file, length);
      }
      ByteBuffer content = content(file);
      if (!HdfSource.isHdf5(content)) {
        throw FileKind.refusal(file);
      }
      return interpret(file, content, Optional.empty(), Optional.empty(), length);
    } catch (InvalidInputException known) {
      throw known;
    } catch (OutOfMemoryError tooLarge) {
      throw TextFile.tooLarge(file, tooLarge);
    } catch (IOException | RuntimeException | StackOverflowError damage) {
      throw new InvalidInputException(
          file,
          "",
          "a readable weight file",
          "a damaged file, such as an incomplete copy",
          "copy or save it again",
          damage);
    }
  }

  /**
   * Whether a file was refused by {@link #read(Path)} because it leaves the length of a series
   * open, which {@link #read(Path, OptionalInt)} takes.
   */
  public static boolean needsLength(InvalidInputException refusal) {
    return refusal.remedy().equals(ConfiguredNetwork.GIVE_LENGTH);
  }

  /**
   * Writes weights as {@code save_weights} of Keras 2 does, with layers in the order of the
   * original network, so that Keras 2, tf.keras and h5py can read them. Replaces the file
   * atomically.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(ModelWeights weights, Path file) {
    KerasWriter.write(weights, null, file, true);
  }

  /**
   * Writes weights, together with what their predictions depend on (gates, preparation, labels) in
   * an attribute that Keras ignores.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(ModelWeights weights, ModelMetadata metadata, Path file) {
    KerasWriter.write(weights, metadata, file, true);
  }

  /**
   * Writes weights and metadata, and replaces an existing file only if that is allowed.
   *
   * @param metadata the metadata; null for none
   * @param replace whether an existing file may be replaced
   * @throws InvalidInputException if the file exists and may not be replaced, or cannot be written
   */
  public static void write(
      ModelWeights weights, ModelMetadata metadata, Path file, boolean replace) {
    KerasWriter.write(weights, metadata, file, replace);
  }

  private static KerasFile readArchive(Path file, OptionalInt length) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ForeignArchive.refuse(file, zip);
      byte[] weights = entry(file, zip, "model.weights.h5");
      String config = new String(entry(file, zip, "config.json"), StandardCharsets.UTF_8);
      String metadata = new String(entry(file, zip, "metadata.json"), StandardCharsets.UTF_8);
      String version =
          ConfiguredModel.json(file, "metadata.json", metadata).path("keras_version").asText("");
      if (!HdfSource.isHdf5(ByteBuffer.wrap(weights))) {
        throw new InvalidInputException(
            file, "model.weights.h5", "HDF5", "another signature", "the archive is damaged");
      }
      return interpret(
          file, ByteBuffer.wrap(weights), Optional.of(config), Optional.of(version), length);
    }
  }

  private static byte[] entry(Path file, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new InvalidInputException(
          file,
          "",
          "an entry " + name,
          "none",
          "a .keras archive holds metadata.json, config.json and model.weights.h5");
    }
    try (InputStream in = UnpackedSize.OF_WEIGHTS.unzip(zip, entry, file)) {
      return in.readAllBytes();
    }
  }

  /**
   * The bytes of a file, read rather than mapped: mapped bytes that another program cuts off would
   * end this one.
   */
  private static ByteBuffer content(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new InvalidInputException(
          file, "", "a weight file of less than 2 GiB", size + " bytes", "");
    }
    Runtime java = Runtime.getRuntime();
    if (size > java.maxMemory() - java.totalMemory() + java.freeMemory()) {
      throw new InvalidInputException(
          file,
          "",
          "a weight file that fits into Java's memory of " + java.maxMemory() + " bytes",
          size + " bytes",
          "allow more with Java's option -Xmx");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) size);
    }
    if (bytes.length < size) {
      throw new InvalidInputException(
          file,
          "",
          size + " bytes, as when it was opened",
          bytes.length + " bytes",
          "read it again when it is no longer written to");
    }
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Reads HDF5 from memory, where the sizes in a header are checked against the available bytes
   * before they are read.
   */
  private static KerasFile interpret(
      Path file,
      ByteBuffer content,
      Optional<String> config,
      Optional<String> version,
      OptionalInt length) {
    HdfSource source = HdfSource.open(file, content);
    KerasLayout layout =
        KerasLayout.of(source)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file,
                        "",
                        "layers as Keras writes them (layer_names, model_weights or vars)",
                        source.root().names().isEmpty()
                            ? "an empty file"
                            : "groups " + source.root().names(),
                        "save the model with Keras' save_weights or save"));
    String kerasVersion = version.or(layout::kerasVersion).orElse("");
    String backend = layout.backend().orElse("");
    boolean flipKernels = backend.equals("theano");
    String title = config.isPresent() ? "archive of Keras 3 (.keras)" : layout.title();
    String json = config.or(layout::configuration).orElse("");
    if (!json.isEmpty()) {
      int major = KerasVersion.parse(kerasVersion).major();
      ConfiguredNetwork network = ConfiguredNetwork.parse(file, json, major).of(length);
      ModelWeights weights = new ConfiguredWeights(network, layout).weights(flipKernels, length);
      checkLength(file, weights.spec(), length);
      return new KerasFile(
          file,
          title,
          kerasVersion,
          backend,
          layout.layers(),
          weights,
          KerasFile.CONFIGURED,
          List.of(),
          ModelMetadata.of(weights.spec()));
    }
    WeightlessLayers weightless = WeightlessLayers.of(file, layout);
    weightless.check();
    List<KerasLayer> layers = layout.layers();
    Map<String, KerasLayer> places =
        new LayerMatching(file, layers, layout.isInModelOrder()).places();
    weightless.check(squeezes(places), places.containsKey("lstm"));
    ModelAssembly assembly = new ModelAssembly(file, places, flipKernels);
    String description = String.join("", source.strings(source.root(), KerasWriter.METADATA));
    boolean isDescribed = !description.isEmpty();
    Gates gates = gates(layers, kerasVersion, layout);
    ShapeReading.Conclusion concluded =
        isDescribed ? null : new ShapeReading(file, places, weightless, length).conclusion();
    ModelMetadata metadata =
        isDescribed
            ? ModelMetadata.parse(file, "attribute " + KerasWriter.METADATA, description)
            : null;
    ModelWeights weights =
        isDescribed
            ? described(assembly, metadata.spec())
            : assembly.weights(gates.activation(), concluded.reading());
    checkLength(file, weights.spec(), length);
    return new KerasFile(
        file,
        title,
        kerasVersion,
        backend,
        layers,
        weights,
        isDescribed ? KerasFile.DESCRIBED : gates.source(),
        isDescribed ? List.of() : concluded.assumptions(),
        isDescribed ? metadata : ModelMetadata.of(weights.spec()));
  }

  private static int squeezes(Map<String, KerasLayer> places) {
    return (int)
        IntStream.rangeClosed(1, ModelSpec.MOST_BLOCKS)
            .filter(block -> places.containsKey(ConvolutionBlock.reduction(block)))
            .count();
  }

  /** Checks a length that the user gives, which a file may have to be asked for. */
  private static void checkLength(Path file, ModelSpec spec, OptionalInt given) {
    if (given.isPresent() && given.getAsInt() != spec.length()) {
      throw new InvalidInputException(
          file,
          "length",
          spec.length() + ", as the file has it",
          given.getAsInt() + "",
          "omit --length, or length of LoadOptions");
    }
  }

  /** The weights of a file whose metadata states what the shapes leave open. */
  private static ModelWeights described(ModelAssembly assembly, ModelSpec stated) {
    ModelWeights weights = assembly.weights(stated.gateActivation(), InputReading.of(stated));
    ModelSpec found = weights.spec();
    if (!found.equals(stated.with(found.attentionScope()))) {
      throw new InvalidInputException(
          assembly.file(),
          "attribute " + KerasWriter.METADATA,
          "a description of " + found + ", as the layers have it",
          stated.toString(),
          "the weights in the file were replaced; train or convert it again");
    }
    return weights.with(stated);
  }

  /** An activation function and how it was determined. */
  private record Gates(GateActivation activation, String source) {}

  private static Gates gates(List<KerasLayer> layers, String kerasVersion, KerasLayout layout) {
    KerasVersion version = KerasVersion.parse(kerasVersion);
    if (layers.stream().noneMatch(layer -> RECURRENT.contains(layer.role()))) {
      return new Gates(GateActivation.HARD_SIGMOID, KerasFile.NO_GATES);
    }
    if (layers.stream().anyMatch(RecurrentArrays::isCudnn)) {
      return new Gates(GateActivation.SIGMOID, KerasFile.CUDNN);
    }
    if (layers.stream().anyMatch(layer -> layer.role() == KerasLayer.Role.ATTENTION_LSTM)) {
      return new Gates(
          GateActivation.HARD_SIGMOID, "assumed: the original AttentionLSTM's default");
    }
    if (layout instanceof VariableGroups) {
      return new Gates(GateActivation.SIGMOID, "Keras 3's default");
    }
    if (!version.isKnown() || kerasVersion.startsWith("2.2.4-tf")) {
      // No version, or the one that tf.keras wrote from 1.13 to 2.1 although the default changed.
      return new Gates(GateActivation.HARD_SIGMOID, "assumed: the original's default");
    }
    // Keras 2.3 and tf.keras 2 made sigmoid the default.
    return version.isBefore(2, 3)
        ? new Gates(GateActivation.HARD_SIGMOID, "the default of Keras " + kerasVersion)
        : new Gates(GateActivation.SIGMOID, "the default of Keras " + kerasVersion);
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ZIP_SIGNATURE.length);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] signature) {
    return bytes.length >= signature.length
        && Arrays.equals(Arrays.copyOf(bytes, signature.length), signature);
  }
}
