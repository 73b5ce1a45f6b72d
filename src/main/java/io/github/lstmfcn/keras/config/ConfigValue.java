package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A value of a configuration, read in the same way whichever Keras version wrote it. */
record ConfigValue(JsonNode node) {

  /** Whether the value has no effect: it is absent, null, false, or empty. */
  boolean isNothing() {
    return node.isMissingNode()
        || node.isNull()
        || (node.isBoolean() && !node.booleanValue())
        || ((node.isContainerNode() || node.isTextual()) && text().isEmpty());
  }

  /** The elements of a list; a value that is not a list is a list of one. */
  List<String> texts() {
    JsonNode list = isTuple() ? node.path("items") : node;
    if (!list.isArray()) {
      return List.of(text());
    }
    List<String> texts = new ArrayList<>();
    list.forEach(element -> texts.add(new ConfigValue(element).text()));
    return texts;
  }

  /**
   * The value as text, for comparisons and messages: numbers in their shortest form, a list of one
   * as its element, a function or a dtype policy of Keras as its name.
   */
  String text() {
    if (node.isMissingNode() || node.isNull()) {
      return "none";
    }
    if (node.isNumber()) {
      return number();
    }
    if (node.isArray() || isTuple()) {
      List<String> texts = texts();
      return texts.size() == 1 ? texts.get(0) : texts.isEmpty() ? "" : texts.toString();
    }
    if (node.isObject()) {
      return node.isEmpty() ? "" : object();
    }
    return node.asText();
  }

  private String number() {
    double value = node.doubleValue();
    if (!Double.isFinite(value)) {
      return node.asText();
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return Math.abs(shortest.scale()) > 12 ? shortest.toString() : shortest.toPlainString();
  }

  private boolean isTuple() {
    return node.path("class_name").asText("").equals("__tuple__");
  }

  private String object() {
    String kind = node.path("class_name").asText("");
    JsonNode config = node.path("config");
    boolean policy = kind.equals("DTypePolicy") || kind.equals("Policy");
    if (policy && config.path("name").isTextual()) {
      return config.path("name").textValue();
    }
    ClassName name = ClassName.of(node);
    if (kind.equalsIgnoreCase("function") && config.isTextual()) {
      return name.isOfKeras() ? config.textValue() : "a function " + config.textValue();
    }
    return kind.isEmpty() ? node.toString() : name.toString();
  }
}
