package io.github.lstmfcn;

import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.Predictor;
import java.nio.file.Path;

/** What a model computes. */
sealed interface Network {

  /** Makes it ready, for the caller to close. */
  Predictor open();

  /**
   * A network as its weights, on series that are prepared.
   *
   * @param weights all of it
   */
  record Weighted(ModelWeights weights) implements Network {
    @Override
    public Predictor open() {
      return new FoldedModel(weights);
    }
  }

  /**
   * A graph in a SavedModel, which prepares series itself.
   *
   * @param folder where it lies
   */
  record Exported(Path folder) implements Network {
    @Override
    public Predictor open() {
      return SavedModel.load(folder);
    }
  }
}
