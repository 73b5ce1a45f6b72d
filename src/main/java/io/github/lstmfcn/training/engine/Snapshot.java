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
 * The arrays of a session at one moment. They lie where TensorFlow has them; later steps do not
 * change them. To be closed, on any thread.
 *
 * @param spec of the weights
 * @param slots shapes of the optimizer's arrays
 * @param step steps taken
 * @param values of weights and slots
 */
public record Snapshot(
    ModelSpec spec, Map<String, int[]> slots, long step, Variables.RecipeValues values)
    implements AutoCloseable {
  private static final int CHUNK = 4096;

  /**
   * Makes sure that the weights are good to go on with.
   *
   * @param epoch after which they are
   * @throws TrainingDivergedException if one is not finite
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
                "after epoch %d, %s has a weight of %s".formatted(epoch.number(), name, chunk[i]),
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
