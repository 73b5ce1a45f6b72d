package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.DataFiles;
import io.github.lstmfcn.cli.option.GatesOption;
import io.github.lstmfcn.cli.option.GridOptions;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.PrecisionOption;
import io.github.lstmfcn.cli.option.RecipeOptions;
import io.github.lstmfcn.cli.option.RunFiles;
import io.github.lstmfcn.cli.option.SplitSources;
import io.github.lstmfcn.cli.process.Interruption;
import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.search.Grid;
import io.github.lstmfcn.search.GridFolder;
import io.github.lstmfcn.search.GridPoint;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.GridRuns;
import io.github.lstmfcn.search.Search;
import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.training.Fold;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RecipeBuilder;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.run.RunDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn search}. */
@Command(
    name = "search",
    description = {
      "Train networks of several sizes and kinds on each dataset and select one.",
      "The network with the highest mean accuracy on the part of TRAIN that its runs held "
          + "out is selected (a share or, with --folds, each fold in turn), then the one with "
          + "the lower loss, then the one with fewer cells. TEST has no influence and is shown "
          + "for the selected network only. With --recipe 2017, and with --recipe 2018 "
          + "--monitor val_accuracy, the network is selected by its accuracy on TEST, as in the "
          + "publications.",
      "Each run has its own folder, as written by lstmfcn train; runs.csv, choice.csv and "
          + "runs.html cover all runs. Repeat the command to continue where it was interrupted.",
      "Exit code 1 if a run failed; the other runs are not affected."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} --data testdata --set CBF --epochs 50 --out search/cbf",
      "  ${COMMAND-FULL-NAME} --data testdata --cells 8,64 --folds 5 --jobs 4 --out search/all"
    })
public final class SearchCommand implements Callable<Integer> {
  private final Function<GridOptions, TrainingPlace> where;

  @Mixin GridOptions options;

  @Option(
      names = "--cells",
      paramLabel = "N",
      split = ",",
      defaultValue = "8,64,128",
      description =
          "Numbers of cells of the recurrent layer, separated by commas. Default: "
              + "${DEFAULT-VALUE}.")
  List<Integer> cells;

  @Option(
      names = "--models",
      paramLabel = "KIND",
      split = ",",
      converter = NamedValues.Kinds.class,
      completionCandidates = NamedValues.Kinds.class,
      description =
          "Kinds of networks, separated by commas: ${COMPLETION-CANDIDATES}. Default: "
              + "LSTM-FCN and ALSTM-FCN; if all datasets are multivariate, MLSTM-FCN and "
              + "MALSTM-FCN.")
  List<ModelKind> kinds;

  @Mixin GatesOption gates;

