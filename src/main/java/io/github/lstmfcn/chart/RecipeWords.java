package io.github.lstmfcn.chart;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.EarlyStopping;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.run.RunDescription;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a recipe in sentences.
 *
 * @param description the description of a run
 */
record RecipeWords(RunDescription description) {

  /**
   * The sentences, on data, steps, learning rate, selected weights, loss and batch normalisation.
   */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(data());
    sentences.add(start());
    sentences.add(steps());
    sentences.add(learningRate());
    if (!recipe().schedule().earlyStopping().equals(EarlyStopping.NEVER)) {
      sentences.add(
          "Training ends early after %s epochs without %s."
              .formatted(recipe().schedule().earlyStopping().patience(), improvement()));
    }
    sentences.add(validation());
    sentences.add(selection());
    sentences.add(loss());
    sentences.add(statistics());
    if (description.kind().hasAttention()) {
      sentences.add(
          recipe().layers().attentionScope() == AttentionScope.PER_SERIES
              ? "The attention works within each series."
              : "The attention sums across the batch, as in the original code.");
    }
    return sentences;
  }

  private Recipe recipe() {
    return description.recipe();
  }

  private String data() {
    String scaled =
        switch (recipe().inputs().normalization()) {
          case NONE -> "Series are not scaled";
          case SAMPLE -> "Each series is scaled by its own mean and standard deviation";
          case TRAIN -> "Series are scaled by the mean and standard deviation of TRAIN";
          case UPSTREAM ->
              "Series are scaled by one mean and standard deviation of all of TRAIN, padding"
                  + " included";
          case POOLED ->
              "Each variable is scaled by its mean and standard deviation over TRAIN and TEST"
                  + " together, which is a leak";
        };
    return recipe().inputs().labelEncoding() == LabelEncoding.SORTED
        ? scaled + "."
        : scaled + "; labels are encoded as in the original code, which may merge classes.";
  }

  private String start() {
    String from =
        description.initial() == null
            ? "Training starts from weights drawn with seed %s by Keras' initialisers"
                .formatted(recipe().seed())
            : "Training starts from the weights in "
                + description.initial().file().getFileName()
                + "; the seed is "
                + recipe().seed();
    return recipe().optimization().freeze() == Freeze.NONE
        ? from + "."
        : from + "; " + frozen() + ".";
  }

  private String frozen() {
    return switch (recipe().optimization().freeze()) {
      case NONE -> "nothing is frozen";
      case CONV -> "the convolutional branch is frozen";
      case LSTM -> "the recurrent branch is frozen";
      case ALL_BUT_HEAD -> "all but the dense layer at the end is frozen";
    };
  }

  private String steps() {
    return "It takes up to %s epochs in batches of %s series, %s."
        .formatted(
            recipe().schedule().epochs(),
            recipe().schedule().batchSize(),
            recipe().schedule().shuffle()
                ? "shuffled for every epoch"
                : "always in the order of the file");
  }

  private String learningRate() {
    ReduceLrOnPlateau plateau = recipe().optimization().reduceLrOnPlateau();
    String start = number(Float.toString(recipe().optimization().adam().learningRate()));
    return plateau.patience() >= recipe().schedule().epochs()
        ? "The optimizer is Adam with a learning rate of " + start + "."
        : ("The optimizer is Adam. Its learning rate starts at %s and is multiplied by %s after "
                + "%s epochs without %s, down to %s.")
            .formatted(
                start,
                number(Double.toString(plateau.factor())),
                plateau.patience(),
                improvement(),
                number(Double.toString(plateau.minLr())));
  }

  private String improvement() {
    return (recipe().selection().monitor().higherIsBetter() ? "a higher " : "a lower ")
        + monitored();
  }

  private String monitored() {
    return switch (recipe().selection().monitor()) {
      case LOSS -> "training loss";
      case ACCURACY -> "training accuracy";
      case VAL_LOSS -> "validation loss";
      case VAL_ACCURACY -> "validation accuracy";
    };
  }

  private String validation() {
    return switch (recipe().validation().validatedOn()) {
      case NONE ->
          "It trains on all of TRAIN; nothing is held out, and TEST is scored only at the end.";
      case TEST -> "It trains on all of TRAIN; TEST is the validation set, as in 2017.";
      case HOLD_OUT ->
          recipe().validation().fold() == null
              ? "%s %% of TRAIN is held out, the same share of every class, as the validation set."
                  .formatted(number(Double.toString(100 * recipe().validation().validationSplit())))
              : "The validation set is %s of TRAIN.".formatted(recipe().validation().fold());
    };
  }

  private String selection() {
    if (!recipe().selection().saveBestOnly()) {
      return "The weights of the last epoch are selected.";
    }
    Monitor monitor = recipe().selection().monitor();
    return "The weights of the epoch with the %s %s are selected."
        .formatted(monitor.higherIsBetter() ? "highest" : "lowest", monitored());
  }

  private String loss() {
    return ("The loss is the cross-entropy, %s; dropout sets %s %% of the outputs of the "
            + "recurrent branch to zero.")
        .formatted(
            recipe().optimization().classWeight() == ClassWeight.NONE
                ? "in which every series counts the same"
                : "in which every class counts the same",
            number(Float.toString(100 * recipe().layers().dropout())));
  }

  private String statistics() {
    return recipe().layers().preciseBatchNorm()
        ? "After every epoch the statistics of the batch normalisation are computed over its batches."
        : "The statistics of the batch normalisation are moving averages, as in Keras %s."
            .formatted(recipe().kerasRelease());
  }

  /** A number with four significant digits, without an exponent. */
  private static String number(String value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
