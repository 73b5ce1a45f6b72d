package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/**
 * The class of an object in a configuration.
 *
 * @param name the name without its package: {@code AttentionLSTM} for {@code Custom>AttentionLSTM}
 * @param isOfKeras whether nothing indicates that it is a custom class
 */
public record ClassName(String name, boolean isOfKeras) {
  private static final Set<String> KERAS =
      Set.of("keras", "tf_keras", "keras_core", "tensorflow", "builtins");

  /**
   * The class of an object with {@code class_name} and, since tf.keras 2.12, module and registered
   * name.
   */
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
   * The name that Keras gives the groups of the class in a weight file, {@code
   * batch_normalization}, as {@code to_snake_case} creates it.
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
