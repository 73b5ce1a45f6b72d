package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The attributes of an {@code .arff} file, and which of them is the label. */
final class ArffHeader {
  /** The maximum number of attributes, far beyond the steps of any published series. */
  private static final int MOST = 1 << 18;

  private final Place place;
  private final TableLayout layout;
  private final List<Attribute> attributes = new ArrayList<>();
  private long line;
  private int label = -1;

  /** The relational attribute; null if there is none. */
  private Attribute relation;

  /** Whether the attributes of the relation are being declared. */
  private boolean inRelation;

  private long relationLine;

  /** The number of attributes of the relation, which are the steps of each variable. */
  private int relationSteps;

  private ArffHeader(Place place, TableLayout layout) {
    this.place = place;
    this.layout = layout;
  }

  /** The type of an attribute, as far as it matters here. */
  private enum Kind {
    NUMERIC,
    NOMINAL,
    RELATIONAL,
    OTHER
  }

  /** An attribute; only a nominal one has labels. */
  private record Attribute(
      String name, Kind kind, String type, Set<String> labels, long line, boolean ignored) {}

  /**
   * Reads up to the line {@code @data}.
   *
   * @param labelled whether labels are required
   * @throws InvalidInputException if the attributes are not those of labelled series
   */
  static ArffHeader read(LineReader lines, TableLayout layout, boolean labelled)
      throws IOException {
    ArffHeader header = new ArffHeader(lines.place(), layout);
    for (String line = lines.next(); line != null; line = lines.next()) {
      header.line = lines.lines();
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("%")) {
        continue;
      }
      switch (firstWord(content)) {
        case "@data" -> {
          header.resolve(labelled);
          return header;
        }
        case "@relation" -> {}
        case "@attribute" -> header.take(content.substring("@attribute".length()).strip());
        case "@end" -> header.endRelation(content);
        default ->
            throw header.error("@relation, @attribute or @data", NumberText.shown(content), "");
      }
    }
    throw new InvalidInputException(
        lines.place().file(), lines.place().prefix(), "a line @data", "none", "");
  }

  private static String firstWord(String content) {
    int end = 0;
    while (end < content.length() && !Character.isWhitespace(content.charAt(end))) {
      end++;
    }
    return content.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private void take(String declaration) {
    int end = nameEnd(declaration);
    String name = declaration.substring(0, end);
    if (end > 1 && (name.startsWith("'") || name.startsWith("\""))) {
      name = ArffTokens.unescaped(name.substring(1, end - 1));
    }
    String type = ArffTokens.withoutComment(declaration.substring(end));
    if (name.isEmpty() || type.isEmpty()) {
      throw error("@attribute, a name and a type", NumberText.shown(declaration), "");
    }
    if (inRelation) {
      takeStep(name, type);
      return;
    }
    boolean ignored = isIgnored(name, attributes.size() + 1);
    Attribute attribute =
        type.startsWith("{")
            ? new Attribute(name, Kind.NOMINAL, type, nominal(type), line, ignored)
            : new Attribute(name, kind(type), type, Set.of(), line, ignored);
    if (attribute.kind == Kind.RELATIONAL) {
      if (relation != null) {
        throw error("one relational attribute", NumberText.shown(name) + " as another", "");
      }
      relation = ignored ? null : attribute;
      relationLine = line;
      inRelation = true;
    }
    boolean label = attributes.size() + 1 == labelNumber() || name.equals(layout.labelColumn());
    if (attribute.kind == Kind.OTHER && !ignored && !label) {
      throw error(
          "a numeric or nominal attribute",
          NumberText.shown(type),
          "--ignore-column leaves an attribute out");
    }
    if (attributes.size() == MOST) {
      throw error("at most " + MOST + " attributes", "more", "");
    }
    attributes.add(attribute);
  }

  private void takeStep(String name, String type) {
    if (kind(type) != Kind.NUMERIC) {
      throw error(
          "numeric attributes in the relational one of line %s, one per step, or @end"
              .formatted(relationLine),
          NumberText.shown(name) + " of type " + NumberText.shown(type),
          "");
    }
    relationSteps += relation == null ? 0 : 1;
  }

  private void endRelation(String content) {
    if (!inRelation || (relation != null && relationSteps == 0)) {
      throw error(
          inRelation ? "the attributes of the relation" : "@attribute or @data",
          NumberText.shown(content),
          "");
    }
    inRelation = false;
  }

  private static int nameEnd(String declaration) {
    if (declaration.startsWith("'") || declaration.startsWith("\"")) {
      return ArffTokens.closingQuote(declaration, 0) + 1;
    }
    int end = 0;
    while (end < declaration.length()
        && !Character.isWhitespace(declaration.charAt(end))
        && declaration.charAt(end) != '{') {
      end++;
    }
    return end;
  }

  private static Kind kind(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (firstWord(lower).equals("relational")) {
      return Kind.RELATIONAL;
    }
    for (String word : List.of("numeric", "integer", "real")) {
      String rest = lower.startsWith(word) ? lower.substring(word.length()).strip() : "?";
      if (rest.isEmpty() || (rest.startsWith("[") && rest.endsWith("]"))) {
        return Kind.NUMERIC;
      }
    }
    return Kind.OTHER;
  }

  private Set<String> nominal(String type) {
    int close = ArffTokens.indexOutsideQuotes(type, '}', 1);
    if (close < 0 || !type.substring(close + 1).isBlank()) {
      throw error("labels between { and }", NumberText.shown(type), "");
    }
    String between = type.substring(1, close);
    if (between.isBlank()) {
      throw error("labels between { and }", "none", "");
    }
    Set<String> labels = new HashSet<>();
    for (ArffTokens.Token token : tokens(between)) {
      String label = NumberText.label(token.text());
      if (label.isEmpty() || label.indexOf('\uFFFD') >= 0) {
        throw error("labels in UTF-8, none empty", NumberText.shown(type), "");
      }
      if (label.length() > LabelCheck.LONGEST || labels.size() >= LabelCheck.MOST) {
        throw error(
            "at most %s labels of at most %s characters"
                .formatted(LabelCheck.MOST, LabelCheck.LONGEST),
            "more",
            "");
      }
      if (!labels.add(label)) {
        throw error("each label once", NumberText.shown(token.text()) + " again", "");
      }
    }
    return labels;
  }

  private List<ArffTokens.Token> tokens(String text) {
    try {
      return ArffTokens.of(text, LabelCheck.MOST);
    } catch (IllegalArgumentException problem) {
      throw error("labels separated by commas", problem.getMessage(), "");
    }
  }

  private boolean isIgnored(String name, int number) {
    return layout.ignoredColumns().contains(name)
        || layout.ignoredColumns().contains(Integer.toString(number))
        || (number == 1 && layout.ignoredColumns().contains("first"));
  }

  /**
   * The number of the label's attribute, if the layout gives it by one that is already known; else
   * -1.
   */
  private int labelNumber() {
    String column = layout.labelColumn();
    return column == null
        ? -1
        : column.equals("first") ? 1 : column.matches("[0-9]{1,9}") ? Integer.parseInt(column) : -1;
  }

  private void resolve(boolean labelled) {
    if (inRelation) {
      throw error("@end of the relational attribute before @data", "none", "");
    }
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      if (layout.labelColumn() == null && attribute.kind == Kind.NOMINAL && !attribute.ignored) {
        if (label >= 0) {
          throw place.at(
              attribute.line,
              "the nominal class as the last or only nominal attribute",
              "%s after %s"
                  .formatted(
                      NumberText.shown(attribute.name),
                      NumberText.shown(attributes.get(label).name)),
              "--label-column says which is the class, --ignore-column leaves the other out");
        }
        label = i;
      }
    }
    if (layout.namesLabelColumn()) {
      label = namedLabel();
    }
    int steps = steps();
    if (steps == 0 || (labelled && label < 0)) {
      throw error(
          "numeric attributes, then a nominal class",
          steps + " numeric, " + (label >= 0 ? "a class" : "no class"),
          label >= 0 || layout.namesLabelColumn()
              ? ""
              : "--label-column says which attribute is the class");
    }
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      if (relation != null && attribute.kind == Kind.NUMERIC && !attribute.ignored && i != label) {
        throw place.at(
            attribute.line,
            "no values beside the relational attribute",
            NumberText.shown(attribute.name),
            "--ignore-column leaves it out");
      }
      if (i != label
          && !attribute.ignored
          && attribute.kind != Kind.NUMERIC
          && attribute.kind != Kind.RELATIONAL) {
        throw place.at(
            attribute.line,
            "numeric attributes beside the class",
            NumberText.shown(attribute.name) + ", which is not numeric",
            "--ignore-column leaves it out");
      }
    }
  }

  private int namedLabel() {
    String column = layout.labelColumn();
    int found = -1;
    for (int i = 0; i < attributes.size(); i++) {
      found = attributes.get(i).name.equals(column) ? i : found;
    }
    if (found < 0) {
      int number = column.equals("last") ? attributes.size() : labelNumber();
      found = number <= attributes.size() ? number - 1 : -1;
    }
    if (found < 0 || attributes.get(found).ignored) {
      throw new InvalidInputException(
          place.file(),
          "--label-column",
          "the name or number of one of the " + attributes.size() + " attributes",
          NumberText.shown(column),
          "");
    }
    return found;
  }

  private InvalidInputException error(String expected, String found, String remedy) {
    return place.at(line, expected, found, remedy);
  }

  /** The number of attributes. */
  int size() {
    return attributes.size();
  }

  /** Whether the attribute has all values of a series, variable by variable. */
  boolean isRelation(int attribute) {
    return attributes.get(attribute).kind == Kind.RELATIONAL;
  }

  boolean isMultivariate() {
    return relation != null;
  }

  /** The number of attributes that are values; with a relation, of the steps of each variable. */
  int steps() {
    if (relation != null) {
      return relationSteps;
    }
    int steps = 0;
    for (int i = 0; i < attributes.size(); i++) {
      boolean value = i != label && attributes.get(i).kind == Kind.NUMERIC;
      steps += value && !attributes.get(i).ignored ? 1 : 0;
    }
    return steps;
  }

  /** Whether an attribute is the label. */
  boolean isLabel(int attribute) {
    return attribute == label;
  }

  boolean hasLabel() {
    return label >= 0;
  }

  boolean isIgnored(int attribute) {
    return attributes.get(attribute).ignored;
  }

  /** The labels that the header names; empty if it names none. */
  Optional<Set<String>> labels() {
    Set<String> named = label < 0 ? Set.of() : attributes.get(label).labels;
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }
}
