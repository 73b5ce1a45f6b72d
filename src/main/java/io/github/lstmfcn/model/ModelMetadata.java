package io.github.lstmfcn.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.text.FailureReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model's predictions depend on besides its weights: the specification of the network, the
 * preparation of its input and the labels of its classes; and where the model comes from. The
 * metadata is stored with the weights as a JSON object: in a root attribute of a weight file, which
 * Keras ignores, and in {@code assets.extra/provenance.json} of a SavedModel.
 *
 * @param spec the specification of the network
 * @param preparation the preparation of its input; null if it is not known
 * @param labelEncoding how labels became class indices
 * @param labels the labels of the classes in their order, with an empty one for a class that no
 *     label maps to; an empty list if they are not known
 * @param provenance facts for people, by name, as {@code chosen_on}
 */
public record ModelMetadata(
    ModelSpec spec,
    Preparation preparation,
    LabelEncoding labelEncoding,
    List<String> labels,
    Map<String, String> provenance) {

  /**
   * The name of the fact that tells on which split the weights were selected: {@code TRAIN}, {@code
   * TEST}, ….
   */
  public static final String CHOSEN_ON = "chosen_on";

  /** The name of the fact that gives the SHA-256 of the file that the model was trained on. */
  public static final String TRAIN_SHA256 = "train_sha256";

  /**
   * The name of the fact that gives the share of that file that was held out as TEST, if it was
   * divided.
   */
  public static final String TEST_SHARE = "test_share";

  private static final int FORMAT = 1;

  private static final String REMEDY =
      "it is damaged or of another version of this program; train or export again";

  /** The field that tells which version of this program wrote the JSON. */
  private static final String PROGRAM = "lstmfcn";

  /**
   * Copies labels and provenance.
   *
   * @param spec the component {@code spec}
   * @param preparation the component {@code preparation}
   * @param labelEncoding the component {@code labelEncoding}
   * @param labels the component {@code labels}
   * @param provenance the component {@code provenance}
   * @throws IllegalArgumentException if the preparation is for another size, or there are labels
   *     but not one per class
   */
  public ModelMetadata {
    Objects.requireNonNull(labelEncoding, "labelEncoding");
    labels = List.copyOf(labels);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (preparation != null
        && (preparation.length() != spec.length() || preparation.variables() != spec.variables())) {
      throw new IllegalArgumentException(
          "expected a preparation for %s variables and length %s, found %s and %s"
              .formatted(
                  spec.variables(), spec.length(), preparation.variables(), preparation.length()));
    }
    if (!labels.isEmpty() && labels.size() != spec.classes()) {
      throw new IllegalArgumentException(
          "expected %s labels, found %s: %s".formatted(spec.classes(), labels.size(), labels));
    }
  }

  /**
   * Metadata of a network of which nothing but the weights is known.
   *
   * @param spec the specification of the network
   * @return metadata without preparation, labels and provenance
   */
  public static ModelMetadata of(ModelSpec spec) {
    return new ModelMetadata(spec, null, LabelEncoding.SORTED, List.of(), Map.of());
  }

  /**
   * A copy with another specification of the network.
   *
   * @param other a specification of the same length and number of classes
   * @return the copy
   */
  public ModelMetadata with(ModelSpec other) {
    return new ModelMetadata(other, preparation, labelEncoding, labels, provenance);
  }

  /**
   * A copy with one more fact, which replaces that of the same name.
   *
   * @param name the name of the fact
   * @param value the fact
   * @return the copy
   */
  public ModelMetadata with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(provenance);
    all.put(name, value);
    return new ModelMetadata(spec, preparation, labelEncoding, labels, all);
  }

  /**
   * The names of the classes: a class's label, {@code class 3} where no label maps to it, or its
   * index where labels are not known.
   *
   * @return one name per class, none of them empty
   */
  public List<String> classNames() {
    return IntStream.range(0, spec.classes())
        .mapToObj(
            k ->
                labels.isEmpty()
                    ? Integer.toString(k)
                    : labels.get(k).isEmpty() ? "class " + k : labels.get(k))
        .toList();
  }

  /**
   * {@return the metadata as a JSON object, on one line and in ASCII; what is not known is null in
   * it}
   */
  public String json() {
    ObjectNode root = Json.object().put("format", FORMAT).put(PROGRAM, Program.version());
    ObjectNode model = root.putObject("model");
    model.put("variables", spec.variables());
    model.put("length", spec.length());
    model.put("classes", spec.classes());
    if (spec.recurrent() == null) {
      model.putNull("recurrent");
    } else {
      write(spec.recurrent(), model.putObject("recurrent"));
    }
    ArrayNode blocks = model.putArray("blocks");
    for (ConvolutionBlock block : spec.blocks()) {
      blocks.addArray().add(block.filters()).add(block.kernelSize()).add(block.bottleneck());
    }
    if (preparation == null) {
      root.putNull("preparation");
    } else {
      ObjectNode input = root.putObject("preparation");
      input.put("normalization", name(preparation.normalization()));
      if (preparation.normalization().needsTrain()) {
        put(input, "mean", preparation.means());
        put(input, "std", preparation.deviations());
      }
    }
    if (labels.isEmpty()) {
      root.putNull("labels");
    } else {
      ObjectNode classes = root.putObject("labels");
      classes.put("encoding", name(labelEncoding));
      labels.forEach(classes.putArray("names")::add);
    }
    ObjectNode facts = root.putObject("provenance");
    provenance.forEach(facts::put);
    return Json.ascii(root);
  }

  /** Puts one number as such, and one number per variable as an array. */
  private static void put(ObjectNode object, String field, List<Double> numbers) {
    if (numbers.size() == 1) {
      object.put(field, numbers.get(0));
    } else {
      numbers.forEach(object.putArray(field)::add);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @param file the file that the object comes from, for messages
   * @param place the place of the object within the file, for messages
   * @param json the JSON object
   * @return the metadata
   * @throws InvalidInputException if it is damaged, or of another version of this program
   */
  public static ModelMetadata parse(Path file, String place, String json) {
    try {
      return new Reader(file, place, Json.parse(json)).read();
    } catch (JsonProcessingException damage) {
      throw new InvalidInputException(
          file, place, "a JSON object", FailureReason.of(damage), REMEDY, damage);
    }
  }

  private static void write(RecurrentBranch recurrent, ObjectNode json) {
    json.put("attention", recurrent.attention());
    json.put("cells", recurrent.cells());
    json.put("gates", recurrent.gateActivation().toString());
    json.put("scope", recurrent.attentionScope().toString());
    json.put("orientation", recurrent.orientation().toString());
    json.put("masking", recurrent.masking());
    Subsampling subsampling = recurrent.subsampling();
    if (subsampling == null) {
      json.putNull("subsampling");
    } else {
      json.putArray("subsampling")
          .add(subsampling.filters())
          .add(subsampling.kernelSize())
          .add(subsampling.stride());
    }
  }

  private static String name(Enum<?> value) {
    return value.toString().equals(value.name())
        ? value.name().toLowerCase(Locale.ROOT)
        : value.toString();
  }

  /** Reads the JSON object; a field that is missing or unknown is refused by its name. */
  private record Reader(Path file, String place, JsonNode root) {

    ModelMetadata read() {
      if (!root.path("format").isInt() || root.path("format").asInt() != FORMAT) {
        throw wrong("", "format " + FORMAT, found(root.path("format")));
      }
      expectOnly(
          root, "", List.of("format", PROGRAM, "model", "preparation", "labels", "provenance"));
      text(root.path(PROGRAM), PROGRAM);
      ModelSpec spec = spec(object(root, "model"));
      Preparation preparation =
          root.path("preparation").isNull()
              ? null
              : preparation(object(root, "preparation"), spec.variables(), spec.length());
      LabelEncoding encoding = LabelEncoding.SORTED;
      List<String> labels = new ArrayList<>();
      if (!root.path("labels").isNull()) {
        JsonNode classes = object(root, "labels");
        expectOnly(classes, "labels.", List.of("encoding", "names"));
        if (!classes.path("names").isArray()) {
          throw wrong("labels.names", "a list", found(classes.path("names")));
        }
        encoding = value(classes, "labels.", "encoding", LabelEncoding.values());
        classes.path("names").forEach(label -> labels.add(text(label, "labels.names")));
        List<String> named = labels.stream().filter(label -> !label.isEmpty()).toList();
        if (named.size() != Set.copyOf(named).size()) {
          throw wrong("labels.names", "different names", named + "");
        }
        if (labels.size() != spec.classes()) {
          throw wrong("labels.names", spec.classes() + ", one per class", "" + labels.size());
        }
      }
      Map<String, String> facts = new LinkedHashMap<>();
      object(root, "provenance")
          .properties()
          .forEach(
              fact ->
                  facts.put(fact.getKey(), text(fact.getValue(), "provenance." + fact.getKey())));
      return new ModelMetadata(spec, preparation, encoding, labels, facts);
    }

    private ModelSpec spec(JsonNode model) {
      expectOnly(model, "model.", List.of("variables", "length", "classes", "recurrent", "blocks"));
      try {
        return new ModelSpec(
            number(model, "model.", "variables"),
            number(model, "model.", "length"),
            number(model, "model.", "classes"),
            model.path("recurrent").isNull() ? null : recurrent(object(model, "recurrent")),
            blocks(model.path("blocks")));
      } catch (IllegalArgumentException impossible) {
        throw wrong("model", "a valid network", impossible.getMessage());
      }
    }

    private RecurrentBranch recurrent(JsonNode branch) {
      String prefix = "model.recurrent.";
      expectOnly(
          branch,
          prefix,
          List.of("attention", "cells", "gates", "scope", "orientation", "masking", "subsampling"));
      JsonNode subsampling = branch.path("subsampling");
      return new RecurrentBranch(
          flag(branch, prefix, "attention"),
          number(branch, prefix, "cells"),
          value(branch, prefix, "gates", GateActivation.values()),
          value(branch, prefix, "scope", AttentionScope.values()),
          value(branch, prefix, "orientation", Orientation.values()),
          flag(branch, prefix, "masking"),
          subsampling.isNull() ? null : subsampling(subsampling));
    }

    private Subsampling subsampling(JsonNode sizes) {
      int[] three = threeNumbers(sizes, "model.recurrent.subsampling");
      return new Subsampling(three[0], three[1], three[2]);
    }

    private List<ConvolutionBlock> blocks(JsonNode list) {
      if (!list.isArray()) {
        throw wrong("model.blocks", "a list of convolution blocks", found(list));
      }
      List<ConvolutionBlock> blocks = new ArrayList<>();
      for (JsonNode block : list) {
        int[] three = threeNumbers(block, "model.blocks");
        blocks.add(new ConvolutionBlock(three[0], three[1], three[2]));
      }
      return blocks;
    }

    private int[] threeNumbers(JsonNode list, String field) {
      int[] numbers = new int[3];
      for (int index = 0; index < numbers.length; index++) {
        if (!list.isArray() || list.size() != numbers.length || !list.path(index).isInt()) {
          throw wrong(field, "three whole numbers", found(list));
        }
        numbers[index] = list.path(index).intValue();
      }
      return numbers;
    }

    private Preparation preparation(JsonNode input, int variables, int length) {
      expectOnly(input, "preparation.", List.of("normalization", "mean", "std"));
      Normalization how = value(input, "preparation.", "normalization", Normalization.values());
      if (!how.needsTrain() && (input.has("mean") || input.has("std"))) {
        throw wrong("preparation", "mean and std with TRAIN only", input.toString());
      }
      try {
        return new Preparation(
            variables, length, false, how, numbers(input, "mean"), numbers(input, "std"));
      } catch (IllegalArgumentException impossible) {
        throw wrong("preparation", "mean and std of TRAIN", input.toString());
      }
    }

    /** One number, or one per variable; none if the field is missing. */
    private List<Double> numbers(JsonNode input, String field) {
      JsonNode value = input.path(field);
      List<Double> numbers = new ArrayList<>();
      for (JsonNode number : value.isArray() ? value : List.of(value)) {
        if (!number.isMissingNode()) {
          numbers.add(number.isNumber() ? number.doubleValue() : Double.NaN);
        }
      }
      return numbers;
    }

    private int number(JsonNode object, String prefix, String field) {
      JsonNode value = object.path(field);
      if (!value.isInt()) {
        throw wrong(prefix + field, "a whole number", found(value));
      }
      return value.intValue();
    }

    private boolean flag(JsonNode object, String prefix, String field) {
      JsonNode value = object.path(field);
      if (!value.isBoolean()) {
        throw wrong(prefix + field, "true or false", found(value));
      }
      return value.booleanValue();
    }

    private String text(JsonNode value, String field) {
      if (!value.isTextual()) {
        throw wrong(field, "text", found(value));
      }
      return value.textValue();
    }

    private static String found(JsonNode value) {
      return value.isMissingNode() ? "none" : value.toString();
    }

    private JsonNode object(JsonNode parent, String field) {
      if (!parent.path(field).isObject()) {
        throw wrong(field, "a JSON object", found(parent.path(field)));
      }
      return parent.get(field);
    }

    private void expectOnly(JsonNode object, String prefix, List<String> known) {
      object
          .fieldNames()
          .forEachRemaining(
              field -> {
                if (!known.contains(field)) {
                  throw wrong(prefix + field, "no such field", "one");
                }
              });
    }

    private <T extends Enum<T>> T value(JsonNode object, String prefix, String field, T[] values) {
      String text = object.path(field).asText();
      return Stream.of(values)
          .filter(value -> name(value).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  wrong(
                      prefix + field,
                      "one of " + Stream.of(values).map(ModelMetadata::name).toList(),
                      found(object.path(field))));
    }

    private InvalidInputException wrong(String field, String expected, String found) {
      return new InvalidInputException(
          file,
          Stream.of(place, JsonFormat.writtenBy(root), field)
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining(": ")),
          expected,
          found,
          REMEDY);
    }
  }
}
