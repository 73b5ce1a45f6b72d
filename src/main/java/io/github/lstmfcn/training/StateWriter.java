package io.github.lstmfcn.training;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.WeightArray;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Writes what {@link StateReader} reads, in the same order. */
record StateWriter(DataOutputStream out) {

  void state(TrainingState state) throws IOException {
    spec(state.weights().spec());
    arrays(state.weights().arrays());
    out.writeLong(state.optimizer().step());
    arrays(state.optimizer().slots());
    progress(state.progress());
  }

  private void spec(ModelSpec spec) throws IOException {
    out.writeUTF(spec.kind().name());
    out.writeInt(spec.cells());
    out.writeInt(spec.length());
    out.writeInt(spec.classes());
    out.writeUTF(spec.gateActivation().name());
    out.writeUTF(spec.attentionScope().name());
  }

  private void arrays(Map<String, WeightArray> arrays) throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<String, WeightArray> entry : arrays.entrySet()) {
      out.writeUTF(entry.getKey());
      int[] shape = entry.getValue().shape();
      out.writeByte(shape.length);
      for (int dimension : shape) {
        out.writeInt(dimension);
      }
      float[] values = entry.getValue().values();
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
      bytes.asFloatBuffer().put(values);
      out.write(bytes.array());
    }
  }

  private void progress(Progress progress) throws IOException {
    out.writeDouble(progress.plateau().best());
    out.writeInt(progress.plateau().waited());
    out.writeInt(progress.plateau().cooldownLeft());
    out.writeFloat(progress.plateau().learningRate());
    out.writeDouble(progress.earlyStopping().best());
    out.writeInt(progress.earlyStopping().waited());
    out.writeBoolean(progress.best().isPresent());
    if (progress.best().isPresent()) {
      best(progress.best().get());
    }
    out.writeInt(progress.history().epochs().size());
    for (Epoch epoch : progress.history().epochs()) {
      score(epoch.training());
      out.writeBoolean(epoch.validation().isPresent());
      if (epoch.validation().isPresent()) {
        score(epoch.validation().get());
      }
      out.writeFloat(epoch.learningRate());
    }
  }

  private void best(Progress.Best best) throws IOException {
    out.writeInt(best.epoch());
    out.writeDouble(best.value());
    arrays(best.weights().arrays());
  }

  private void score(Score score) throws IOException {
    out.writeDouble(score.loss());
    out.writeDouble(score.accuracy());
  }
}
