package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The supported classes and arguments. An argument without an effect on predictions may have any
 * value; one that has an effect must have a supported value; one that is not known must have a
 * value without effect.
 */
final class LayerRules {

  /** The values that an argument may have. */
  private record Rule(String supported, Predicate<ConfigValue> accepts) {}

  private static final Rule ANY = new Rule("", value -> true);
  private static final Rule OFF = new Rule("false", ConfigValue::isNothing);
  private static final Rule NONE = new Rule("none", ConfigValue::isNothing);

  /** The channels axis: with rank 3, the last axis has two numbers. */
  private static final Rule CHANNELS = oneOf("-1", "2");

  private static final Rule FEATURES = oneOf("-1", "1"); // of rank 2
  private static final Rule CHANNELS_LAST = oneOf("channels_last", "none", "default");
  private static final Rule EPSILON = new Rule("0.001", value -> isNear(value, 1e-3));

  /** Arguments that classes of every Keras version have, without an effect on predictions. */
  private static final Pattern IDLE =
      Pattern.compile(
          "name|trainable|seed|batch_input_shape|batch_shape|input_shape|input_dim|input_length"
              + "|.*_(initializer|regularizer|constraint)|(.*_)?init|weights");

  /** Types that affect predictions by rounding only; others compute with less precision. */
  private static final Rule DTYPE = oneOf("float32", "float64", "none");

  private static final Map<String, Rule> RECURRENT =
      rules(
          Map.of(
              "units", ANY,
              "output_dim", ANY,
              "activation", oneOf("tanh"),
              "recurrent_activation", ANY,
              "inner_activation", ANY,
              "use_bias", ANY),
          Map.of(
              "return_sequences", OFF,
              "return_state", OFF,
              "go_backwards", OFF,
              "stateful", OFF,
              "time_major", OFF),
          idle("unit_forget_bias dropout recurrent_dropout dropout_W dropout_U implementation"),
          idle("unroll consume_less zero_output_for_mask use_cudnn"));

  private static final Map<String, Map<String, Rule>> CLASSES = new HashMap<>();

  /** Layers without effect in inference. */
  static final Set<String> IDLE_CLASSES =
      Set.of(
          "Dropout",
          "SpatialDropout1D",
          "GaussianNoise",
          "GaussianDropout",
          "AlphaDropout",
          "ActivityRegularization",
          "Identity",
          "Rescaling");

  static {
    for (String dropout : IDLE_CLASSES) {
      CLASSES.put(dropout, idle("rate p sigma stddev noise_shape data_format l1 l2"));
    }
    CLASSES.put("Rescaling", Map.of("scale", oneOf("1"), "offset", oneOf("0")));
    CLASSES.put("InputLayer", Map.of("sparse", OFF, "ragged", OFF, "optional", ANY));
    CLASSES.put("Permute", Map.of("dims", ANY));
    CLASSES.put("Reshape", Map.of("target_shape", ANY));
    CLASSES.put("Flatten", Map.of("data_format", ANY));
    CLASSES.put(
        "Conv1D",
        rules(
            Map.of("filters", ANY, "kernel_size", ANY, "use_bias", ANY),
            Map.of(
                "strides",
                ANY,
                "padding",
                oneOf("same"),
                "data_format",
                CHANNELS_LAST,
                "dilation_rate",
                oneOf("1"),
                "groups",
                oneOf("1"),
                "activation",
                oneOf("linear", "none", "relu"))));
    CLASSES.put(
        "Convolution1D", // of Keras 1
        rules(
            Map.of("nb_filter", ANY, "filter_length", ANY, "bias", ANY),
            Map.of(
                "border_mode", oneOf("same"),
                "subsample_length", oneOf("1"),
                "activation", oneOf("linear", "none"))));
    CLASSES.put(
        "BatchNormalization",
        rules(
            Map.of("axis", CHANNELS, "epsilon", EPSILON, "mode", oneOf("0")),
            Map.of("renorm", OFF, "virtual_batch_size", NONE, "adjustment", NONE),
            idle("momentum center scale renorm_clipping renorm_momentum synchronized fused")));
    CLASSES.put("Activation", Map.of("activation", ANY));
    CLASSES.put(
        "ReLU",
        Map.of("max_value", NONE, "negative_slope", oneOf("0", "none"), "threshold", oneOf("0")));
    CLASSES.put("Softmax", Map.of("axis", FEATURES));
    CLASSES.put("LSTM", RECURRENT);
    CLASSES.put("CuDNNLSTM", RECURRENT);
    CLASSES.put(
        "AttentionLSTM",
        rules(
            RECURRENT,
            Map.of("attention_activation", oneOf("tanh"), "return_attention", OFF),
            Map.of("use_bias", oneOf("true"), "attention", oneOf("per-series", "across-batch")),
            idle("use_chrono_initialization")));
    CLASSES.put("GlobalAveragePooling1D", Map.of("data_format", CHANNELS_LAST, "keepdims", ANY));
    CLASSES.put("Multiply", Map.of());
    CLASSES.put("Masking", Map.of("mask_value", oneOf("0")));
    CLASSES.put("NotEqual", Map.of()); // with Any, the mask of Masking in Keras 3
    CLASSES.put("Any", Map.of("axis", CHANNELS, "keepdims", OFF));
    CLASSES.put("Concatenate", Map.of("axis", FEATURES));
    CLASSES.put(
        "Merge", // of Keras 1
        rules(
            Map.of("mode", oneOf("concat"), "concat_axis", FEATURES, "mode_type", oneOf("raw")),
            idle("dot_axes output_shape_type output_mask_type")));
    CLASSES.put(
        "Dense",
        rules(
            Map.of("units", ANY, "output_dim", ANY, "activation", ANY),
            idle("use_bias bias lora_alpha")));
    Map<String, Rule> model = idle("layers input_layers output_layers build_input_shape");
    List.of("Functional", "Model", "Sequential").forEach(kind -> CLASSES.put(kind, model));
  }

