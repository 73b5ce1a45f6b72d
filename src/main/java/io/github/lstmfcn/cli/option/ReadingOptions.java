package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import picocli.CommandLine.Mixin;

/** How a weight file is read where it leaves something open. */
final class ReadingOptions {
  @Mixin GatesOption gates;

  @Mixin AttentionOption attention;

  /** With everything else as a model's file says. */
  LoadOptions options() {
    return LoadOptions.builder().gates(gates.gates).attention(attention.attention).build();
  }
}
