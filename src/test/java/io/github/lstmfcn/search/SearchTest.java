package io.github.lstmfcn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.run.RunMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is chosen, given what came of the runs. */
class SearchTest {
  private static final String SET = "CBF";

  private static Grid grid(int seeds, int folds, Integer... cells) {
    return new Grid(List.of(SET), List.of(ModelKind.LSTM_FCN), List.of(cells), seeds, 0, folds);
  }

  private static RunMetrics.Part part(long correct, double loss) {
    return new RunMetrics.Part(correct, 10, correct / 10.0, loss);
  }

  private static GridRun finished(
      GridPoint point, RunMetrics.Part validation, RunMetrics.Part test) {
    RunMetrics metrics =
        new RunMetrics(
            point.set(),
            "",
            3,
            2,
            true,
            1,
            "val_loss",
            "",
            part(10, 0),
            validation,
            test,
            List.of());
    return new GridRun(point, point.folder(), null, GridRun.Status.FINISHED, 2, metrics, 1, "");
  }

  private static GridRun unfinished(GridPoint point, GridRun.Status status) {
    return new GridRun(point, point.folder(), null, status, 0, null, 1, "");
  }

  private static List<GridRun> runs(Grid grid, Function<GridPoint, RunMetrics.Part> validation) {
    return grid.points().stream()
        .map(point -> finished(point, validation.apply(point), part(point.cells() % 10, 1)))
        .toList();
  }

  private static Search.Choice choice(Grid grid, List<GridRun> runs) {
    return new Search(grid, false).choice(SET, runs).orElseThrow();
  }

  @Test
  void theHighestAccuracyOnWhatWasHeldOutIsChosen() {
    Grid grid = grid(1, 0, 8, 64, 128);

    Search.Choice choice =
        choice(grid, runs(grid, point -> point.cells() == 64 ? part(9, 2) : part(8, 0.1)));

    assertThat(choice.point()).hasToString("CBF/lstm-fcn-64-seed0");
    assertThat(choice.accuracy()).isEqualTo(0.9);
  }

  @Test
  void amongEqualsTheLowerLossIsChosenThenFewerCells() {
    Grid grid = grid(1, 0, 128, 64, 8);

    assertThat(choice(grid, runs(grid, p -> part(9, p.cells() == 64 ? 0.1 : 0.2))).point().cells())
        .isEqualTo(64);
    assertThat(choice(grid, runs(grid, p -> part(9, 0.1))).point().cells()).isEqualTo(8);
  }

  @Test
  void theMeanOverSeedsDecidesAndThenTheBestSeed() {
    Grid grid = grid(2, 0, 8, 64);
    // One lucky run of 64 cells; 8 are better on the whole.
    int[][] correct = {{7, 8}, {9, 4}};

    Search.Choice choice =
        choice(grid, runs(grid, p -> part(correct[p.cells() == 8 ? 0 : 1][(int) p.seed()], 0.1)));

    assertThat(choice.point()).hasToString("CBF/lstm-fcn-8-seed1");
    assertThat(choice.accuracy()).isEqualTo(0.75);
  }

