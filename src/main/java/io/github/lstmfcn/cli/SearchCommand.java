package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.DataFiles;
import io.github.lstmfcn.cli.option.GatesOption;
import io.github.lstmfcn.cli.option.GridOptions;
import io.github.lstmfcn.cli.option.NamedValues;
import io.github.lstmfcn.cli.option.RecipeOptions;
import io.github.lstmfcn.cli.option.RunFiles;
import io.github.lstmfcn.cli.process.Interruption;
import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.search.Grid;
import io.github.lstmfcn.search.GridFolder;
import io.github.lstmfcn.search.GridPoint;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.GridRuns;
import io.github.lstmfcn.search.Search;
import io.github.lstmfcn.search.TrainingProcesses;
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
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn search}. */
@Command(
    name = "search",
    description = {
      "Train networks of several sizes and kinds on each set and choose one.",
      "The choice is by mean accuracy on what each run held out of TRAIN, a share or, with --folds, "
          + "each fold in turn, then by loss, then for fewer cells; TEST has no part in it and is shown of the chosen one alone. Under "
          + "--recipe 2017 it is by accuracy on TEST, as in the publication.",
      "Each run has a folder of its own, as lstmfcn train makes it; runs.csv, choice.csv and "
          + "runs.html have all. The same command goes on where it was stopped.",
      "Exit code 1 if a run failed; the others are not touched by it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lstmfcn search --data testdata --set CBF --epochs 50 --out search/cbf",
      "  lstmfcn search --data testdata --cells 8,64 --folds 5 --jobs 4 --out search/all"
    })
final class SearchCommand implements Callable<Integer> {
  @Mixin GridOptions options;

  @Option(
      names = "--cells",
      paramLabel = "N",
      split = ",",
      defaultValue = "8,64,128",
      description = "Of the recurrent layer, separated by commas. Default: ${DEFAULT-VALUE}.")
  List<Integer> cells;

  @Option(
      names = "--models",
      paramLabel = "KIND",
      split = ",",
      defaultValue = "lstm-fcn,alstm-fcn",
      converter = NamedValues.Kinds.class,
      completionCandidates = NamedValues.Kinds.class,
      description = "Any of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  List<ModelKind> kinds;

  @Mixin GatesOption gates;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description =
          "Choose by cross-validation with stratified folds, then train the chosen network anew. "
              + "Default: by a hold-out, --validation-split.")
  Integer folds;

  @Mixin RecipeOptions recipe;

  @Override
  public Integer call() {
    checkOptions();
    if (folds == null && recipe.name == RecipeOptions.Name.STANDARD) {
      recipe.validationSplit = or(recipe.validationSplit, Recipe.VALIDATION_SPLIT);
    }
    DataFiles data = options.data.open(null);
    Grid grid =
        new Grid(
            options.sets(data), kinds, cells, options.seeds, or(recipe.seed, 0L), or(folds, 0));
    Search search = new Search(grid, recipe.name == RecipeOptions.Name.OF_2017);
    Map<String, RunFiles> files = files(data, grid);
    Map<GridPoint, RunDescription> points = descriptions(grid.points().stream(), files);
    List<String> notes = notes(search, points);
    GridRuns runs =
        new GridRuns(
            GridFolder.open(options.out),
            all -> new GridReport(search.opened(all), search.choices(all)),
            options.page("Search", notes));
    try (Interruption interruption = new Interruption()) {
      TrainingProcesses processes = options.processes(interruption);
      runs.train(points, processes, () -> options.progress("search", points.size()));
      Stream<GridPoint> chosen = search.choices(runs.all()).stream().map(Search.Choice::point);
      if (grid.folds() > 0 && !interruption.isRequested()) {
        Map<GridPoint, RunDescription> last = descriptions(chosen, files);
        runs.train(last, processes, () -> options.progress("chosen", last.size()));
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
    if (folds != null && recipe.name == RecipeOptions.Name.OF_2017) {
      throw misused("--folds: expected none under --recipe 2017, which chooses by TEST");
    }
    if (folds != null && recipe.validationSplit != null) {
      throw misused(
          "--validation-split: expected none with --folds, which hold out what is chosen by, found "
              + recipe.validationSplit);
    }
    boolean holdsOut = folds != null || recipe.validationSplit != null;
    if (!holdsOut && recipe.name == RecipeOptions.Name.OF_2019) {
      throw misused(
          "--folds: expected 2 or more under --recipe 2019, which holds nothing out to choose by,"
              + " found none");
    }
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(options.command.commandLine(), message);
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private Map<String, RunFiles> files(DataFiles data, Grid grid) {
    Map<String, RunFiles> files = new LinkedHashMap<>();
    for (String set : grid.sets()) {
      files.put(set, RunFiles.of(data, set));
      if (grid.folds() > 0) {
        Dataset train = data.source(set, Split.TRAIN).read();
        ClassLabels labels = recipe(set).inputs().labelEncoding().fit(train);
        Fold.check(train, labels, grid.folds());
      }
    }
    return files;
  }

  private Recipe recipe(String set) {
    return recipe.recipe(UcrCatalog.published().find(set));
  }

  private Map<GridPoint, RunDescription> descriptions(
      Stream<GridPoint> points, Map<String, RunFiles> files) {
    Map<GridPoint, RunDescription> descriptions = new LinkedHashMap<>();
    points.forEach(
        point -> {
          RecipeBuilder builder = recipe(point.set()).toBuilder().seed(point.seed());
          if (point.fold() != null) {
            builder.validation(Validation.Source.HOLD_OUT).fold(point.fold());
          }
          descriptions.put(
              point,
              files
                  .get(point.set())
                  .description(
                      point.kind(), point.cells(), gates.orOriginal(), null, builder.build()));
        });
    return descriptions;
  }

  private static List<String> notes(Search search, Map<GridPoint, RunDescription> points) {
    List<String> notes = new ArrayList<>();
    notes.add(
        search.onTest()
            ? "The networks were chosen by their accuracy on TEST, as in Table 1 of the 2017 paper:"
                + " the figures on TEST are no estimate of accuracy on new data."
            : "The networks were chosen by what was held out of TRAIN; TEST had no part in it and is"
                + " shown of the chosen ones alone.");
    if (!search.onTest() && search.grid().folds() == 0) {
      notes.add(
          "The chosen networks were trained without the series that were held out; --folds trains"
              + " them anew on all of TRAIN, as does train with their --model, --cells and --seed.");
    }
    points.values().stream()
        .flatMap(description -> description.notes().stream())
        .distinct()
        .forEach(notes::add);
    return notes;
  }
}