  @Mixin PrecisionOption precision;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Number of stratified folds of a cross-validation that selects the network; the "
              + "selected network is then trained again on all of TRAIN. Default: select by a "
              + "hold-out, see --validation-split.")
  Integer folds;

  @Mixin RecipeOptions recipe;

  /** The command that trains in processes of this machine. */
  public SearchCommand() {
    this(GridOptions::processes);
  }

  /**
   * The command that trains elsewhere.
   *
   * @param where gives the place of the trainings, once the options are parsed and checked
   */
  public SearchCommand(Function<GridOptions, TrainingPlace> where) {
    this.where = where;
  }

  @Override
  public Integer call() {
    checkOptions();
    if (folds == null && recipe.name == RecipeOptions.Name.STANDARD) {
      recipe.validationSplit = or(recipe.validationSplit, Recipe.VALIDATION_SPLIT);
    }
    TrainingPlace place = where.apply(options);
    DataFiles data = options.data.open(null);
    List<String> sets = options.sets(data);
    Map<String, RunFiles> files = files(data, sets);
    Grid grid =
        new Grid(
            sets,
            or(kinds, defaultKinds(files)),
            cells,
            options.seeds,
            or(recipe.seed, 0L),
            or(folds, 0));
    Search search = new Search(grid, recipe.selectsOnTest());
    Map<GridPoint, RunDescription> points =
        descriptions(grid.points().stream(), files, place.threads());
    List<String> notes = notes(search, points);
    GridRuns runs =
        new GridRuns(
            GridFolder.open(options.out),
            all -> new GridReport(search.opened(all), search.choices(all)),
            options.page("Search", notes));
    try (Interruption interruption = new Interruption()) {
      BooleanSupplier stop = interruption::isRequested;
      runs.train(points, place, stop, () -> options.progress("search", points.size(), runs.all()));
      Stream<GridPoint> chosen = search.choices(runs.all()).stream().map(Search.Choice::point);
      if (grid.folds() > 0 && !interruption.isRequested()) {
        Map<GridPoint, RunDescription> last = descriptions(chosen, files, place.threads());
        runs.train(last, place, stop, () -> options.progress("selected", last.size(), runs.all()));
      }
      return options.finish(runs.report(), notes, interruption.isRequested());
    }
  }

  private void checkOptions() {
    options.check();
    cells.forEach(value -> options.atLeast("--cells", 1, value));
    if (folds != null) {
      options.atLeast("--folds", 2, folds);
    }
    if (folds != null && recipe.selectsOnTest()) {
      throw misused(
          "--folds: expected none with --recipe %s, which selects by TEST".formatted(recipe.name));
    }
    if (folds != null && recipe.validationSplit != null) {
      throw misused(
          "--validation-split: expected none with --folds, which hold out series themselves, "
              + "found "
              + recipe.validationSplit);
    }
    boolean holdsOut = folds != null || recipe.validationSplit != null;
    boolean published =
        recipe.name == RecipeOptions.Name.OF_2018 || recipe.name == RecipeOptions.Name.OF_2019;
    if (!holdsOut && published && !recipe.selectsOnTest()) {
      throw misused(
          "--folds: expected 2 or more with --recipe %s, which holds out no series to select by, "
                  .formatted(recipe.name)
              + "found none");
    }
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(options.command.commandLine(), message);
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static List<ModelKind> defaultKinds(Map<String, RunFiles> files) {
    return files.values().stream().allMatch(set -> set.variables() > 1)
        ? List.of(ModelKind.MLSTM_FCN, ModelKind.MALSTM_FCN)
        : List.of(ModelKind.LSTM_FCN, ModelKind.ALSTM_FCN);
  }

  private Map<String, RunFiles> files(DataFiles data, List<String> sets) {
    Map<String, RunFiles> files = new LinkedHashMap<>();
    for (String set : sets) {
      SplitSources sources = recipe.sources(data, set);
      RunFiles ofSet = RunFiles.of(set, sources);
      files.put(set, ofSet);
      if (folds != null) {
        Dataset train = sources.train().read();
        ClassLabels labels = recipe.recipe(ofSet).inputs().labelEncoding().fit(train);
        Fold.check(train, labels, folds);
      }
    }
    return files;
  }

  private Map<GridPoint, RunDescription> descriptions(
      Stream<GridPoint> points, Map<String, RunFiles> files, int threads) {
    Map<GridPoint, RunDescription> descriptions = new LinkedHashMap<>();
    points.forEach(
        point -> {
          RecipeBuilder builder =
              recipe.recipe(files.get(point.set())).toBuilder().seed(point.seed());
          if (point.fold() != null) {
            builder.validation(Validation.Source.HOLD_OUT).fold(point.fold());
          }
          descriptions.put(
              point,
              files
                  .get(point.set())
                  .description(
                      threads,
                      precision.orAsked(),
                      point.kind(),
                      point.cells(),
                      gates.orOriginal(),
                      null,
                      builder.build()));
        });
    return descriptions;
  }

  private static List<String> notes(Search search, Map<GridPoint, RunDescription> points) {
    List<String> notes = new ArrayList<>();
    notes.add(
        search.onTest()
            ? "The networks were selected by their accuracy on TEST, as those of the published "
                + "tables were: the figures on TEST are no estimate of the accuracy on new data."
            : "The networks were selected by their accuracy on the series held out of TRAIN; TEST "
                + "had no influence and is shown for the selected networks only.");
    if (!search.onTest() && search.grid().folds() == 0) {
      notes.add(
          "The selected networks were trained without the held-out series; --folds trains them "
              + "again on all of TRAIN, as does lstmfcn train with their --model, --cells and --seed.");
    }
    points.values().stream()
        .flatMap(description -> description.notes().stream())
        .distinct()
        .forEach(notes::add);
    return notes;
  }
}
