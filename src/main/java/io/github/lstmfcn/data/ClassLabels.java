package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The classes of a model and the labels that stand for them.
 *
 * @param encoding how the one came from the other
 * @param names a class's label, by class index; under {@link LabelEncoding#UPSTREAM} several are
 *     joined by {@code |}, and a class that no label reaches is empty
 * @param indexOf the class index of each label
 */
public record ClassLabels(
    LabelEncoding encoding, List<String> names, Map<String, Integer> indexOf) {

  /**
   * @throws IllegalArgumentException if an index is none of a class
   */
  public ClassLabels {
    Objects.requireNonNull(encoding, "encoding");
    names = List.copyOf(names);
    indexOf = Map.copyOf(indexOf);
    for (Map.Entry<String, Integer> label : indexOf.entrySet()) {
      if (label.getValue() < 0 || label.getValue() >= names.size()) {
        throw new IllegalArgumentException(
            "a class index below " + names.size() + " expected, found " + label);
      }
    }
  }

  /** One class per label, in the order of {@link LabelEncoding#SORTED} labels. */
  public static ClassLabels sorted(List<String> labels) {
    Map<String, Integer> indexOf = new LinkedHashMap<>();
    labels.forEach(label -> indexOf.put(label, indexOf.size()));
    return new ClassLabels(LabelEncoding.SORTED, labels, indexOf);
  }

  /** How many classes, those that no label reaches included. */
  public int classes() {
    return names.size();
  }

  /**
   * The class index of a label, in any spelling of a number.
   *
   * @throws InvalidInputException if no class has it
   */
  public int index(String label) {
    Integer index = indexOf.get(NumberText.label(label));
    if (index == null) {
      throw new InvalidInputException(
          null, "label", "one of " + someLabels(), NumberText.shown(label), "");
    }
    return index;
  }

  /**
   * The class index of each label.
   *
   * @throws InvalidInputException if no class has one of them
   */
  public int[] indices(List<String> labels) {
    return labels.stream().mapToInt(this::index).toArray();
  }

  /** The classes that several labels share, each as {@code "labels 1, 2 are class 0"}. */
  public List<String> merged() {
    return IntStream.range(0, classes())
        .filter(index -> labelsOf(index).size() > 1)
        .mapToObj(index -> "labels " + String.join(", ", labelsOf(index)) + " are class " + index)
        .toList();
  }

  private List<String> labelsOf(int index) {
    return indexOf.entrySet().stream()
        .filter(label -> label.getValue() == index)
        .map(Map.Entry::getKey)
        .sorted(LabelEncoding.order(List.copyOf(indexOf.keySet())))
        .toList();
  }

  private String someLabels() {
    List<String> known =
        IntStream.range(0, classes()).boxed().flatMap(i -> labelsOf(i).stream()).limit(11).toList();
    return known.size() > 10
        ? String.join(", ", known.subList(0, 10)) + ", …"
        : String.join(", ", known);
  }
}
