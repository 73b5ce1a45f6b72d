package io.github.lstmfcn;

import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.Threads;
import java.nio.file.Path;

/** The network of a model: its weights, or a graph in a SavedModel. */
sealed interface Network {

  /**
   * Opens the network for inference on a number of threads with products of a precision; the caller
   * closes it.
   */
  Predictor open(Threads threads, Precision precision);

  /**
   * A network given by its weights; it takes prepared series.
   *
   * @param weights the weights of the whole network
   */
  record Weighted(ModelWeights weights) implements Network {
    @Override
    public Predictor open(Threads threads, Precision precision) {
      return new FoldedModel(weights, threads, precision);
    }
  }

  /**
   * A graph in a SavedModel; it prepares series itself.
   *
   * @param folder the folder of the SavedModel
   * @param trusted whether its graph may have any operation of TensorFlow
   */
  record Exported(Path folder, boolean trusted) implements Network {
    @Override
    public Predictor open(Threads threads, Precision precision) {
      return trusted
          ? SavedModel.loadTrusted(folder, threads, precision)
          : SavedModel.load(folder, threads, precision);
    }
  }
}
