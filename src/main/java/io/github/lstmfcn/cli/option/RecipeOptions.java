package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.Adam;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.EarlyStopping;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.KerasRelease;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RecipeBuilder;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.Validation;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that name a recipe and override its values, under the names that Keras uses. */
public final class RecipeOptions {
  /** The named recipes. */
  public enum Name {
    OF_2017("2017"),
    OF_2018("2018"),
    OF_2019("2019"),
    STANDARD("standard");

    private final String title;

    Name(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "standard",
      converter = NamedValues.Recipes.class,
      completionCandidates = NamedValues.Recipes.class,
      description = {
        "Training recipe: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
        "standard trains on all of TRAIN, selects the epoch with the lowest training loss, and "
            + "measures the statistics of its batch normalisation; TEST is scored once, at the end.",
        "2017 selects the epoch with the highest accuracy on TEST, as Table 1 of the 2017 paper did.",
        "2018 trains as the original of the multivariate networks did: 250 epochs, and the epoch with "
            + "the lowest training loss. With --monitor val_accuracy it selects by the accuracy on "
            + "TEST, as the original did until September 2018.",
        "2019 selects the epoch with the lowest training loss; its attention as published is "
            + "--attention across-batch."
      })
  public Name name;

  @Option(
      names = "--splits",
      paramLabel = "ARCHIVE",
      converter = NamedValues.Arrangements.class,
      completionCandidates = NamedValues.Arrangements.class,
      description =
          "Archive whose TRAIN and TEST are taken of the 14 datasets that have them exchanged between "
              + "the UCR archives of 2015 and 2018: ${COMPLETION-CANDIDATES}. Default: 2015 for "
              + "recipe 2017, whose accuracies were reported on it, else as-named.")
  SplitArrangement splits;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Maximum number of epochs. Default: that of the recipe, which under standard and 2017 is "
              + "the published one of a known dataset.")
  Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Number of series per training step. Default: that of the recipe, which under standard "
              + "and 2017 is the published one of a known dataset.")
  Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Initial learning rate of Adam.")
  Float learningRate;

  @Option(names = "--beta-1", paramLabel = "X", description = "Decay rate of Adam's first moments.")
  Float beta1;

  @Option(
      names = "--beta-2",
      paramLabel = "X",
      description = "Decay rate of Adam's second moments.")
  Float beta2;

  @Option(
      names = "--epsilon",
      paramLabel = "X",
      description = "Constant in Adam's denominator, for numerical stability.")
  Float epsilon;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Number of epochs without improvement after which the learning rate is reduced.")
  Integer patience;

  @Option(
      names = "--factor",
      paramLabel = "X",
      description = "Factor by which the learning rate is multiplied after a plateau.")
  Double factor;

  @Option(names = "--min-lr", paramLabel = "X", description = "Lower bound of the learning rate.")
  Double minLr;

  @Option(
      names = "--min-delta",
      paramLabel = "X",
      description = "Smallest change of the monitored value that counts as an improvement.")
  Double minDelta;

  @Option(
      names = "--cooldown",
      paramLabel = "N",
      description =
          "Number of epochs after a reduction of the learning rate in which no plateau is counted.")
  Integer cooldown;

  @Option(
      names = "--early-stopping",
      paramLabel = "N",
      description =
          "Number of epochs without improvement after which the training ends; 0 to disable "
              + "early stopping.")
  Integer earlyStopping;

  @Option(
      names = "--monitor",
      paramLabel = "VALUE",
      converter = NamedValues.Monitors.class,
      completionCandidates = NamedValues.Monitors.class,
      description =
          "Value that early stopping, the plateau and the selection of the best epoch observe: "
              + "${COMPLETION-CANDIDATES}.")
  Monitor monitor;

  @Option(
      names = "--save-best-only",
      negatable = true,
      fallbackValue = "true",
      description =
          "Use the weights of the best epoch as the result; otherwise those of the last epoch.")
  Boolean saveBestOnly;

  @Option(
      names = "--validation-split",
      paramLabel = "X",
      description =
          "Share of each class of TRAIN that is held out of the training to measure val_loss "
              + "and val_accuracy. Default: none; for search, 0.2.")
  public Double validationSplit;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Dropout rate after the recurrent layer.")
  Float dropout;

  @Option(
      names = "--class-weight",
      paramLabel = "HOW",
      converter = NamedValues.ClassWeights.class,
      completionCandidates = NamedValues.ClassWeights.class,
      description =
          "Weights of the classes in the loss: ${COMPLETION-CANDIDATES}. The class weights of "
              + "the original code had no effect, so none is faithful to it.")
  ClassWeight classWeight;

  @Option(
      names = "--shuffle",
      negatable = true,
      fallbackValue = "true",
      description = "Shuffle the series before each epoch.")
  Boolean shuffle;

  @Option(
      names = "--freeze",
      paramLabel = "LAYERS",
      converter = NamedValues.Frozen.class,
      completionCandidates = NamedValues.Frozen.class,
      description = "Layers that are not trained: ${COMPLETION-CANDIDATES}.")
  Freeze freeze;

  @Mixin NormalizeOption normalize;

  @Mixin EncodingOption labels;

  @Mixin AttentionOption attention;

  @Option(
      names = "--keras-release",
      paramLabel = "VERSION",
      converter = NamedValues.Releases.class,
      completionCandidates = NamedValues.Releases.class,
      description =
          "Keras release whose moving averages, first steps of Adam and plateau detection are "
              + "reproduced: ${COMPLETION-CANDIDATES}. Default: 3 for standard, 2.0.8 for 2017 "
              + "and 2018, 2.2.5 for 2019.")
  KerasRelease kerasRelease;

  @Option(
      names = "--precise-batch-norm",
      negatable = true,
      fallbackValue = "true",
      description =
          "Compute the statistics of the batch normalisation exactly after every epoch, over "
              + "its batches, instead of as moving averages. Default: yes for standard, no for 2017, "
              + "2018 and 2019.")
  Boolean preciseBatchNorm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the initial weights, the order of the series, the dropout and the hold-out. "
              + "Default: 0.")
  public Long seed;

  /**
   * The sources of a dataset, exchanged if the options say so.
   *
   * @throws CommandLine.ParameterException if an archive was asked for and options say which file
   *     is TRAIN
   * @throws InvalidInputException if the dataset or a file of it is missing, or its files do not
   *     tell which archive they are of
   */
  public SplitSources sources(DataFiles files, String set) {
    if (splits != null && splits.era().isPresent() && files.era(set).isEmpty()) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "--splits: expected as-named where other options say what TRAIN and TEST are, found "
              + splits);
    }
    SplitArrangement usual =
        name == Name.OF_2017 ? SplitArrangement.OF_2015 : SplitArrangement.AS_NAMED;
    return SplitSources.of(files, set, or(splits, usual));
  }

  /**
   * The recipe with the values of the given options.
   *
   * @param files the dataset, whose published epochs and batch size are the defaults, if it is
   *     known, and whose number of variables determines the standard recipe
   * @throws CommandLine.ParameterException if a value is out of its range
   */
  public Recipe recipe(RunFiles files) {
    if (validationSplit != null && name == Name.OF_2017) {
      throw new CommandLine.ParameterException(
          command.commandLine(),
          "--validation-split: expected none with --recipe 2017, which validates on TEST, "
              + "found "
              + validationSplit);
    }
    try {
      return changed(files);
    } catch (InvalidInputException outOfRange) {
      throw new CommandLine.ParameterException(
          command.commandLine(), outOfRange.getMessage(), outOfRange);
    }
  }

  private Recipe changed(RunFiles files) {
    Optional<UcrDataset> set = UcrCatalog.published().find(files.set());
    Recipe named =
        switch (name) {
          case OF_2017 -> Recipe.recipe2017(set);
          case OF_2018 -> Recipe.recipe2018(validatesOnTest());
          case OF_2019 -> Recipe.recipe2019();
          case STANDARD ->
              files.variables() > 1 ? Recipe.standardMultivariate() : Recipe.standard(set);
        };
    RecipeBuilder builder = named.toBuilder();
    given(epochs, builder::epochs);
    given(batchSize, builder::batchSize);
    given(monitor, builder::monitor);
    given(saveBestOnly, builder::saveBestOnly);
    given(
        validationSplit,
        share -> builder.validation(Validation.Source.HOLD_OUT).validationSplit(share));
    given(dropout, builder::dropout);
    given(classWeight, builder::classWeight);
    given(shuffle, builder::shuffle);
    given(freeze, builder::freeze);
    given(normalize.normalization, builder::normalization);
    given(labels.encoding, builder::labelEncoding);
    given(attention.attention, builder::attentionScope);
    given(kerasRelease, builder::kerasRelease);
    given(seed, builder::seed);
    given(preciseBatchNorm, builder::preciseBatchNorm);
    return builder
        .adam(adam(named.optimization().adam()))
        .reduceLrOnPlateau(plateau(named.optimization().reduceLrOnPlateau()))
        .earlyStopping(earlyStopping(named.schedule().earlyStopping()))
        .build();
  }

  /** Whether the named recipe selects by TEST. */
  public boolean selectsOnTest() {
    return name == Name.OF_2017 || (name == Name.OF_2018 && validatesOnTest());
  }

  /** Whether recipe 2018 measures what is monitored on TEST. */
  private boolean validatesOnTest() {
    return monitor != null && monitor.needsValidation() && validationSplit == null;
  }

  private static <T> void given(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private Adam adam(Adam named) {
    return new Adam(
        or(learningRate, named.learningRate()),
        or(beta1, named.beta1()),
        or(beta2, named.beta2()),
        or(epsilon, named.epsilon()));
  }

  private ReduceLrOnPlateau plateau(ReduceLrOnPlateau named) {
    return new ReduceLrOnPlateau(
        or(patience, named.patience()),
        or(factor, named.factor()),
        or(minLr, named.minLr()),
        or(minDelta, named.minDelta()),
        or(cooldown, named.cooldown()));
  }

  private EarlyStopping earlyStopping(EarlyStopping named) {
    if (earlyStopping == null) {
      return named;
    }
    return earlyStopping == 0
        ? EarlyStopping.NEVER
        : new EarlyStopping(earlyStopping, named.minDelta());
  }
}
