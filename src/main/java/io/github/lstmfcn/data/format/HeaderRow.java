package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether the first row of delimited text is a header. A row that consists of names only is
 * a header, as it cannot be a series; if a row could be either, the user has to decide.
 */
final class HeaderRow {
  private static final Set<String> LABEL_NAMES =
      Set.of("label", "labels", "class", "classes", "classlabel", "class_label", "target", "y");
  private static final Set<String> INDEX_NAMES = Set.of("", "index", "id", "unnamed: 0");

  /** The number of columns from which on 0, 1, 2, … is unlikely to be a series. */
  private static final int MANY = 8;

  private HeaderRow() {}

  /** Whether no field can be a number and all fields differ. */
  static boolean isUnmistakable(List<String> fields) {
    return fields.size() > 2
        && fields.stream().noneMatch(HeaderRow::couldBeValue)
        && new HashSet<>(fields).size() == fields.size();
  }

  /** Whether a field begins like a number or stands for a missing value. */
  static boolean couldBeValue(String field) {
    boolean number = !field.isEmpty() && "+-.,0123456789".indexOf(field.charAt(0)) >= 0;
    return number
        || NumberText.isMissing(field)
        || field.toLowerCase(Locale.ROOT).startsWith("inf");
  }

  /**
   * Whether a row could be a header: its numbers count the columns or form a scale, or its label is
   * a usual name of the label column.
   */
  static boolean isPossible(List<String> fields) {
    List<String> others = fields.stream().filter(field -> !isWholeNumber(field)).toList();
    List<String> numbers = fields.stream().filter(HeaderRow::isWholeNumber).toList();
    boolean labelName = !others.isEmpty() && isLabelName(others.get(0)) && fields.size() > 1;
    boolean counts = counts(numbers, 0) || counts(numbers, 1);
    boolean named = !others.isEmpty();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      boolean atAnEnd = i < 2 || i == fields.size() - 1;
      named &= isWholeNumber(field) || (atAnEnd && (isLabelName(field) || isIndexName(field)));
    }
    return (labelName && others.size() == 1)
        || (counts && numbers.size() > 2 && named)
        || (counts && numbers.size() >= MANY && others.size() <= 1)
        || (numbers.size() > MANY && others.isEmpty() && counts(numbers.subList(1, numbers.size())))
        || isScale(fields);
  }

  /**
   * Whether all fields, except possibly the first or last, are evenly spaced numbers, as times are.
   */
  private static boolean isScale(List<String> fields) {
    int count = fields.size();
    return count > MANY
        && (isEvenlySpaced(fields)
            || isEvenlySpaced(fields.subList(1, count))
            || isEvenlySpaced(fields.subList(0, count - 1)));
  }

  private static boolean isEvenlySpaced(List<String> fields) {
    double[] numbers = new double[fields.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = NumberText.number(fields.get(i)).map(BigDecimal::doubleValue).orElse(Double.NaN);
    }
    double step = (numbers[numbers.length - 1] - numbers[0]) / (numbers.length - 1);
    for (int i = 0; i < numbers.length; i++) {
      if (!(Math.abs(numbers[i] - numbers[0] - i * step) < 0.01 * step)) {
        return false;
      }
    }
    return true;
  }

  private static boolean counts(List<String> numbers) {
    return counts(numbers, 0) || counts(numbers, 1);
  }

  private static boolean counts(List<String> numbers, int first) {
    for (int i = 0; i < numbers.size(); i++) {
      if (!numbers.get(i).equals(Integer.toString(first + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWholeNumber(String field) {
    return field.length() <= 9
        && !field.isEmpty()
        && field.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  static boolean isLabelName(String name) {
    return LABEL_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  static boolean isIndexName(String name) {
    return INDEX_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether all names are equal except for a number, so that none of them can be the label's. */
  static boolean areNumbered(List<String> names) {
    String stem = stem(names.get(0));
    return names.size() > 1
        && names.stream().allMatch(name -> !stem(name).equals(name) && stem(name).equals(stem));
  }

  /** A name without the digits at its end. */
  private static String stem(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    return name.substring(0, end);
  }
}
