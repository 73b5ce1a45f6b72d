package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the column of labels can contain labels. In a file that does not declare its classes,
 * a column of values, of row numbers or of names could be mistaken for it.
 */
public final class LabelCheck {
  /** The maximum number of characters of a label. */
  public static final int LONGEST = 1000;

  static final String SHORT = "a label of at most " + LONGEST + " characters";

  /** The maximum number of different labels. */
  public static final int MOST = 10_000;

  private static final String EXPECTED = "class labels";
  private static final String REMEDY = "is the label in another column? --label-column";

  /**
   * The number of rows from which on it is no coincidence that there are as many classes as rows.
   */
  private static final int FEW = 4;

  /** More labels than a small dataset has, most of which occur only once. */
  private static final int MANY = 20;

  private LabelCheck() {}

  /**
   * Refuses labels that cannot be class labels.
   *
   * @param set the name of the dataset
   * @param file the file, for messages
   * @param labels one label per series
   * @param series the series
   * @param columnNamed whether the user named the column of the labels
   * @throws InvalidInputException if the labels look continuous, count the rows or differ in almost
   *     every row
   */
  public static void check(
      String set, Path file, List<String> labels, List<float[]> series, boolean columnNamed) {
    Set<String> distinct = new HashSet<>(labels);
    List<Optional<BigDecimal>> numbers = distinct.stream().map(NumberText::number).toList();
    long fractions =
        numbers.stream()
            .flatMap(Optional::stream)
            .filter(n -> n.stripTrailingZeros().scale() > 0)
            .count();
    boolean mostDiffer = 2 * distinct.size() > labels.size();
    if ((fractions > 1 && mostDiffer) || fractions >= MANY) {
      throw refusal(file, "labels that look numeric and continuous " + some(labels));
    }
    boolean allDiffer = distinct.size() == labels.size();
    if (allDiffer && labels.size() > 2 && series.stream().allMatch(row -> row.length == 1)) {
      throw new InvalidInputException(
          file,
          "",
          "a label and the values of a series per line",
          "one value per line and as many labels as lines " + some(labels),
          "a series is one line with all its values");
    }
    if (columnNamed || isPublished(set, distinct.size())) {
      return;
    }
    boolean numeric = numbers.stream().allMatch(Optional::isPresent);
    if (allDiffer && labels.size() >= FEW && (counts(labels) || !numeric)) {
      throw refusal(file, "as many labels as series " + some(labels));
    }
    if (mostDiffer && distinct.size() >= MANY) {
      throw refusal(
          file,
          "%s labels on %s series %s".formatted(distinct.size(), labels.size(), some(labels)));
    }
  }

  /**
   * Refuses a first label that is a word where all others are numbers.
   *
   * @param file the file, for messages
   * @param labels one label per series
   * @throws InvalidInputException if the first label is such a word
   */
  public static void checkFirst(Path file, List<String> labels) {
    boolean word = NumberText.number(labels.get(0)).isEmpty();
    boolean numbers =
        labels.subList(1, labels.size()).stream()
            .allMatch(label -> NumberText.number(label).isPresent());
    if (word && numbers && labels.size() > 2) {
      throw new InvalidInputException(
          file,
          "series 1",
          "a number as its label, as all others have",
          NumberText.shown(labels.get(0)),
          "this looks like a header: --header reads it as one, --no-header as a series");
    }
  }

  /**
   * Refuses a first column of values that counts the rows.
   *
   * @param file the file, for messages
   * @param series the series
   * @throws InvalidInputException if the first column counts the rows
   */
  public static void checkIndex(Path file, List<float[]> series) {
    for (int first = 0; first <= 1; first++) {
      int rows = 0;
      while (rows < series.size() && series.get(rows)[0] == first + rows) {
        rows++;
      }
      if (rows == series.size() && rows >= FEW) {
        throw new InvalidInputException(
            file,
            "",
            "series",
            "a first value that counts them (%s, %s, …)".formatted(first, first + 1),
            "--ignore-column leaves a column out");
      }
    }
  }

  private static InvalidInputException refusal(Path file, String found) {
    return new InvalidInputException(file, "", EXPECTED, found, REMEDY);
  }

  /**
   * Whether the labels are those of a published dataset, some of which have only one series per
   * class.
   */
  private static boolean isPublished(String set, int classes) {
    return UcrCatalog.published().find(set).filter(known -> known.classes() == classes).isPresent();
  }

  private static boolean counts(List<String> labels) {
    for (int first = 0; first <= 1; first++) {
      int row = 0;
      while (row < labels.size() && labels.get(row).equals(Integer.toString(first + row))) {
        row++;
      }
      if (row == labels.size()) {
        return true;
      }
    }
    return false;
  }

  private static String some(List<String> labels) {
    List<String> shown = labels.stream().distinct().limit(3).map(NumberText::shown).toList();
    return "(" + String.join(", ", shown) + (labels.size() > shown.size() ? ", …)" : ")");
  }
}
