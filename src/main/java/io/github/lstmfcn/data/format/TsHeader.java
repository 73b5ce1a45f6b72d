package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The directives of a {@code .ts} file that affect reading; others are skipped. */
public final class TsHeader {
  private final Place place;
  private final boolean labelled;
  private long line;
  private int dimensions = -1;
  private Boolean univariate;
  private Boolean equalLength;
  private Boolean timeStamps;
  private Boolean classLabel;
  private long classLabelLine;
  private int seriesLength = -1;
  private final Set<String> labels = new HashSet<>();

  /** The label that is spelled so in some case; empty where several are. */
  private final Map<String, String> alike = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private TsHeader(Place place, boolean labelled) {
    this.place = place;
    this.labelled = labelled;
  }

  /**
   * Reads up to the line {@code @data}.
   *
   * @param labelled whether labels are required
   * @throws InvalidInputException if the directives are invalid or contradict each other
   */
  static TsHeader read(LineReader lines, boolean labelled) throws IOException {
    TsHeader header = new TsHeader(lines.place(), labelled);
    for (String line = lines.next(); line != null; line = lines.next()) {
      header.line = lines.lines();
      String content = line.strip();
      if (content.isEmpty() || isComment(content)) {
        continue;
      }
      if (!content.startsWith("@")) {
        throw header.error("a directive (@...)", NumberText.shown(content), "@data comes first");
      }
      String[] words = content.split("\\s+", -1);
      String directive = words[0].toLowerCase(Locale.ROOT);
      if (directive.equals("@data")) {
        header.check();
        return header;
      }
      header.take(directive, words);
    }
    throw new InvalidInputException(
        lines.place().file(), lines.place().prefix(), "a line @data", "none", "");
  }

  /** The header of multivariate rows that come without directives. */
  static TsHeader missing(Place place, boolean hasLabels) {
    TsHeader header = new TsHeader(place, false);
    header.univariate = false;
    header.classLabel = hasLabels;
    return header;
  }

  /** Whether a line without surrounding blanks is a comment. */
  public static boolean isComment(String content) {
    return content.startsWith("#") || content.startsWith("%");
  }

  private void take(String directive, String[] words) {
    switch (directive) {
      case "@dimensions", "@dimension" -> dimensions = length(words);
      case "@univariate" -> univariate = bool(words);
      case "@equallength" -> equalLength = bool(words);
      case "@timestamps" -> timeStamps = bool(words);
      case "@missing" -> bool(words);
      case "@serieslength" -> seriesLength = length(words);
      case "@targetlabel" -> {
        if (bool(words)) {
          throw error("a class label", "a regression target", "this is a classifier");
        }
      }
      case "@classlabel" -> takeClasses(words);
      default -> {}
    }
  }

  private boolean bool(String[] words) {
    boolean on = words.length > 1 && words[1].equalsIgnoreCase("true");
    if (!on && !(words.length > 1 && words[1].equalsIgnoreCase("false"))) {
      throw error(words[0] + " true or false", found(words), "");
    }
    return on;
  }

  private int length(String[] words) {
    if (words.length < 2 || !words[1].matches("[0-9]{1,9}")) {
      throw error(words[0] + " and a number", found(words), "");
    }
    return Integer.parseInt(words[1]);
  }

  private static String found(String[] words) {
    return NumberText.shown(String.join(" ", words));
  }

  private void takeClasses(String[] words) {
    classLabel = bool(words);
    classLabelLine = line;
    Stream.of(words)
        .skip(2)
        .flatMap(word -> Stream.of(word.split(",")))
        .filter(word -> !word.isEmpty())
        .map(NumberText::label)
        .forEach(this::takeClass);
    if (classLabel && labels.isEmpty()) {
      throw error(
          words[0] + " true and the labels", found(words), "name them, with blanks between");
    }
    if (labels.stream().anyMatch(label -> label.indexOf('\uFFFD') >= 0)) {
      throw error("labels in UTF-8", found(words), "save the file as UTF-8");
    }
  }

  private void takeClass(String label) {
    if (label.length() > LabelCheck.LONGEST) {
      throw error(LabelCheck.SHORT, NumberText.shown(label), "");
    }
    if (labels.add(label)) {
      alike.merge(label, label, (one, other) -> "");
    }
    if (labels.size() > LabelCheck.MOST) {
      throw error("at most " + LabelCheck.MOST + " labels", "more", "");
    }
  }

  private void check() {
    if (dimensions == 0 || (dimensions > 1 && Boolean.TRUE.equals(univariate))) {
      throw whole(
          dimensions == 0 ? "at least 1 dimension" : "@dimensions 1, as @univariate true says",
          Integer.toString(dimensions),
          "");
    }
    if (isMultivariate() && dimensions < 0 && !labelled && classLabel == null) {
      throw whole(
          "@classLabel or @dimensions",
          "neither",
          "they tell whether the last part of a line is a label or a variable");
    }
    if (labelled && Boolean.FALSE.equals(classLabel)) {
      throw place.at(
          classLabelLine,
          "@classLabel true",
          "'@classLabel false': the series have no labels",
          "predict reads it");
    }
  }

  private InvalidInputException whole(String expected, String found, String remedy) {
    return new InvalidInputException(place.file(), place.prefix(), expected, found, remedy);
  }

  private InvalidInputException error(String expected, String found, String remedy) {
    return place.at(line, expected, found, remedy);
  }

  /** Whether series may have several variables. */
  boolean isMultivariate() {
    return dimensions > 1 || Boolean.FALSE.equals(univariate);
  }

  /** The number of variables of every series, if the header states it. */
  Optional<Integer> variables() {
    return dimensions < 0 ? Optional.empty() : Optional.of(dimensions);
  }

  /** Whether every series has a label; empty if the header does not say. */
  Optional<Boolean> hasLabels() {
    return Optional.ofNullable(classLabel);
  }

  boolean isLabelNeeded() {
    return labelled;
  }

  boolean isEqualLength() {
    return Boolean.TRUE.equals(equalLength);
  }

  /** The number of steps of every series, if the header states it. */
  Optional<Integer> length() {
    boolean fixed = seriesLength >= 0 && !Boolean.FALSE.equals(equalLength);
    return fixed ? Optional.of(seriesLength) : Optional.empty();
  }

  /** Whether values have time stamps; empty if the header does not say. */
  Optional<Boolean> hasTimeStamps() {
    return Optional.ofNullable(timeStamps);
  }

  /**
   * The label as the header spells it, matched regardless of case if that is unique. Empty if the
   * header lists labels and this is none of them.
   */
  Optional<String> declared(String label) {
    if (labels.isEmpty() || labels.contains(label)) {
      return Optional.of(label);
    }
    return Optional.ofNullable(alike.get(label)).filter(only -> !only.isEmpty());
  }
}
