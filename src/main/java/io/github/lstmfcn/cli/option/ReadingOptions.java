package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import picocli.CommandLine.Mixin;

/** Options for what a weight file may leave open: gate activation and attention scope. */
final class ReadingOptions {
  @Mixin GatesOption gates;

  @Mixin AttentionOption attention;

  /** The options for loading a model; everything else is as its file states. */
  LoadOptions options() {
    return LoadOptions.builder().gates(gates.gates).attention(attention.attention).build();
  }
}
