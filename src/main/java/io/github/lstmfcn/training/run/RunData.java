package io.github.lstmfcn.training.run;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.loop.Trainer;
import io.github.lstmfcn.training.loop.TrainingData;
import java.util.Optional;
import java.util.Set;

/**
 * The data of a run.
 *
 * @param data the series to train and validate on
 * @param test the TEST split, if there is one
 * @param preparation the preprocessing of every series
 * @param labels the labels of TRAIN
 * @param truncation how many series of TEST are truncated, as one sentence, if any are
 */
record RunData(
    TrainingData data,
    Optional<Examples> test,
    Preparation preparation,
    ClassLabels labels,
    Optional<String> truncation) {

  /**
   * Reads and prepares the files of a run.
   *
   * @throws InvalidInputException if a file cannot be read, or the files do not fit each other or
   *     the recipe
   */
  static RunData of(RunDescription description) {
    return of(
        description.recipe(),
        description.trainSource().read(),
        description.testSource().map(DataSource::read),
        description.initialFile().map(file -> file.weights().spec().length()));
  }

  /**
   * Prepares datasets.
   *
   * @param modelLength the length to which every series is padded; empty for that of the longest
   * @throws InvalidInputException if the datasets do not fit each other or the recipe
   */
  static RunData of(
      Recipe recipe, Dataset train, Optional<Dataset> test, Optional<Integer> modelLength) {
    checkSeries(train);
    test.ifPresent(split -> split.expectVariablesOf(train));
    if (recipe.validation().validatedOn() == Validation.Source.TEST && test.isEmpty()) {
      throw new InvalidInputException(
          train.source(),
          "recipe",
          "a TEST file beside it, since the recipe selects by TEST",
          "none",
          "copy it there, or use another --recipe");
    }
    // As the original code does, multivariate series of TEST are cut to the longest of TRAIN.
    boolean cut = train.variables() > 1;
    int longest =
        cut
            ? train.unpaddedLength()
            : Math.max(train.unpaddedLength(), test.map(Dataset::unpaddedLength).orElse(0));
    int length = modelLength.orElse(longest);
    if (length == 0) {
      throw new InvalidInputException(train.source(), "", "values", "only missing values", "");
    }
    if (cut) {
      Preparation.none(train.variables(), length).apply(train); // refuses what is longer
    }
    Normalization normalization = recipe.inputs().normalization();
    if (normalization.needsTest() && test.isEmpty()) {
      throw new InvalidInputException(
          train.source(),
          "recipe",
          "a TEST file beside it, since mean and standard deviation are of both",
          "none",
          "copy it there, or use another --normalize");
    }
    Preparation preparation =
        Preparation.of(normalization, train.variables(), length, cut, train, test.orElse(null));
    ClassLabels labels = recipe.inputs().labelEncoding().fit(train);
    Examples trained = Examples.of(train, preparation, labels);
    Optional<Examples> tested =
        test.map(set -> Examples.of(set, preparation, labelsOf(set, labels)));
    return new RunData(
        TrainingData.of(recipe, trained, tested.orElse(null)),
        tested,
        preparation,
        labels,
        test.flatMap(set -> preparation.truncation(set, Split.TEST)));
  }

  /** Refuses files with one value per line, each with another label, which are no series. */
  private static void checkSeries(Dataset train) {
    if (train.length() == 1 && Set.copyOf(train.labels()).size() == train.size()) {
      throw new InvalidInputException(
          train.source(),
          "",
          "series to learn from, one per line",
          "one value per line and as many classes as lines",
          "a series is one line with its label and all its values");
    }
  }

  /** The labels of TEST, which the upstream encoding fits separately. */
  private static ClassLabels labelsOf(Dataset test, ClassLabels ofTrain) {
    if (ofTrain.encoding() == LabelEncoding.SORTED) {
      return ofTrain;
    }
    ClassLabels ofTest = LabelEncoding.UPSTREAM.fit(test);
    if (ofTest.classes() != ofTrain.classes()) {
      throw new InvalidInputException(
          test.source(),
          "labels",
          ofTrain.classes() + " classes, as in TRAIN",
          "" + ofTest.classes(),
          "use --labels sorted");
    }
    return new ClassLabels(ofTest.encoding(), ofTrain.names(), ofTest.indexOf());
  }

  /**
   * The initial weights: those of Keras' initialisers, or of a file, with a new dense layer if its
   * number of classes differs.
   *
   * @throws InvalidInputException if the file is of another network
   */
  ModelWeights initialWeights(RunDescription description) {
    Recipe recipe = description.recipe();
    ModelSpec spec = spec(description);
    return description
        .initialFile()
        .map(file -> Trainer.initialWeights(file.weights(), spec, recipe))
        .orElseGet(() -> Trainer.initialWeights(spec, recipe));
  }

  /** The network that a run trains on these data. */
  ModelSpec spec(RunDescription description) {
    return spec(
        description.kind(),
        description.cells(),
        description.gates(),
        description.recipe(),
        description.initialFile().map(file -> file.weights().spec()));
  }

  /**
   * The network of a kind for this data.
   *
   * @param initial the network whose weights are trained further, which may have other blocks than
   *     the papers'; empty for new weights
   */
  ModelSpec spec(
      ModelKind kind, int cells, GateActivation gates, Recipe recipe, Optional<ModelSpec> initial) {
    int variables = preparation.variables();
    int length = preparation.length();
    int classes = data.train().names().size();
    ModelSpec network;
    try {
      network =
          initial
              .filter(found -> found.kind() == kind)
              .filter(found -> !kind.hasRecurrence() || found.cells() == cells)
              .map(
                  found ->
                      new ModelSpec(variables, length, classes, found.recurrent(), found.blocks()))
              .orElseGet(() -> ModelSpec.of(kind, variables, length, classes, cells, gates))
              .with(gates);
    } catch (IllegalArgumentException impossible) {
      throw new InvalidInputException(
          null, "network", "one that can be built", impossible.getMessage(), "", impossible);
    }
    if (!network.hasAttention()) {
      return network;
    }
    try {
      return network.with(recipe.layers().attentionScope());
    } catch (IllegalArgumentException impossible) {
      throw new InvalidInputException(
          null,
          "recipe",
          "attention per series, which all networks but the univariate ALSTM-FCN have",
          "%s attention of %s".formatted(recipe.layers().attentionScope(), network),
          "use --attention per-series",
          impossible);
    }
  }
}
