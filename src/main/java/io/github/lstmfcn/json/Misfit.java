package io.github.lstmfcn.json;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.util.Arrays;
import java.util.List;

/**
 * A field of a document that is not what it should be, in words for a message.
 *
 * @param field its path, as {@code recipe.optimizer.beta1}; empty for the whole document
 * @param expected what would have been right
 * @param found what is there
 */
record Misfit(String field, String expected, String found) {
  private static final int SHOWN = 60;

  /** What stopped the reading of a document. */
  static Misfit of(JsonMappingException stopped, JsonNode document) {
    StringBuilder path = new StringBuilder();
    JsonNode node = document;
    for (JsonMappingException.Reference step : stopped.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
        node = node.path(step.getIndex());
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        node = node.path(step.getFieldName());
      }
    }
    if (stopped instanceof UnrecognizedPropertyException) {
      return new Misfit(path.toString(), "no field of this name", shown(node));
    }
    if (stopped instanceof MismatchedInputException other && other.getTargetType() != null) {
      Class<?> type = other.getTargetType();
      boolean element = path.toString().endsWith("]") && type.isArray();
      return new Misfit(
          path.toString(), expected(element ? type.componentType() : type), shown(node));
    }
    return ofCause(stopped, path.toString(), node);
  }

  /** What a record's own check refused. */
  private static Misfit ofCause(JsonMappingException stopped, String path, JsonNode node) {
    if (stopped.getCause() instanceof InvalidInputException refused) {
      boolean inner = !path.isEmpty() && !refused.place().isEmpty();
      return new Misfit(
          path + (inner ? "." : "") + refused.place(), refused.expected(), refused.found());
    }
    return new Misfit(
        path,
        "a value that can be",
        stopped.getCause() instanceof IllegalArgumentException
            ? shown(node) + " (" + FailureReason.of(stopped) + ")"
            : shown(node));
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == float.class || type == double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "text";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.asList(type.getEnumConstants());
    }
    return type.isArray() || List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  /** A value as a message shows it: bounded. */
  static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "none";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
