package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.model.ModelSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One half of a set as a model sees it.
 *
 * @param options that named it
 * @param half as it was read
 * @param labelled its series with the classes of their labels
 * @param inputs float32 {@code [N][length]}
 */
record ExplainedSet(
    SetOptions options, SetOptions.Half half, ScoredSplit labelled, float[][] inputs) {

  /**
   * Reads what the options name.
   *
   * @param model whose training, if it is the folder of one, says what they do not
   * @param spec of it
   * @throws InvalidInputException if it cannot be read or does not fit the model
   */
  static ExplainedSet read(SetOptions options, Path model, ModelSpec spec) {
    options.follow(List.of(model));
    SetOptions.Half half = options.read();
    ScoredSplit labelled = options.labelled(half);
    return new ExplainedSet(
        options,
        half,
        labelled,
        labelled.inputs(spec.classes(), options.preparation(half, spec.length())));
  }

  /** {@code CBF TEST}. */
  String name() {
    return half.data().name() + " " + half.split();
  }

  /** Names of the classes, none empty. */
  List<String> classes() {
    List<String> names = labelled.labels().names();
    return IntStream.range(0, names.size())
        .mapToObj(k -> names.get(k).isEmpty() ? "class " + k : names.get(k))
        .toList();
  }

  /** The label of a series, as its file has it. */
  String label(int sample) {
    return half.data().labels().get(sample);
  }

  /**
   * The class of a label.
   *
   * @throws InvalidInputException if no class has it
   */
  int classOf(String label) {
    try {
      return labelled.labels().index(label);
    } catch (InvalidInputException unknown) {
      throw new InvalidInputException(
          half.data().source(), "--class", unknown.expected(), unknown.found(), "", unknown);
    }
  }
}
