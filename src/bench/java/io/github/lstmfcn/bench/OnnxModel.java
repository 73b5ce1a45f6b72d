package io.github.lstmfcn.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A converted model in ONNX Runtime, asked as ours is: from {@code float[][]} to {@code float[][]}.
 * Each calling thread keeps its input's memory, as a service that cares for speed does. Safe for
 * use by several threads.
 */
final class OnnxModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;

  /** The shape of the input, whose first number is that of a batch: {@code (N, 1, T)}. */
  private final long[] shape;

  private final ThreadLocal<FloatBuffer> memory = ThreadLocal.withInitial(() -> buffer(1));

  /** Loads a file, to compute on a number of threads; 1 for the calling thread alone. */
  OnnxModel(Path file, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(file.toString(), options);
      input = session.getInputNames().iterator().next();
      shape = ((TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
    } catch (OrtException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  private static FloatBuffer buffer(int values) {
    return ByteBuffer.allocateDirect(values * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** The class probabilities of a batch. */
  float[][] probabilities(float[][] series) {
    long[] ofBatch = shape.clone();
    ofBatch[0] = series.length;
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, filled(series), ofBatch);
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of("probabilities"))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private FloatBuffer filled(float[][] series) {
    int values = series.length * series[0].length;
    if (memory.get().capacity() < values) {
      memory.set(buffer(values));
    }
    FloatBuffer buffer = memory.get().clear().limit(values);
    for (float[] one : series) {
      buffer.put(one);
    }
    return buffer.flip();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
