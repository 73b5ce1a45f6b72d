package io.github.lstmfcn;

import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.Predictor;
import java.nio.file.Path;

/** The network of a model: its weights, or a graph in a SavedModel. */
sealed interface Network {

  /** Opens the network for inference; the caller closes it. */
  Predictor open();

  /**
   * A network given by its weights; it takes prepared series.
   *
   * @param weights the weights of the whole network
   */
  record Weighted(ModelWeights weights) implements Network {
    @Override
    public Predictor open() {
      return new FoldedModel(weights);
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
    public Predictor open() {
      return trusted ? SavedModel.loadTrusted(folder) : SavedModel.load(folder);
    }
  }
}
