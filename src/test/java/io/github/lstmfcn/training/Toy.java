package io.github.lstmfcn.training;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.engine.Snapshot;
import io.github.lstmfcn.training.loop.Progress;
import io.github.lstmfcn.training.loop.StateSaver;
import io.github.lstmfcn.training.loop.Trainer;
import io.github.lstmfcn.training.loop.TrainingData;
import io.github.lstmfcn.training.loop.TrainingState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Small things to train. */
public final class Toy {
  public static final int LENGTH = 12;

  private Toy() {}

  /** Noise with a bump whose place is the class. */
  public static Examples examples(int size, int classes, long seed) {
    Random random = new Random(seed);
    float[][] series = new float[size][LENGTH];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % classes;
      for (int step = 0; step < LENGTH; step++) {
        series[i][step] = (float) (0.3 * random.nextGaussian());
      }
      series[i][2 + 3 * labels[i]] += 2;
    }
    return new Examples(series, labels, List.of("a", "b", "c").subList(0, classes));
  }

  public static ModelSpec spec(ModelKind kind, int classes) {
    return new ModelSpec(
        kind, 4, LENGTH, classes, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES);
  }

  /** A few epochs of short batches, the last of three series. */
  public static RecipeBuilder recipe() {
    return Recipe.recipe2019().toBuilder().epochs(4).batchSize(8).seed(7);
  }

  public static Trainer trainer(Recipe recipe) {
    return trainer(recipe, new Memory(), TrainingListener.NONE, () -> false);
  }

  public static Trainer trainer(
      Recipe recipe, StateSaver saver, TrainingListener listener, BooleanSupplier stop) {
    TrainingData data = new TrainingData(examples(19, 3, 1), Optional.of(examples(15, 3, 2)));
    return new Trainer(recipe, data, saver, listener, stop);
  }

  /** The state after the last epoch. */
  public static TrainingState train(Recipe recipe, ModelWeights initial) {
    Memory memory = new Memory();
    trainer(recipe, memory, TrainingListener.NONE, () -> false).train(initial);
    return memory.last;
  }

  public static ModelWeights weights(Snapshot arrays) {
    return arrays.weights();
  }

  public static OptimizerState optimizer(Snapshot arrays) {
    return new OptimizerState(arrays.step(), copies(arrays, arrays.slots()));
  }

  private static Map<String, WeightArray> copies(Snapshot arrays, Map<String, int[]> shapes) {
    Map<String, WeightArray> copies = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          WeightArray copy = WeightArray.zeros(shape);
          arrays.values().arrays().get(name).read(copy.values());
          copies.put(name, copy);
        });
    return copies;
  }

  /** Keeps the last state in memory. */
  public static final class Memory implements StateSaver {
    public TrainingState last;

    @Override
    public void save(Snapshot arrays, Progress progress) {
      try (arrays) {
        arrays.check(progress.history().last());
        ModelWeights weights = weights(arrays);
        Optional<ModelWeights> best =
            progress.bestEpoch() == progress.epoch()
                ? Optional.of(weights)
                : Optional.ofNullable(last).flatMap(TrainingState::best);
        last = new TrainingState(weights, best, optimizer(arrays), progress);
      }
    }
  }

  public static ModelWeights initial(ModelKind kind, Recipe recipe) {
    return Trainer.initialWeights(spec(kind, 3), recipe);
  }

  /** The same weights with some arrays full of one value. */
  public static ModelWeights with(ModelWeights weights, Map<String, Float> values) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
    values.forEach(
        (name, value) -> {
          WeightArray array = arrays.get(name);
          float[] filled = new float[array.values().length];
          Arrays.fill(filled, value);
          arrays.put(name, new WeightArray(array.shape(), filled));
        });
    return new ModelWeights(weights.spec(), arrays);
  }

  /** Whether an array is the same in both, bit for bit. */
  public static boolean same(ModelWeights one, ModelWeights other, String array) {
    return Arrays.equals(one.arrays().get(array).values(), other.arrays().get(array).values());
  }

  public static boolean same(ModelWeights one, ModelWeights other) {
    return one.spec().equals(other.spec())
        && one.arrays().keySet().stream().allMatch(array -> same(one, other, array));
  }
}
