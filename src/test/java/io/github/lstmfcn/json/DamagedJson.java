package io.github.lstmfcn.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document with one field damaged after the other, in every way that a field can be. */
public final class DamagedJson {
  private static final String MARK = "@damage@";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null",
          "-1",
          "0",
          "0.5",
          "1e308",
          "-1e308",
          "1e-308",
          "2147483647",
          "9223372036854775807",
          "9223372036854775808",
          "\"\"",
          "\"\\u0000\\u001b[31m\"",
          "\"" + "x".repeat(100_000) + "\"",
          "[]",
          "[null]",
          "{}",
          "{\"a\": 1}",
          "true",
          "NaN",
          "[".repeat(5000),
          "1" + "0".repeat(2000));

  private DamagedJson() {}

  /** The damaged documents by what was done to them. */
  public static Map<String, String> of(String document) throws JsonProcessingException {
    Map<String, String> damaged = new LinkedHashMap<>();
    JsonNode root = MAPPER.readTree(document);
    damage(root, root, "", damaged);
    return damaged;
  }

  private static void damage(
      JsonNode root, JsonNode node, String path, Map<String, String> damaged) {
    if (node instanceof ObjectNode object) {
      for (String field : List.copyOf(names(object))) {
        JsonNode before = object.get(field);
        object.set(field, TextNode.valueOf(MARK));
        String text = root.toString();
        for (String value : VALUES) {
          String shown = value.length() > 20 ? value.substring(0, 20) + "…" : value;
          damaged.put(path + field + " = " + shown, text.replace('"' + MARK + '"', value));
        }
        damaged.put(
            path + field + " twice",
            text.replace('"' + MARK + '"', before + ", \"" + field + "\": " + before));
        object.set(field, before);
        ObjectNode without = object.deepCopy();
        without.remove(field);
        object.set(field, TextNode.valueOf(MARK));
        object.set(field, before);
        damaged.put(path + field + " removed", root.toString().replace(object + "", without + ""));
        damage(root, before, path + field + ".", damaged);
      }
      object.put("unknown", 1);
      damaged.put(path + " with another field", root.toString());
      object.remove("unknown");
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      JsonNode before = array.get(0);
      array.set(0, TextNode.valueOf(MARK));
      String text = root.toString();
      for (String value : VALUES) {
        String shown = value.length() > 20 ? value.substring(0, 20) + "…" : value;
        damaged.put(path + "[0] = " + shown, text.replace('"' + MARK + '"', value));
      }
      array.set(0, before);
      damage(root, before, path + "[0].", damaged);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new java.util.ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
