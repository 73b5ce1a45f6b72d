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
 * An invalid field of a document, described for a message.
 *
 * @param field the path of the field, as {@code recipe.optimizer.beta1}; empty for the whole
 *     document
 * @param expected the expected value
 * @param found the value found
 */
record Misfit(String field, String expected, String found) {
  private static final int SHOWN = 60;

  /** Describes the exception that stopped the reading of a document. */
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

  /** Describes a value that the constructor of a record refused. */
  private static Misfit ofCause(JsonMappingException stopped, String path, JsonNode node) {
    if (stopped.getCause() instanceof InvalidInputException refused) {
      boolean inner = !path.isEmpty() && !refused.place().isEmpty();
      return new Misfit(
          path + (inner ? "." : "") + refused.place(), refused.expected(), refused.found());
    }
    return new Misfit(
        path,
        "a valid value",
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

  /** A value for a message, shortened if it is long. */
  static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "none";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