  @Test
  void theMeanOverFoldsDecidesAndTheChosenIsARunOfItsOwn() {
    Grid grid = grid(1, 3, 8, 64);
    int[][] correct = {{7, 8, 9}, {10, 5, 5}};

    Search.Choice choice =
        choice(
            grid,
            runs(grid, p -> part(correct[p.cells() == 8 ? 0 : 1][p.fold().number() - 1], 0.1)));

    assertThat(grid.points()).hasSize(6);
    assertThat(choice.point()).isEqualTo(new GridPoint(SET, ModelKind.LSTM_FCN, 8, 0, null));
    assertThat(choice.accuracy()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void meansThatDifferByRoundingAreEqual() {
    Grid grid = grid(1, 3, 8, 64);
    int[][] correct = {{8, 8, 8}, {7, 8, 9}}; // the latter's mean is 0.7999999999999999

    assertThat(
            choice(
                    grid,
                    runs(
                        grid,
                        p ->
                            part(
                                correct[p.cells() == 8 ? 0 : 1][p.fold().number() - 1],
                                p.cells() == 64 ? 0.1 : 0.2)))
                .point()
                .cells())
        .as("the lower loss")
        .isEqualTo(64);
  }

  @Test
  void testHasNoPartInTheChoiceAndIsShownOfTheChosenAlone() {
    Grid grid = grid(1, 0, 8, 64, 128);
    Search search = new Search(grid, false);
    for (int bestOnTest : new int[] {8, 64, 128}) {
      List<GridRun> runs =
          grid.points().stream()
              .map(
                  p ->
                      finished(
                          p,
                          part(p.cells() == 64 ? 9 : 8, 0.1),
                          part(p.cells() == bestOnTest ? 10 : 0, 0.1)))
              .toList();

      assertThat(search.choice(SET, runs).orElseThrow().point().cells()).isEqualTo(64);
      assertThat(search.opened(runs))
          .allSatisfy(
              run ->
                  assertThat(run.metrics().test() != null)
                      .as(run.point().toString())
                      .isEqualTo(run.point().cells() == 64));
    }
  }

  @Test
  void asPublishedTheChoiceIsByTestAndAllIsShown() {
    Grid grid = grid(1, 0, 8, 64);
    Search search = new Search(grid, true);
    List<GridRun> runs =
        grid.points().stream()
            .map(p -> finished(p, null, part(p.cells() == 64 ? 9 : 8, 0.1)))
            .toList();

    assertThat(search.choice(SET, runs).orElseThrow().point().cells()).isEqualTo(64);
    assertThat(search.opened(runs)).isEqualTo(runs);
  }

  @Test
  void nothingIsChosenNorShownWhileARunIsUnderWay() {
    Grid grid = grid(1, 0, 8, 64);
    List<GridRun> runs = new ArrayList<>(runs(grid, p -> part(9, 0.1)));
    runs.set(1, unfinished(grid.points().get(1), GridRun.Status.INTERRUPTED));
    Search search = new Search(grid, false);

    assertThat(search.choices(runs)).isEmpty();
    assertThat(search.opened(runs).get(0).metrics().test()).isNull();
  }

  @Test
  void aNetworkOfWhichARunFailedIsNotChosen() {
    Grid grid = grid(2, 0, 8, 64);
    List<GridRun> runs = new ArrayList<>(runs(grid, p -> part(p.cells() == 8 ? 9 : 5, 0.1)));
    runs.set(0, unfinished(grid.points().get(0), GridRun.Status.FAILED));

    assertThat(choice(grid, runs).point().cells()).isEqualTo(64);

    grid.points().forEach(p -> runs.set(grid.points().indexOf(p), failed(p)));
    assertThat(new Search(grid, false).choices(runs)).isEmpty();
  }

  private static GridRun failed(GridPoint point) {
    return unfinished(point, GridRun.Status.FAILED);
  }

  @Test
  void eachSetHasItsOwnChoice() {
    Grid grid = new Grid(List.of("A", "B"), List.of(ModelKind.values()), List.of(8, 64), 1, 7, 0);
    List<GridRun> runs =
        runs(
            grid,
            p ->
                part(
                    p.set().equals("A") == (p.kind() == ModelKind.ALSTM_FCN) ? 9 : 8,
                    1.0 / p.cells()));

    assertThat(new Search(grid, false).choices(runs))
        .extracting(choice -> choice.point().toString())
        .containsExactly("A/alstm-fcn-64-seed7", "B/lstm-fcn-64-seed7");
  }

  @Test
  void aGridRefusesWhatMakesNoSense() {
    assertThatThrownBy(() -> grid(0, 0, 8)).hasMessageContaining("seeds: expected 1 or more");
    assertThatThrownBy(() -> grid(1, 1, 8)).hasMessageContaining("folds: expected 2 or more");
    assertThatThrownBy(() -> grid(1, 0, 0)).hasMessageContaining("cells: expected 1 or more");
    assertThat(grid(1, 0, 8, 8).points()).hasSize(1);
    assertThat(grid(1, 0, 8).points().get(0).folder()).isEqualTo(Path.of(SET, "lstm-fcn-8-seed0"));
  }
}
