package io.github.lstmfcn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What most commands ask about a model. */
final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      description = "A Keras weight file (.h5, .weights.h5, .keras) or a SavedModel's folder.")
  Path weights;

  @Mixin ReadingOptions reading;
}
