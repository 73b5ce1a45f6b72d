package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.training.Epoch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/**
 * The arrays of a session at one moment. They are in TensorFlow's memory, but later steps do not
 * change them. Must be closed, on any thread.
 *
 * @param spec the specification of the weights
 * @param slots the shapes of the optimizer's arrays
 * @param step the number of steps taken
 * @param values the values of weights and slots
 */
public record Snapshot(
    ModelSpec spec, Map<String, int[]> slots, long step, Variables.RecipeValues values)
    implements AutoCloseable {
  private static final int CHUNK = 4096;

  /**
   * Checks that the weights are finite.
   *
   * @param epoch the last epoch before the snapshot
   * @throws TrainingDivergedException if a weight is not finite
   */
  public void check(Epoch epoch) {
    float[] chunk = new float[CHUNK];
    for (String name : ModelWeights.shapes(spec).keySet()) {
      FloatDataBuffer array = values.arrays().get(name);
      for (long done = 0; done < array.size(); done += CHUNK) {
        int count = (int) Math.min(CHUNK, array.size() - done);
        array.offset(done).read(chunk, 0, count);
        for (int i = 0; i < count; i++) {
          if (!Float.isFinite(chunk[i])) {
            throw new TrainingDivergedException(
                "after epoch %s, %s has a weight of %s".formatted(epoch.number(), name, chunk[i]),
                epoch.learningRate(),
                epoch.number() - 1);
          }
        }
      }
    }
  }

  /** A copy of the weights. */
  public ModelWeights weights() {
    Map<String, WeightArray> copies = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              WeightArray copy = WeightArray.zeros(shape);
              values.arrays().get(name).read(copy.values());
              copies.put(name, copy);
            });
    return new ModelWeights(spec, copies);
  }

  @Override
  public void close() {
    values.close();
  }
}
