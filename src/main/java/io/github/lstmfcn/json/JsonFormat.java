package io.github.lstmfcn.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document format that later versions of the program may have to read: a JSON object with a
 * format number ({@code format}), the version of the program that wrote it ({@code lstmfcn}) and
 * the components of a record. Reading is strict: a field that is missing, unknown or of another
 * type is refused by its name, and so is another format number.
 *
 * @param <T> the record
 */
public final class JsonFormat<T extends Record> {
  private static final String FORMAT = "format";
  private static final String PROGRAM = "lstmfcn";

  private final Class<T> type;
  private final int number;
  private final String remedy;

  /**
   * A format.
   *
   * @param type the type of the record; if it has a component {@code lstmfcn}, that is the version
   * @param number the format number, which changes whenever a field is added, removed or changes
   *     its meaning
   * @param remedy what the user can do about a document that cannot be read
   */
  public JsonFormat(Class<T> type, int number, String remedy) {
    this.type = type;
    this.number = number;
    this.remedy = remedy;
  }

  /** The document of a value. */
  public ObjectNode document(T value) {
    ObjectNode document = Json.object().put(FORMAT, number).put(PROGRAM, Program.version());
    return document.setAll(Json.toTree(value));
  }

  /**
   * Replaces a file by the document of a value.
   *
   * @throws InvalidInputException if the file cannot be written; it is then unchanged
   */
  public void write(Path file, T value) {
    AtomicFile.write(
        file, target -> Files.writeString(target, Json.pretty(document(value)) + "\n"));
  }

  /**
   * Reads a file that is one document.
   *
   * @throws InvalidInputException if the file cannot be read, or {@link #parse} fails
   */
  public T read(Path file) {
    String text;
    try {
      text = WholeFile.text(file, WholeFile.MOST_OF_DOCUMENT);
    } catch (IOException e) {
      throw new InvalidInputException(
          file, "", "a file that can be read", FailureReason.of(e), "", e);
    }
    return parse(file, "", text);
  }

  /**
   * Reads a document.
   *
   * @param file the file, for messages
   * @param place the place in the file, for messages; empty if the file is the document
   * @param text the text of the document
   * @throws InvalidInputException if the text is not a JSON object, or {@link #value} fails
   */
  public T parse(Path file, String place, String text) {
    JsonNode document;
    try {
      document = Json.parse(text);
    } catch (JsonProcessingException damage) {
      throw new InvalidInputException(
          file, place, "a JSON object", FailureReason.of(damage), remedy, damage);
    }
    return value(file, place, document);
  }

  /**
   * The value of a document.
   *
   * @param file the file, for messages
   * @param place the place in the file, for messages; empty if the file is the document
   * @param document the document
   * @throws InvalidInputException if the format number differs, or a field is missing, unknown or
   *     of another type; the message names the field and the version that wrote the document
   */
  public T value(Path file, String place, JsonNode document) {
    if (!(document instanceof ObjectNode object)) {
      throw new InvalidInputException(file, place, "a JSON object", Misfit.shown(document), remedy);
    }
    JsonNode format = object.path(FORMAT);
    if (!format.isInt() || format.intValue() != number) {
      throw refusal(
          file, place, object, new Misfit(FORMAT, "" + number, Misfit.shown(format)), null);
    }
    if (!object.path(PROGRAM).isTextual()) {
      Misfit unknown = new Misfit(PROGRAM, "a version", Misfit.shown(object.path(PROGRAM)));
      throw refusal(file, place, object, unknown, null);
    }
    ObjectNode fields = Json.object().setAll(object);
    fields.remove(FORMAT);
    if (Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .noneMatch(PROGRAM::equals)) {
      fields.remove(PROGRAM);
    }
    try {
      return Json.value(fields, type);
    } catch (JsonMappingException other) {
      throw refusal(file, place, object, Misfit.of(other, fields), other);
    } catch (JsonProcessingException | RuntimeException damage) {
      throw new InvalidInputException(
          file, place, "a JSON object", FailureReason.of(damage), remedy, damage);
    }
  }

  private InvalidInputException refusal(
      Path file, String place, ObjectNode document, Misfit misfit, Exception causeOrNull) {
    String where = writtenBy(document);
    return new InvalidInputException(
        file,
        Stream.of(place, where, misfit.field())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(": ")),
        misfit.expected(),
        misfit.found(),
        remedy,
        causeOrNull);
  }

  /**
   * States which version of this program wrote a document if it was another one: {@code written by
   * 0.9.0, this is 0.1.0}; else empty.
   */
  public static String writtenBy(JsonNode document) {
    JsonNode version = document.path(PROGRAM);
    if (version.isTextual() && version.textValue().equals(Program.version())) {
      return "";
    }
    return "written by %s, this is %s"
        .formatted(
            version.isTextual() ? version.textValue() : "an unknown version", Program.version());
  }
}
