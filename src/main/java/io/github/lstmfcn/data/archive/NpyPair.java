package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.format.NpyArray;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.UnpackedSize;
import io.github.lstmfcn.text.NumberText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Series and labels in NumPy's formats: two {@code .npy} files, {@code X…} and {@code y…}, or the
 * arrays of one {@code .npz}, {@code X} and {@code y} or {@code X_train}, {@code y_train}, {@code
 * X_test}, {@code y_test}, in any case.
 */
final class NpyPair {
  /** The maximum number of entries of an archive. */
  private static final int MOST_ENTRIES = 1000;

  private static final int BUFFER = 1 << 16;
  private static final String REMEDY = "name the file of the labels with --labels-file";

  private NpyPair() {}

  /** The existing file of labels whose name corresponds to that of a file of series. */
  static Optional<Path> labelsBeside(Path series) {
    String name = String.valueOf(series.getFileName());
    if (!name.matches("[Xx]([_.-].*)?\\.npy(\\.gz)?")) {
      return Optional.empty();
    }
    for (String y : new String[] {"y", "Y"}) {
      Path labels = series.resolveSibling(y + name.substring(1));
      if (Files.isRegularFile(labels)) {
        return Optional.of(labels);
      }
    }
    return Optional.empty();
  }

  /** Whether a {@code .npz} file contains both splits. */
  static boolean hasBothSplits(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return entry(zip, "x_train").isPresent() && entry(zip, "x_test").isPresent();
    } catch (IOException unreadable) {
      return false; // reading it says why
    }
  }

  /**
   * Reads the series of a file without their labels.
   *
   * @param part the split to read, if a {@code .npz} contains both
   * @param axes the order of the axes; null if it is not said
   */
  static float[][][] series(Path file, Split part, AxisOrder axes, boolean zip) throws IOException {
    return zip
        ? inZip(
            file,
            archive ->
                array(
                    archive, file, "x" + suffix(archive, file, part), array -> array.series(axes)))
        : inFile(
            file,
            array -> array.series(axes == null && !array.isColumns() ? conventional(file) : axes));
  }

  /** The order of the axes in the folders of the original code's data; null for other files. */
  private static AxisOrder conventional(Path file) {
    boolean released =
        String.valueOf(file.getFileName()).matches("[Xx]_(train|test)\\.npy(\\.gz)?");
    return released ? AxisOrder.VARIABLES_FIRST : null;
  }

  /**
   * Reads the series of a file and their labels.
   *
   * @throws InvalidInputException if there is not one label per series
   */
  static Dataset read(DataSource source, String name, boolean zip) throws IOException {
    Path file = source.file();
    float[][][] series = series(file, source.part(), source.layout().axes(), zip);
    List<String> labels;
    if (zip) {
      labels =
          source.labels() != null
              ? inFile(source.labels(), NpyArray::labels)
              : inZip(file, archive -> labels(archive, file, suffix(archive, file, source.part())));
    } else {
      Path beside =
          source
              .labelsFile()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          file,
                          "",
                          "labels beside the series, as y_train.npy beside X_train.npy",
                          "none",
                          REMEDY));
      labels = inFile(beside, NpyArray::labels);
    }
    if (labels.size() != series.length) {
      throw new InvalidInputException(
          file, "", "a label for each of the " + series.length + " series", "" + labels.size(), "");
    }
    return new Dataset(name, file, labels, series);
  }

  /** Reads an open array. */
  @FunctionalInterface
  private interface Reader<S, T> {
    T read(S source) throws IOException;
  }

  private static <T> T inFile(Path file, Reader<NpyArray, T> reader) throws IOException {
    boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    try (InputStream raw = Files.newInputStream(file);
        InputStream bytes =
            new BufferedInputStream(
                packed ? UnpackedSize.OF_DATA.unzip(raw, Files.size(file), file) : raw, BUFFER)) {
      long size = packed ? -1 : Files.size(file);
      T read = reader.read(NpyArray.open(bytes, file, "", size));
      if (bytes.read() >= 0) {
        throw new InvalidInputException(file, "", "one array", "more bytes after it", "");
      }
      return read;
    }
  }

  private static <T> T inZip(Path file, Reader<ZipFile, T> reader) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkEntries(file, zip);
      return reader.read(zip);
    } catch (ZipException damaged) {
      throw new InvalidInputException(
          file, "", "a NumPy archive (.npz)", "something else, or an incomplete one", "", damaged);
    }
  }

  /** Checks that the names of the arrays differ, or that it was one of two would be chance. */
  private static void checkEntries(Path file, ZipFile zip) {
    if (zip.size() > MOST_ENTRIES) {
      throw new InvalidInputException(
          file, "", "at most " + MOST_ENTRIES + " arrays", zip.size() + "", "");
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidInputException(
                  file, "", "each array once", NumberText.shown(name) + " twice", "");
            });
  }

  private static Optional<? extends ZipEntry> entry(ZipFile zip, String name) {
    return zip.stream()
        .filter(entry -> entry.getName().equalsIgnoreCase(name + ".npy"))
        .findFirst();
  }

  /** The suffix of the names of the arrays behind X and y. */
  private static String suffix(ZipFile zip, Path file, Split part) {
    String ofPart = part == null ? "" : "_" + part.name().toLowerCase(Locale.ROOT);
    boolean train = entry(zip, "x_train").isPresent();
    boolean test = entry(zip, "x_test").isPresent();
    boolean parts = train || test;
    if (entry(zip, "x").isPresent() && parts) {
      throw new InvalidInputException(
          file,
          "",
          "either an array X or arrays X_train and X_test",
          "both: " + names(zip),
          "save them in two files");
    }
    if (part != null && entry(zip, "x" + ofPart).isPresent()) {
      return ofPart;
    }
    if (entry(zip, "x").isPresent()) {
      return "";
    }
    if (part == null && train != test) {
      return train ? "_train" : "_test";
    }
    throw new InvalidInputException(
        file,
        "",
        part == null || !parts ? "an array X" : "an array X" + ofPart,
        "only " + names(zip),
        part == null && parts
            ? "name the split with --split"
            : "save them as numpy.savez(file, X=…, y=…)");
  }

  private static String names(ZipFile zip) {
    List<String> names = new ArrayList<>(Collections.list(zip.entries()).size());
    zip.stream().limit(8).forEach(entry -> names.add(entry.getName()));
    return NumberText.shown(String.join(", ", names));
  }

  private static List<String> labels(ZipFile zip, Path file, String suffix) throws IOException {
    if (entry(zip, "y" + suffix).isEmpty()) {
      throw new InvalidInputException(
          file, "", "an array y" + suffix + " of labels", "only " + names(zip), REMEDY);
    }
    return array(zip, file, "y" + suffix, NpyArray::labels);
  }

  private static <T> T array(ZipFile zip, Path file, String name, Reader<NpyArray, T> reader)
      throws IOException {
    ZipEntry entry = entry(zip, name).orElseThrow();
    String place = entry.getName();
    long limit = UnpackedSize.OF_DATA.limit(entry, file);
    if (entry.getSize() < 0 || entry.getSize() > limit) {
      throw new InvalidInputException(
          file,
          place,
          "an array of at most " + limit + " bytes when unpacked",
          "one that claims " + entry.getSize(),
          "if it is really that large, save it with numpy.savez");
    }
    try (InputStream bytes =
        new BufferedInputStream(UnpackedSize.OF_DATA.unzip(zip, entry, file), BUFFER)) {
      T read = reader.read(NpyArray.open(bytes, file, place, entry.getSize()));
      bytes.transferTo(OutputStream.nullOutputStream()); // at its end the checksum is compared
      return read;
    }
  }
}
