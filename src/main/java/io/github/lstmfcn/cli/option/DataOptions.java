package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.TestShare;
import io.github.lstmfcn.data.archive.UcrArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that name files of labelled series and their splits into TRAIN and TEST. */
public final class DataOptions {
  /** Archives have their files in a folder per dataset. */
  private static final int DEPTH = 2;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      description = {
        "Folder of datasets in the layout of the UCR or UEA archives, or one file: delimited "
            + "text, .ts, .arff, .npy or .npz, each also compressed as .gz.",
        "_TRAIN or _TEST in the name of a file tells its split; otherwise use --train and "
            + "--test, or --test-size."
      })
  public Path data;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "File with the TRAIN split; its name is free.")
  Path train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "File with the TEST split; its name is free.")
  Path test;

  @Option(
      names = "--test-size",
      paramLabel = "SHARE",
      description =
          "Share of each class that is drawn at random as TEST when --data is one file; the "
              + "rest is TRAIN.")
  Double testSize;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "Seed of the random draw of --test-size. Default: 0.")
  Long splitSeed;

  @Option(
      names = "--labels-file",
      paramLabel = "FILE",
      description =
          "File with the labels of a .npy file, in .npy format. Default: the file beside it "
              + "with y instead of X in its name, as y_train.npy for X_train.npy.")
  Path labelsFile;

  @Mixin LayoutOptions layout;

  /**
   * The datasets that the options name.
   *
   * @param role the split of a single file whose name does not tell it; null if it is unknown
   * @throws CommandLine.ParameterException if the options contradict each other
   * @throws io.github.lstmfcn.error.InvalidInputException if the files do not exist
   */
  public DataFiles open(Split role) {
    check();
    TableLayout laidOut = layout.layout();
    if (data == null) {
      Map<Split, DataSource> parts = new EnumMap<>(Split.class);
      put(parts, Split.TRAIN, train);
      put(parts, Split.TEST, test);
      return new DataFiles.Named(DatasetFile.nameOf(train == null ? test : train), parts);
    }
    if (Files.isDirectory(data)) {
      return new DataFiles.Archive(UcrArchive.open(data), laidOut, null, null);
    }
    TestShare share = share();
    if (share != null || (Files.exists(data) && DatasetFile.hasBothSplits(data))) {
      return named(share, Split.values());
    }
    if (role != null && Files.exists(data) && DatasetFile.splitOf(data).isEmpty()) {
      return named(null, role);
    }
    return new DataFiles.Archive(UcrArchive.open(data), laidOut, labelsFile, data);
  }

  /**
   * The files that may be read: those that the options name, the other files of their dataset, and
   * all data files of a folder.
   */
  public List<Path> inputs() {
    List<Path> inputs = new ArrayList<>();
    Stream.of(train, test, labelsFile).filter(Objects::nonNull).forEach(inputs::add);
    if (data == null) {
      return inputs;
    }
    boolean isFolder = Files.isDirectory(data);
    if (!isFolder) {
      inputs.add(data);
      DataSource.of(data).labelsFile().ifPresent(inputs::add);
    }
    Path folder = isFolder ? data : data.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.walk(folder, isFolder ? DEPTH : 1)) {
      files
          .filter(file -> file.getFileName() != null && DatasetFile.splitOf(file).isPresent())
          .filter(file -> isFolder || dataset(file).equals(dataset(data)))
          .forEach(inputs::add);
    } catch (IOException | UncheckedIOException unreadable) {
      return inputs; // reading the data says why
    }
    return inputs;
  }

  /** The name of a file's dataset, the same for the files of all its dimensions. */
  private static String dataset(Path file) {
    return DatasetFile.nameOf(file).replaceAll("Dimension\\d+$", "");
  }

  private void put(Map<Split, DataSource> parts, Split split, Path file) {
    if (file != null) {
      parts.put(split, new DataSource(file, labelsFile, split, null, layout.layout()));
    }
  }

  private DataFiles named(TestShare share, Split... splits) {
    Map<Split, DataSource> parts = new EnumMap<>(Split.class);
    for (Split split : splits) {
      parts.put(split, new DataSource(data, labelsFile, split, share, layout.layout()));
    }
    return new DataFiles.Named(DatasetFile.nameOf(data), parts);
  }

  /** The random share of the file that is TEST; null if the file is not split at random. */
  public TestShare share() {
    return testSize == null ? null : new TestShare(testSize, splitSeed == null ? 0 : splitSeed);
  }

  private void check() {
    if (data == null && train == null && test == null) {
      throw misused("Missing required option: '--data' (or --train and --test)");
    }
    if (data != null && (train != null || test != null)) {
      throw misused("--data: expected either --data or --train and --test, found both");
    }
    if (testSize != null && !(testSize > 0 && testSize < 1)) {
      throw misused("--test-size: expected a share between 0 and 1, found " + testSize);
    }
    if (testSize != null && data == null) {
      throw misused("--test-size: expected one file in --data, found --train or --test");
    }
    if (testSize != null && Files.isDirectory(data)) {
      throw misused("--test-size: expected one file in --data, found a folder");
    }
    if (testSize != null && Files.exists(data) && DatasetFile.hasBothSplits(data)) {
      throw misused(
          "--test-size: expected a file of one split in --data, found TRAIN and TEST in " + data);
    }
    if (splitSeed != null && testSize == null) {
      throw misused("--split-seed: expected --test-size with it, found none");
    }
    if (labelsFile != null && ((train != null && test != null) || isFolder(data))) {
      throw misused("--labels-file: expected one file of series, found several");
    }
  }

  private static boolean isFolder(Path path) {
    return path != null && Files.isDirectory(path);
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(command.commandLine(), message);
  }
}
