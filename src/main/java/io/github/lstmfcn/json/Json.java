package io.github.lstmfcn.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes JSON. Fields are in the order of a record's components or of a map's entries,
 * and an enum is written as its {@code toString}. A record is read only if all of its fields are
 * present with values of their types, and no others.
 */
public final class Json {
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .withCoercionConfig(
                LogicalType.Textual,
                config ->
                    config
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();
    return mapper.setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL));
  }

  /**
   * Parses a text. A duplicate field is refused.
   *
   * @throws JsonProcessingException if the text is not JSON, or more than one value
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).readTree(text);
  }

  /**
   * Parses a text as {@link #parse}, in which numbers may also be {@code NaN} and {@code Infinity},
   * as Python writes them.
   *
   * @throws JsonProcessingException if the text is not JSON, or more than one value
   */
  public static JsonNode parsePython(String text) throws JsonProcessingException {
    return MAPPER
        .reader()
        .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .readTree(text);
  }

  /** Parses a text that this program wrote. */
  public static JsonNode tree(String own) {
    try {
      return parse(own);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Converts a record or a map to an object. */
  static ObjectNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Converts a tree to a value.
   *
   * @throws JsonProcessingException if a field is missing, unknown or of another type
   */
  static <T> T value(JsonNode tree, Class<T> type) throws JsonProcessingException {
    return MAPPER.treeToValue(tree, type);
  }

  /** A new object without fields. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The fields of a value by name, as in JSON. */
  public static Map<String, Object> fields(Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    ObjectNode tree = toTree(value);
    tree.properties()
        .forEach(
            field ->
                fields.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class)));
    return fields;
  }

  /** Indented JSON. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible); // our own
    }
  }

  /** JSON on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible); // our own
    }
  }

  /** JSON on one line, in ASCII. */
  public static String ascii(Object value) {
    try {
      return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible); // our own
    }
  }
}
