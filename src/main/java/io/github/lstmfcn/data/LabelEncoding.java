package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How labels become class indices. */
public enum LabelEncoding {
  /** One class per label, ordered by number if all labels are numbers, else as text. */
  SORTED {
    @Override
    ClassLabels fitDistinct(List<String> labels) {
      return ClassLabels.sorted(labels);
    }
  },

  /**
   * The encoding of the original code: {@code (y - min) / (max - min) * (classes - 1)} in float64,
   * truncated to an integer, over the split that is fitted. Labels that are not evenly spaced, and
   * some that are (2, 3, 5, 9, 17, 28 and 33 of 1 to 50), fall into the class below, so that some
   * labels share a class and some classes stay empty. Use it only to reproduce reported results.
   */
  UPSTREAM {
    @Override
    ClassLabels fitDistinct(List<String> labels) {
      double[] numbers = labels.stream().mapToDouble(LabelEncoding::numberForUpstream).toArray();
      double min = Arrays.stream(numbers).min().orElseThrow();
      double max = Arrays.stream(numbers).max().orElseThrow();
      if (min == max) {
        throw new InvalidInputException(
            null,
            "labels",
            "at least two classes (upstream's encoding divides by their distance)",
            "only label " + labels.get(0),
            "use the sorted encoding");
      }
      List<String> names = new ArrayList<>(Collections.nCopies(labels.size(), ""));
      Map<String, Integer> indexOf = new LinkedHashMap<>();
      for (int i = 0; i < numbers.length; i++) {
        int index = (int) ((numbers[i] - min) / (max - min) * (labels.size() - 1));
        indexOf.put(labels.get(i), index);
        names.set(
            index,
            names.get(index).isEmpty() ? labels.get(i) : names.get(index) + "|" + labels.get(i));
      }
      return new ClassLabels(this, names, indexOf);
    }
  };

  /**
   * Determines the classes of a dataset's labels.
   *
   * @param data the dataset
   * @return the classes
   * @throws InvalidInputException if there is no label; under {@link #UPSTREAM}, if a label is not
   *     a number or all labels are equal
   */
  public ClassLabels fit(Dataset data) {
    return fit(data.labels());
  }

  /**
   * Determines the classes of labels.
   *
   * @param labels the labels, each of which may occur many times
   * @return the classes
   * @throws InvalidInputException if there is no label; under {@link #UPSTREAM}, if a label is not
   *     a number or all labels are equal
   */
  public ClassLabels fit(List<String> labels) {
    if (labels.isEmpty()) {
      throw new InvalidInputException(null, "labels", "at least one", "none", "");
    }
    List<String> distinct = labels.stream().map(NumberText::label).distinct().toList();
    return fitDistinct(distinct.stream().sorted(order(distinct)).toList());
  }

  /** Determines the classes of distinct, sorted labels. */
  abstract ClassLabels fitDistinct(List<String> labels);

  static Comparator<String> order(List<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> NumberText.number(label).isPresent());
    Function<String, BigDecimal> number = label -> NumberText.number(label).orElseThrow();
    return numbers
        ? Comparator.comparing(number).thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }

  private static double numberForUpstream(String label) {
    return NumberText.number(label)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    null,
                    "labels",
                    "numbers (upstream's encoding scales them)",
                    NumberText.shown(label),
                    "use the sorted encoding"))
        .doubleValue();
  }
}
