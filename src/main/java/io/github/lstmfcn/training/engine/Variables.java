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
 * Arrays of float32 in a session. They are resource variables: a value that was read stays the
 * same, even if another operation of the same run assigns a new one.
 */
final class Variables {
  /**
   * Arrays of fewer values than this are fetched as one tensor, since copying them is faster than
   * fetching each.
   */
  private static final int LARGE = 8192;

  private final Map<String, int[]> shapes;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Set<String> large;

  /** The values of the small arrays, one after another. */
  private final Operand<TFloat32> small;

  private record Variable(
      Operand<? extends TType> handle,
      Operand<TFloat32> value,
      Placeholder<TFloat32> next,
      AssignVariableOp assign) {}

  /**
   * Adds the variables to a graph; they have no values until {@link #assign}.
   *
   * @param shapes the shapes of the arrays, of which at least two must be small
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

  /** The value of a variable at the start of a run. */
  Operand<TFloat32> value(String name) {
    return variables.get(name).value();
  }

  /** The handle of a variable, for operations that change it. */
  Operand<? extends TType> handle(String name) {
    return variables.get(name).handle();
  }

  /**
   * Sets variables.
   *
   * @throws IllegalArgumentException if a variable does not exist
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
                  "expected one of " + variables.keySet() + ", found " + name);
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

  /** The current values of the variables. */
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
   * The values of the variables at one moment. They are in TensorFlow's memory, those of large
   * variables in the memory of the variables themselves. As long as this object is not closed, an
   * operation that changes a variable allocates new memory, so that these values stay the same.
   *
   * @param arrays the arrays by name
   * @param result the result of the run, which owns the memory
   */
  public record RecipeValues(Map<String, FloatDataBuffer> arrays, Result result)
      implements AutoCloseable {
    @Override
    public void close() {
      result.close();
    }
  }
}
