package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.TestShare;
import io.github.lstmfcn.data.archive.UcrArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where labelled series are, and which of them are TRAIN and TEST. */
public final class DataOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      description = {
        "A folder of datasets, as the UCR archives are, or one file: delimited text, .ts, .arff, "
            + ".npy, .npz, each plain or .gz.",
        "Its name says by _TRAIN or _TEST which part it is; else --train and --test do, or "
            + "--test-size."
      })
  public Path data;

  @Option(names = "--train", paramLabel = "FILE", description = "The file of TRAIN, of any name.")
  Path train;

  @Option(names = "--test", paramLabel = "FILE", description = "The file of TEST, of any name.")
  Path test;

  @Option(
      names = "--test-size",
      paramLabel = "SHARE",
      description =
          "Split the one file of --data: this share of each class, drawn at random, is TEST, the "
              + "rest TRAIN.")
  Double testSize;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "Seed of the draw of --test-size. Default: 0.")
  Long splitSeed;

  @Option(
      names = "--labels-file",
      paramLabel = "FILE",
      description =
          "The .npy file of the labels of a .npy file. Default: y… beside X…, as y_train.npy beside "
              + "X_train.npy.")
  Path labelsFile;

  @Mixin LayoutOptions layout;

  /**
   * What the options name.
   *
   * @param role which part a single file is whose name does not say so; null if that is not known
   * @throws CommandLine.ParameterException if they contradict each other
   * @throws io.github.lstmfcn.error.InvalidInputException if nothing is there
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

  /** How the one file is split; null if it is not. */
  public TestShare share() {
    return testSize == null ? null : new TestShare(testSize, splitSeed == null ? 0 : splitSeed);
  }

  private void check() {
    if (data == null && train == null && test == null) {
      throw misused("Missing required option: '--data' (or --train and --test)");
    }
    if (data != null && (train != null || test != null)) {
      throw misused("--data: expected either it or --train and --test, found both");
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
      throw misused("--test-size: expected one part in --data, found TRAIN and TEST in " + data);
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
