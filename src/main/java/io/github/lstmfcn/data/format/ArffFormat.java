package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Weka's {@code .arff} format: numeric attributes, one per step, and a nominal attribute, the
 * class. In multivariate series a relational attribute contains the numeric ones, and its value has
 * one line per variable, {@code '1,2\n3,4'}. Rows are divided into fields as Weka and SciPy do it.
 */
public final class ArffFormat implements RowParser {
  private final ArffHeader header;
  private final boolean labelled;
  private final SeriesBuilder series;
  private int expectedVariables = -1;

  private ArffFormat(ArffHeader header, boolean labelled, Place place) {
    this.header = header;
    this.labelled = labelled;
    series = new SeriesBuilder(place);
  }

  /**
   * Reads the header and returns the parser of the rows.
   *
   * @param lines the lines of the file, from the first on
   * @param layout which attribute is the label and which are ignored
   * @param labelled whether labels are required
   * @return the parser
   * @throws IOException if the file cannot be read
   */
  public static ArffFormat of(LineReader lines, TableLayout layout, boolean labelled)
      throws IOException {
    return new ArffFormat(ArffHeader.read(lines, layout, labelled), labelled, lines.place());
  }

  @Override
  public Optional<Row> parse(String line, long number) {
    String content = line.strip();
    if (content.isEmpty() || content.startsWith("%")) {
      return Optional.empty();
    }
    series.begin(number);
    if (content.startsWith("{")) {
      throw series.error(
          "all values of a series", "a sparse row", "write it in full (Weka: SparseToNonSparse)");
    }
    List<ArffTokens.Token> tokens = tokens(content, header.size());
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    String label = "";
    for (int i = 0; i < Math.min(tokens.size(), header.size()); i++) {
      ArffTokens.Token token = tokens.get(i);
      if (header.isLabel(i)) {
        label = label(token, tokens.size());
      } else if (header.isRelation(i) && !header.isIgnored(i)) {
        addVariables(token.text());
      } else if (!header.isIgnored(i)) {
        addValue(token, i + 1);
      }
    }
    if (tokens.size() > header.size()) {
      throw series.error(
          header.size() + 1, expectedFields(), "another value", "see the header's attributes");
    }
    if (tokens.size() < header.size()) {
      throw series.error(expectedFields(), tokens.size() + " values", "see the header");
    }
    return Optional.of(series.row(label));
  }

  private List<ArffTokens.Token> tokens(String content, int most) {
    try {
      return ArffTokens.of(content, most);
    } catch (IllegalArgumentException problem) {
      throw series.error(expectedFields(), problem.getMessage(), "");
    }
  }

  private String expectedFields() {
    return (header.isMultivariate() ? "a relation in quotes" : header.steps() + " values")
        + (header.hasLabel() ? " and a class" : "");
  }

  private void addVariables(String relation) {
    int variables = 0;
    for (String line : relation.lines().toList()) {
      series.beginVariable();
      variables++;
      List<ArffTokens.Token> values = tokens(line, header.steps());
      for (ArffTokens.Token value : values) {
        addValue(value, series.count() + 1);
      }
      if (values.size() != header.steps()) {
        throw series.error(
            header.steps() + " values, as the relation has attributes",
            values.size() > header.steps() ? "more" : Integer.toString(values.size()),
            "write ? where a value is missing");
      }
    }
    if (variables == 0) {
      throw series.error("a line of values per variable", "an empty relation", "");
    }
    series.endVariables();
    if (expectedVariables >= 0 && variables != expectedVariables) {
      throw series.error(
          expectedVariables
              + (expectedVariables == 1 ? " variable" : " variables")
              + ", as in the first series",
          Integer.toString(variables),
          "");
    }
    expectedVariables = variables;
  }

  private void addValue(ArffTokens.Token token, int column) {
    if (token.text().isEmpty()) {
      throw series.error(column, "a value", "an empty field", "write ? where a value is missing");
    }
    series.add(token.text().toCharArray(), 0, token.text().length(), column);
  }

  private String label(ArffTokens.Token token, int fields) {
    String label = series.label(token.text());
    boolean missing = !token.quoted() && NumberText.isMissing(label);
    boolean named = header.labels().map(labels -> labels.contains(label)).orElse(!missing);
    if (missing && !labelled && !named) {
      return "";
    }
    if (label.isEmpty() || !named) {
      if (fields < header.size()) {
        throw series.error(expectedFields(), fields + " values", "see the header");
      }
      throw series.error("a class that the header names", NumberText.shown(label), "");
    }
    return label;
  }
}
