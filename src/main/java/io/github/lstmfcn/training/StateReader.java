package io.github.lstmfcn.training;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link StateWriter} wrote. */
record StateReader(DataInputStream in) {

  TrainingState state() throws IOException {
    ModelSpec spec = spec();
    ModelWeights weights = new ModelWeights(spec, arrays());
    OptimizerState optimizer = new OptimizerState(in.readLong(), arrays());
    return new TrainingState(weights, optimizer, progress(spec));
  }

  private ModelSpec spec() throws IOException {
    return new ModelSpec(
        ModelKind.valueOf(in.readUTF()),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        GateActivation.valueOf(in.readUTF()),
        AttentionScope.valueOf(in.readUTF()));
  }

  private Map<String, WeightArray> arrays() throws IOException {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      arrays.put(in.readUTF(), array());
    }
    return arrays;
  }

  private WeightArray array() throws IOException {
    int[] shape = new int[in.readUnsignedByte()];
    long size = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = in.readInt();
      size *= shape[axis];
    }
    if (size < 0 || size * Float.BYTES > in.available()) {
      throw new EOFException("an array of " + size + " values");
    }
    float[] values = new float[(int) size];
    ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
    return new WeightArray(shape, values);
  }

  private Progress progress(ModelSpec spec) throws IOException {
    ReduceLrOnPlateau.State plateau =
        new ReduceLrOnPlateau.State(in.readDouble(), in.readInt(), in.readInt(), in.readFloat());
    EarlyStopping.State earlyStopping = new EarlyStopping.State(in.readDouble(), in.readInt());
    Optional<Progress.Best> best = in.readBoolean() ? Optional.of(best(spec)) : Optional.empty();
    List<Epoch> epochs = new ArrayList<>();
    int count = in.readInt();
    for (int number = 1; number <= count; number++) {
      Score training = score();
      Optional<Score> validation = in.readBoolean() ? Optional.of(score()) : Optional.empty();
      epochs.add(new Epoch(number, training, validation, in.readFloat()));
    }
    return new Progress(plateau, earlyStopping, best, new History(epochs));
  }

  private Progress.Best best(ModelSpec spec) throws IOException {
    return new Progress.Best(in.readInt(), in.readDouble(), new ModelWeights(spec, arrays()));
  }

  private Score score() throws IOException {
    return new Score(in.readDouble(), in.readDouble());
  }
}
