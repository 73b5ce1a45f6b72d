package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options for what a model's file may leave open: gate activation, attention scope, length, and
 * whether a SavedModel may have any operation.
 */
final class ReadingOptions {
  @Mixin GatesOption gates;

  @Mixin AttentionOption attention;

  @Mixin LengthOption length;

  @Option(
      names = "--trust",
      description =
          "Load a SavedModel whatever operations it has. Such a model can read and write files: use "
              + "this for files of your own only.")
  boolean trust;

  /** The options for loading a model; everything else is as its file states. */
  LoadOptions options() {
    LoadOptions.Builder options =
        LoadOptions.builder().gates(gates.gates).attention(attention.attention).trusted(trust);
    length.orUnknown().ifPresent(options::length);
    return options.build();
  }
}
