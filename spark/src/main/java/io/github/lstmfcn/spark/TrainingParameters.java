package io.github.lstmfcn.spark;

import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Monitor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The parameters of {@link HasTrainingParameters}, declared for one owner.
 *
 * @param label the column of labels
 * @param kind the kind of network
 * @param cells the number of cells of the recurrent layer
 * @param recipe the recipe
 * @param epochs the maximum number of epochs
 * @param trainingBatchSize the number of series per training step
 * @param learningRate the initial learning rate
 * @param validationSplit the share of each class that is held out
 * @param monitor the value by which the epoch is selected
 * @param dropout the dropout rate after the recurrent layer
 * @param normalize how series are normalised
 * @param seed the seed
 */
public record TrainingParameters(
    Param<String> label,
    Param<String> kind,
    IntParam cells,
    Param<String> recipe,
    IntParam epochs,
    IntParam trainingBatchSize,
    DoubleParam learningRate,
    DoubleParam validationSplit,
    Param<String> monitor,
    DoubleParam dropout,
    Param<String> normalize,
    LongParam seed) {
  private static final int CELLS = 8;

  static TrainingParameters of(Params owner) {
    return new TrainingParameters(
        new Param<>(owner, "labelCol", "column of labels: class indices from 0, or strings"),
        oneOf(
            owner,
            "kind",
            "kind of network; LSTM-FCN, or MLSTM-FCN for series of several variables, unless set",
            Stream.of(ModelKind.values()).map(ModelKind::toString).toList()),
        new IntParam(
            owner,
            "cells",
            "number of cells of the recurrent layer (>= 1)",
            ParamValidators.gtEq(1)),
        oneOf(owner, "recipe", "recipe of the training", List.of("standard", "2018", "2019")),
        new IntParam(
            owner,
            "epochs",
            "maximum number of epochs (>= 1); the recipe's unless set",
            ParamValidators.gtEq(1)),
        new IntParam(
            owner,
            "trainingBatchSize",
            "number of series per training step (>= 1); the recipe's unless set",
            ParamValidators.gtEq(1)),
        new DoubleParam(
            owner,
            "learningRate",
            "initial learning rate of Adam (> 0); the recipe's unless set",
            ParamValidators.gt(0)),
        new DoubleParam(
            owner,
            "validationSplit",
            "share of each class that is held out of the training and only measured (0 to 1); none"
                + " unless set",
            ParamValidators.inRange(0, 1, false, false)),
        oneOf(
            owner,
            "monitor",
            "value that early stopping, the plateau and the selection of the epoch observe; the"
                + " recipe's unless set",
            Stream.of(Monitor.values()).map(Monitor::toString).toList()),
        new DoubleParam(
            owner,
            "dropout",
            "dropout rate after the recurrent layer (0 to 1); the recipe's unless set",
            ParamValidators.inRange(0, 1, true, false)),
        oneOf(
            owner,
            "normalize",
            "how series are normalised; the recipe's unless set",
            Stream.of(Normalization.values())
                .filter(value -> !value.needsTest())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList()),
        new LongParam(
            owner,
            "seed",
            "seed of the initial weights, the order of the series, the dropout and the hold-out"));
  }

  private static Param<String> oneOf(
      Params owner, String name, String documentation, List<String> values) {
    return new Param<>(
        owner,
        name,
        documentation + ": " + String.join(", ", values),
        ParamValidators.inArray(values));
  }

  void setDefaults(Params owner) {
    owner.setDefault(label, "label");
    owner.setDefault(cells, CELLS);
    owner.setDefault(recipe, "standard");
    owner.setDefault(seed, 0L);
  }
}
