package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import picocli.CommandLine.Mixin;

/** Options for what a weight file may leave open: gate activation, attention scope, length. */
final class ReadingOptions {
  @Mixin GatesOption gates;

  @Mixin AttentionOption attention;

  @Mixin LengthOption length;

  /** The options for loading a model; everything else is as its file states. */
  LoadOptions options() {
    LoadOptions.Builder options =
        LoadOptions.builder().gates(gates.gates).attention(attention.attention);
    length.orUnknown().ifPresent(options::length);
    return options.build();
  }
}
