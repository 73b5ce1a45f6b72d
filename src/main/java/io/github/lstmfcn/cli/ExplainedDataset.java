package io.github.lstmfcn.cli;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.cli.option.DatasetOptions;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.ScoredSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One split of a dataset as a model sees it.
 *
 * @param model the model to explain
 * @param split the split as it was read
 * @param labelled its series with the classes of their labels
 * @param inputs the series as the model reads them, float32 {@code [N][variables × length]}
 */
record ExplainedDataset(
    Model model, DatasetOptions.ReadSplit split, ScoredSplit labelled, float[][] inputs) {

  /**
   * Reads the split that the options name.
   *
   * @throws InvalidInputException if it cannot be read or does not fit the model
   */
  static ExplainedDataset read(DatasetOptions options, ModelOptions named) {
    DatasetOptions.ReadSplit split = options.read();
    Model model = named.load(options.options(split, named.reading));
    ScoredSplit labelled = options.labelled(split, List.of(model));
    return new ExplainedDataset(
        model, split, labelled, labelled.inputs(model.spec().classes(), model.preparation()));
  }

  /** The files that the options of a command name, and the folder of the model. */
  static List<Path> inputs(DatasetOptions options, ModelOptions named) {
    List<Path> inputs = new ArrayList<>(options.source.inputs());
    inputs.add(named.weights);
    return inputs;
  }

  /** Prints what the model assumes and what is done to the series without being asked for. */
  void print(Notes notes) {
    notes.assumptions(List.of(model));
    split.note(model).ifPresent(notes::print);
  }

  /** Dataset and split, as {@code CBF TEST}. */
  String name() {
    return split.data().name() + " " + split.split();
  }

  /** The names of the classes, none empty. */
  List<String> classes() {
    List<String> names = labelled.labels().names();
    return IntStream.range(0, names.size())
        .mapToObj(k -> names.get(k).isEmpty() ? "class " + k : names.get(k))
        .toList();
  }

  /** A series as the model reads it, float32 {@code [variables][length]}. */
  float[][] variables(int sample) {
    int length = model.spec().length();
    float[][] variables = new float[model.spec().variables()][];
    for (int variable = 0; variable < variables.length; variable++) {
      variables[variable] =
          Arrays.copyOfRange(inputs[sample], variable * length, (variable + 1) * length);
    }
    return variables;
  }

  /**
   * Checks that the model has convolutions.
   *
   * @param file the file of the model
   * @throws InvalidInputException if it is a recurrent layer alone
   */
  void expectConvolutions(Path file) {
    if (model.spec().blocks().isEmpty()) {
      throw new InvalidInputException(
          file, "", "a model with convolutions", model.spec().toString(), "");
    }
  }

  /** The label of a series, as spelt in its file. */
  String label(int sample) {
    return split.data().labels().get(sample);
  }

  /**
   * The class of a label.
   *
   * @throws InvalidInputException if no class has the label
   */
  int classOf(String label) {
    try {
      return labelled.labels().index(label);
    } catch (InvalidInputException unknown) {
      throw new InvalidInputException(
          split.data().source(), "--class", unknown.expected(), unknown.found(), "", unknown);
    }
  }
}
