package io.github.lstmfcn.cli;

import io.github.lstmfcn.cli.option.DataFiles;
import io.github.lstmfcn.cli.option.GridOptions;
import io.github.lstmfcn.cli.option.NetworkOptions;
import io.github.lstmfcn.cli.option.RecipeOptions;
import io.github.lstmfcn.cli.option.RunFiles;
import io.github.lstmfcn.cli.process.Interruption;
import io.github.lstmfcn.search.GridFolder;
import io.github.lstmfcn.search.GridPoint;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.GridRuns;
import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.run.RunDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lstmfcn train-all}. */
@Command(
    name = "train-all",
    description = {
      "Train one network on each of many datasets.",
      "The number of cells of a known dataset is that of the 2017 release unless given, and so are "
          + "epochs and batch size under the recipes standard and 2017.",
      "Each run has its own folder, as written by lstmfcn train; runs.csv and runs.html "
          + "cover all runs. Repeat the command to continue where it was interrupted.",
      "Exit code 1 if a run failed; the other runs are not affected."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ${COMMAND-FULL-NAME} --data testdata --epochs 50 --jobs 2 --out runs",
      "  ${COMMAND-FULL-NAME} --data testdata --sets CBF,TwoPatterns --model alstm-fcn --seeds 3 \\",
      "    --out attention"
    })
public final class TrainAllCommand implements Callable<Integer> {
  private final Function<GridOptions, TrainingPlace> where;

  @Mixin GridOptions options;

  @Mixin NetworkOptions network;

  @Mixin RecipeOptions recipe;

  /** The command that trains in processes of this machine. */
  public TrainAllCommand() {
    this(GridOptions::processes);
  }

  /**
   * The command that trains elsewhere.
   *
   * @param where gives the place of the trainings, once the options are parsed and checked
   */
  public TrainAllCommand(Function<GridOptions, TrainingPlace> where) {
    this.where = where;
  }

  @Override
  public Integer call() {
    options.check();
    TrainingPlace place = where.apply(options);
    Map<GridPoint, RunDescription> points = descriptions(options.data.open(null), place.threads());
    List<String> notes =
        points.values().stream()
            .flatMap(description -> description.notes().stream())
            .distinct()
            .toList();
    GridRuns runs =
        new GridRuns(
            GridFolder.open(options.out),
            all -> new GridReport(all, List.of()),
            options.page("Trainings", notes));
    try (Interruption interruption = new Interruption()) {
      runs.train(
          points,
          place,
          interruption::isRequested,
          () -> options.progress("train", points.size(), runs.all()));
      return options.finish(runs.report(), notes, interruption.isRequested());
    }
  }

  private Map<GridPoint, RunDescription> descriptions(DataFiles files, int threads) {
    Map<GridPoint, RunDescription> descriptions = new LinkedHashMap<>();
    for (String set : options.sets(files)) {
      RunFiles ofSet = RunFiles.of(set, recipe.sources(files, set));
      Recipe first = recipe.recipe(ofSet);
      for (int seed = 0; seed < options.seeds; seed++) {
        Recipe seeded = first.toBuilder().seed(first.seed() + seed).build();
        RunDescription description = network.description(ofSet, seeded, threads);
        descriptions.put(
            new GridPoint(set, description.kind(), description.cells(), seeded.seed(), null),
            description);
      }
    }
    return descriptions;
  }
}
