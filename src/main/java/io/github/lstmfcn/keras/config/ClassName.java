package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/**
 * A class that a configuration names.
 *
 * @param name without its package: {@code AttentionLSTM} of {@code Custom>AttentionLSTM}
 * @param isOfKeras whether nothing says that it is somebody's own
 */
public record ClassName(String name, boolean isOfKeras) {
  private static final Set<String> KERAS =
      Set.of("keras", "tf_keras", "keras_core", "tensorflow", "builtins");

  /** Of an object with {@code class_name} and, since tf.keras 2.12, module and registered name. */
  static ClassName of(JsonNode object) {
    String text = object.path("class_name").asText("");
    String module = object.path("module").asText("");
    String registered = object.path("registered_name").asText("");
    String name = text.substring(text.lastIndexOf('>') + 1);
    boolean ofKeras =
        (module.isEmpty() || KERAS.contains(module.split("\\.", 2)[0]))
            && isOfKeras(text)
            && (isOfKeras(registered) || registered.isEmpty());
    return new ClassName(name, ofKeras);
  }

  /** Keras registers its own classes without a package. */
  private static boolean isOfKeras(String registered) {
    return registered.indexOf('>') < 0;
  }

  /**
   * The name that Keras gives the class' groups in a weight file: {@code batch_normalization}, as
   * {@code to_snake_case} makes it.
   */
  String snakeCase() {
    return name.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return isOfKeras ? name : name + ", a class that is not Keras' own";
  }
}
