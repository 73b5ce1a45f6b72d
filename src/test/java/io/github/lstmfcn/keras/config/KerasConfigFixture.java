package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lstmfcn.keras.KerasFileFixture;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;

/**
 * Builds the configuration of {@link KerasFileFixture}'s models as Keras 2 or Keras 1 writes it.
 */
public final class KerasConfigFixture {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int[] FILTERS = {128, 256, 128};
  private static final int[] SIZES = {8, 5, 3};

  private final ObjectNode root = JSON.createObjectNode();
  private final ArrayNode layers;
  private final boolean keras1;

  private KerasConfigFixture(boolean keras1) {
    this.keras1 = keras1;
    ObjectNode config = root.put("class_name", "Model").putObject("config");
    config.put("name", "model_1");
    layers = config.putArray("layers");
    config.putArray("input_layers").add(tensor("input_1"));
    config.putArray("output_layers").add(tensor("dense_1"));
  }

  /** As {@code keras2} of {@link KerasFileFixture} names the layers. */
  public static String keras2(ModelSpec spec, String gates) {
    boolean attention = spec.kind() == ModelKind.ALSTM_FCN;
    return attention
        ? of(spec, gates, "AttentionLSTM", "attention_lstm_1")
        : of(spec, gates, "LSTM", "lstm_1");
  }

  /** With a recurrent layer of another class. */
  public static String of(
      ModelSpec spec, String gates, String recurrentClass, String recurrentName) {
    KerasConfigFixture model = new KerasConfigFixture(false);
    model.input(spec.length());
    ObjectNode recurrent = model.layer(recurrentClass, recurrentName, "input_1");
    recurrent.put("units", spec.cells());
    if (!recurrentClass.equals("CuDNNLSTM")) {
      recurrent.put("activation", "tanh").put("recurrent_activation", gates);
    }
    model.layer("Dropout", "dropout_1", recurrentName).put("rate", 0.8);
    String before = model.permuted();
    for (int block = 1; block <= 3; block++) {
      ObjectNode conv = model.layer("Conv1D", "conv1d_" + block, before);
      conv.put("filters", FILTERS[block - 1]).put("padding", "same").put("activation", "linear");
      conv.putArray("kernel_size").add(SIZES[block - 1]);
      conv.putArray("strides").add(1);
      before = model.closed("batch_normalization_" + block, "conv1d_" + block, block);
    }
    model.layer("GlobalAveragePooling1D", "pool_1", before);
    model.layer("Concatenate", "concatenate_1", "dropout_1", "pool_1").put("axis", -1);
    model
        .layer("Dense", "dense_1", "concatenate_1")
        .put("units", spec.classes())
        .put("activation", "softmax");
    return model.root.toString();
  }

  /** As {@code keras1} of {@link KerasFileFixture} names the layers. */
  public static String keras1(ModelSpec spec, String gates) {
    KerasConfigFixture model = new KerasConfigFixture(true);
    model.input(spec.length());
    model
        .layer("LSTM", "lstm_1", "input_1")
        .put("output_dim", spec.cells())
        .put("activation", "tanh")
        .put("inner_activation", gates)
        .put("inner_init", "orthogonal")
        .put("consume_less", "cpu")
        .put("dropout_U", 0.0);
    model.layer("Dropout", "dropout_1", "lstm_1").put("p", 0.8);
    String before = model.permuted();
    for (int block = 1; block <= 3; block++) {
      model
          .layer("Convolution1D", "convolution1d_" + block, before)
          .put("nb_filter", FILTERS[block - 1])
          .put("filter_length", SIZES[block - 1])
          .put("border_mode", "same")
          .put("subsample_length", 1)
          .put("bias", true)
          .put("init", "he_uniform")
          .put("activation", "linear");
      before = model.closed("batchnormalization_" + block, "convolution1d_" + block, block);
    }
    model.layer("GlobalAveragePooling1D", "pool_1", before);
    model
        .layer("Merge", "merge_1", "dropout_1", "pool_1")
        .put("mode", "concat")
        .put("mode_type", "raw")
        .put("concat_axis", -1)
        .put("dot_axes", -1);
    model
        .layer("Dense", "dense_1", "merge_1")
        .put("output_dim", spec.classes())
        .put("bias", true)
        .put("activation", "softmax");
    return model.root.toString();
  }

  private void input(int length) {
    ObjectNode config = layer("InputLayer", "input_1");
    config.putArray("batch_input_shape").addNull().add(1).add(length);
    config.put("sparse", false);
  }

  private String permuted() {
    layer("Permute", "permute_1", "input_1").putArray("dims").add(2).add(1);
    return "permute_1";
  }

  private String closed(String normalization, String before, int block) {
    ObjectNode config = layer("BatchNormalization", normalization, before);
    config.put("epsilon", 0.001).put("axis", -1).put("momentum", 0.99);
    layer("Activation", "activation_" + block, normalization).put("activation", "relu");
    return "activation_" + block;
  }

  private ObjectNode layer(String kind, String name, String... inputs) {
    ObjectNode layer = layers.addObject().put("class_name", kind).put("name", name);
    ArrayNode nodes = layer.putArray("inbound_nodes");
    if (inputs.length > 0) {
      ArrayNode call = nodes.addArray();
      for (String input : inputs) {
        ArrayNode tensor = tensor(input);
        if (!keras1) {
          tensor.addObject();
        }
        call.add(tensor);
      }
    }
    return layer.putObject("config").put("name", name).put("trainable", true);
  }

  private static ArrayNode tensor(String layer) {
    return JSON.createArrayNode().add(layer).add(0).add(0);
  }
}
