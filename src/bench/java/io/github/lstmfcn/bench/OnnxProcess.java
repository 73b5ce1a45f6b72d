package io.github.lstmfcn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * What {@code bin/lstmfcn predict} does, with ONNX Runtime: start, load a model, answer the series
 * of a file.
 */
final class OnnxProcess {
  private OnnxProcess() {}

  /** Prints the probabilities of each series; arguments: the model and the file. */
  public static void main(String[] args) throws IOException {
    try (OnnxModel model =
        new OnnxModel(Path.of(args[0]), Runtime.getRuntime().availableProcessors())) {
      float[][] series =
          Files.readAllLines(Path.of(args[1])).stream()
              .map(OnnxProcess::values)
              .toArray(float[][]::new);
      for (float[] probabilities : model.probabilities(series)) {
        StringJoiner line = new StringJoiner(" ");
        for (float probability : probabilities) {
          line.add(Float.toString(probability));
        }
        System.out.println(line);
      }
    }
  }

  private static float[] values(String line) {
    String[] words = line.trim().split("\\s+", -1);
    float[] values = new float[words.length];
    for (int word = 0; word < words.length; word++) {
      values[word] = Float.parseFloat(words[word]);
    }
    return values;
  }
}
