package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Arrays of float32 that live in a session. As resources: whoever has read a value keeps it, even
 * if another operation of the same run assigns the next.
 */
final class Variables {
  /**
   * Arrays of fewer values are fetched as one tensor: copying them takes less than fetching each.
   */
  private static final int LARGE = 8192;

  private final Map<String, int[]> shapes;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Set<String> large;

  /** What the small ones hold, one after another. */
  private final Operand<TFloat32> small;

  private record Variable(
      Operand<? extends TType> handle,
      Operand<TFloat32> value,
      Placeholder<TFloat32> next,
      AssignVariableOp assign) {}

  /**
   * Adds them to a graph; they hold nothing until {@link #assign}.
   *
   * @param shapes of at least two, two of them small
   */
  Variables(Ops tf, Map<String, int[]> shapes) {
    this.shapes = shapes;
    shapes.forEach(
        (name, dimensions) -> {
          Shape shape = Shape.of(Arrays.stream(dimensions).asLongStream().toArray());
          Ops scope = tf.withSubScope(name.replace('/', '.'));
          Operand<? extends TType> handle =
              scope.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
          Placeholder<TFloat32> next = scope.placeholder(TFloat32.class, Placeholder.shape(shape));
          variables.put(
              name,
              new Variable(
                  handle,
                  scope.readVariableOp(handle, TFloat32.class),
                  next,
                  scope.assignVariableOp(handle, next)));
        });
    large =
        shapes.keySet().stream()
            .filter(name -> WeightArray.size(shapes.get(name)) >= LARGE)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    List<Operand<TFloat32>> values = new ArrayList<>();
    variables.forEach(
        (name, variable) -> {
          if (!large.contains(name)) {
            values.add(tf.reshape(variable.value(), flat));
          }
        });
    small = tf.concat(values, tf.constant(0));
  }

  /** What a variable holds when a run begins. */
  Operand<TFloat32> value(String name) {
    return variables.get(name).value();
  }

  /** For operations that change a variable. */
  Operand<? extends TType> handle(String name) {
    return variables.get(name).handle();
  }

  /**
   * Sets variables.
   *
   * @throws IllegalArgumentException if one does not exist
   */
  void assign(Session session, Map<String, WeightArray> arrays) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      arrays.forEach(
          (name, array) -> {
            Variable variable = variables.get(name);
            if (variable == null) {
              throw new IllegalArgumentException(
                  "one of " + variables.keySet() + " expected, found " + name);
            }
            Shape shape = Shape.of(Arrays.stream(array.shape()).asLongStream().toArray());
            TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(array.values(), true, false));
            tensors.add(tensor);
            runner.feed(variable.next(), tensor).addTarget(variable.assign());
          });
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** What they hold now. */
  RecipeValues read(Session session) {
    Session.Runner runner = session.runner().fetch(small);
    large.forEach(name -> runner.fetch(variables.get(name).value()));
    Result result = runner.run();
    FloatDataBuffer rest = floats(result, 0);
    Map<String, FloatDataBuffer> arrays = new LinkedHashMap<>();
    int place = 1;
    for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
      if (large.contains(entry.getKey())) {
        arrays.put(entry.getKey(), floats(result, place++));
      } else {
        long size = WeightArray.size(entry.getValue());
        arrays.put(entry.getKey(), rest.slice(0, size));
        rest = rest.offset(size);
      }
    }
    return new RecipeValues(arrays, result);
  }

  private static FloatDataBuffer floats(Result result, int place) {
    return ((TFloat32) result.get(place)).asRawTensor().data().asFloats();
  }

  /**
   * What variables held at one moment. It lies in TensorFlow's memory, the large ones in that of
   * the variables themselves, which do not change it: an operation that would takes other memory
   * first, as long as this is not closed.
   *
   * @param arrays by name
   * @param result to be closed
   */
  public record RecipeValues(Map<String, FloatDataBuffer> arrays, Result result)
      implements AutoCloseable {
    @Override
    public void close() {
      result.close();
    }
  }
}
