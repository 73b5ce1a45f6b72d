package io.github.lstmfcn.bench;

import io.github.lstmfcn.machine.ByTurns;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One process of {@link ThreadsBenchmark}, with the threads that its environment names: prints the
 * least milliseconds of a matrix product, and at each shape of a prediction with direct and with
 * filtered convolutions and of a step of training.
 */
final class ThreadsTrial {
  static final List<Shape> SHAPES =
      List.of(new Shape(1, 24, 67, 8), new Shape(1, 128, 128, 8), new Shape(1, 500, 128, 128));

  private static final ByTurns BY_TURNS = new ByTurns(3, 0.1);

  private ThreadsTrial() {}

  /** Measures; nothing is closed, since the process ends. */
  public static void main(String[] args) {
    List<Runnable> work = new ArrayList<>();
    work.add(new MatrixProduct()::sum);
    SHAPES.forEach(shape -> work.addAll(work(shape)));
    Map<String, Runnable> ways = new LinkedHashMap<>();
    work.forEach(one -> ways.put("" + ways.size(), one));
    BY_TURNS.least(ways).values().forEach(System.out::println);
  }

  private static List<Runnable> work(Shape shape) {
    float[][] series = shape.series();
    LstmFcnSession direct = session(shape, Convolutions.DIRECT);
    LstmFcnSession winograd = session(shape, Convolutions.WINOGRAD_6);
    Examples examples = new Examples(series, shape.classes(), Shape.LABELS);
    TrainingSession training =
        new TrainingSession(shape.weights(), Recipe.recipe2019(), Shape.equalClassWeights());
    return List.of(
        () -> direct.probabilities(series, series.length),
        () -> winograd.probabilities(series, series.length),
        () -> training.step(examples, 1e-3f));
  }

  private static LstmFcnSession session(Shape shape, Convolutions convolutions) {
    return LstmFcnSession.folded(shape.weights(), convolutions, Threads.DEFAULT);
  }
}