  private LayerRules() {}

  /**
   * Checks a layer's class and all of its arguments, except those that depend on its place in the
   * network.
   *
   * @throws InvalidInputException if one of them is not supported; the message names the layer
   */
  static void check(ConfiguredLayer layer) {
    Map<String, Rule> rules = CLASSES.get(layer.kind().name());
    boolean own = layer.kind().name().equals("AttentionLSTM"); // Keras has no such class
    if (rules == null || (!layer.kind().isOfKeras() && !own)) {
      throw layer.refusal(
          "a layer of LSTM-FCN or its variants, or one without effect in inference",
          layer.kind().toString());
    }
    for (Map.Entry<String, JsonNode> key : layer.config().properties()) {
      check(layer, rules, key.getKey(), new ConfigValue(key.getValue()));
    }
    if (layer.kind().name().equals("Conv1D")) {
      checkSubsampling(layer);
    }
  }

  /** Checks that only the convolution with a ReLU and without bias, a subsampling, has a stride. */
  private static void checkSubsampling(ConfiguredLayer layer) {
    boolean rectifies = layer.value("activation").text().equals("relu");
    if (rectifies && layer.hasBias()) {
      throw layer.refusal("activation linear", "relu");
    }
    if (!rectifies && layer.stride() != 1) {
      throw layer.refusal("strides 1", layer.value("strides").text());
    }
  }

  private static void check(
      ConfiguredLayer layer, Map<String, Rule> rules, String key, ConfigValue value) {
    Rule rule = rules.get(key);
    if (rule == null && key.matches("(input_)?dtype")) {
      rule = DTYPE;
    }
    if (rule == null && !IDLE.matcher(key).matches() && !value.isNothing()) {
      throw layer.refusal("no argument " + key, value.text());
    }
    if (rule != null && !rule.accepts().test(value)) {
      throw layer.refusal(key + " " + rule.supported(), value.text());
    }
  }

  private static Rule oneOf(String... values) {
    return new Rule(values[0], value -> Arrays.asList(values).contains(value.text()));
  }

  private static boolean isNear(ConfigValue value, double expected) {
    return Math.abs(value.node().asDouble(Double.NaN) - expected) <= 1e-9;
  }

  private static Map<String, Rule> idle(String keys) {
    Map<String, Rule> rules = new HashMap<>();
    for (String key : keys.split(" ", -1)) {
      rules.put(key, ANY);
    }
    return rules;
  }

  @SafeVarargs
  private static Map<String, Rule> rules(Map<String, Rule>... parts) {
    Map<String, Rule> rules = new HashMap<>();
    for (Map<String, Rule> part : parts) {
      rules.putAll(part);
    }
    return Map.copyOf(rules);
  }
}
