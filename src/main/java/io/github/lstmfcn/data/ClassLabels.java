package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of a model and the labels that stand for them.
 *
 * @param encoding how labels became class indices
 * @param names the label of each class, by class index; under {@link LabelEncoding#UPSTREAM} the
 *     labels of one class are joined by {@code |}, and a class that no label maps to has an empty
 *     name
 * @param indexOf the class index of each label
 */
public record ClassLabels(
    LabelEncoding encoding, List<String> names, Map<String, Integer> indexOf) {

  /**
   * Checks the indices and copies names and map.
   *
   * @param encoding the component {@code encoding}
   * @param names the component {@code names}
   * @param indexOf the component {@code indexOf}
   * @throws IllegalArgumentException if an index is not that of a class
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

  /**
   * Creates one class per label.
   *
   * @param labels distinct labels in the order of {@link LabelEncoding#SORTED}
   * @return the classes
   */
  public static ClassLabels sorted(List<String> labels) {
    Map<String, Integer> indexOf = new LinkedHashMap<>();
    labels.forEach(label -> indexOf.put(label, indexOf.size()));
    return new ClassLabels(LabelEncoding.SORTED, labels, indexOf);
  }

  /** {@return the number of classes, including those that no label maps to} */
  public int classes() {
    return names.size();
  }

  /**
   * The class index of a label; a number may be written in any way, as {@code 1.0} for {@code 1}.
   *
   * @param label the label
   * @return the class index, from 0
   * @throws InvalidInputException if no class has the label
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
   * @param labels the labels
   * @return one index per label, from 0
   * @throws InvalidInputException if no class has one of the labels
   */
  public int[] indices(List<String> labels) {
    return labels.stream().mapToInt(this::index).toArray();
  }

  /**
   * Describes the classes that several labels share.
   *
   * @return one entry per such class, as {@code "labels 1, 2 are class 0"}
   */
  public List<String> merged() {
    Map<Integer, Long> counts =
        indexOf.values().stream()
            .collect(Collectors.groupingBy(index -> index, Collectors.counting()));
    return IntStream.range(0, classes())
        .filter(index -> counts.getOrDefault(index, 0L) > 1)
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
