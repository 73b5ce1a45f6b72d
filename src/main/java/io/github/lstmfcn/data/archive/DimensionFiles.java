package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Multivariate series in one univariate file per variable, as the UEA archive has them: {@code
 * XDimension1_TRAIN.arff}, {@code XDimension2_TRAIN.arff}, … in one folder. The first file stands
 * for all of them.
 *
 * @param set the name of the dataset
 * @param files the file of each variable
 */
record DimensionFiles(String set, List<Path> files) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<set>.+)Dimension(?<number>[1-9][0-9]{0,5})(?<rest>_(TRAIN|TEST)\\.arff(\\.gz)?)",
          Pattern.CASE_INSENSITIVE);

  /** Whether a file is one of several, but not the first of them. */
  static boolean isFurther(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        && !name.group("number").equals("1")
        && Files.isRegularFile(
            file.resolveSibling(name.group("set") + "Dimension1" + name.group("rest")));
  }

  /**
   * The files that a file stands for; empty unless it is the first of several.
   *
   * @throws InvalidInputException if one is missing between the first and the last
   */
  static Optional<DimensionFiles> of(Path file) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (!name.matches() || !name.group("number").equals("1") || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Map<Integer, Path> found = new TreeMap<>(Map.of(1, file));
    try (Stream<Path> beside = Files.list(file.toAbsolutePath().getParent())) {
      for (Path other : beside.toList()) {
        Matcher further = NAME.matcher(other.getFileName().toString());
        if (further.matches()
            && further.group("set").equals(name.group("set"))
            && further.group("rest").equalsIgnoreCase(name.group("rest"))
            && !further.group("number").equals("1")) {
          found.put(
              Integer.parseInt(further.group("number")), file.resolveSibling(other.getFileName()));
        }
      }
    }
    for (int number = 1; number <= found.size(); number++) {
      if (!found.containsKey(number)) {
        throw new InvalidInputException(
            file,
            "",
            "a file per dimension beside it, numbered from 1",
            "no dimension " + number,
            "copy it there");
      }
    }
    return found.size() == 1
        ? Optional.empty()
        : Optional.of(new DimensionFiles(name.group("set"), List.copyOf(found.values())));
  }

  /**
   * Puts the variables together.
   *
   * @param variables a univariate dataset per file
   * @throws InvalidInputException if the files differ in labels or lengths
   */
  Dataset together(List<Dataset> variables) {
    Dataset first = variables.get(0);
    float[][][] series = new float[first.size()][variables.size()][];
    for (int variable = 0; variable < variables.size(); variable++) {
      Dataset data = variables.get(variable);
      if (data.variables() != 1) {
        throw new InvalidInputException(
            data.source(), "", "univariate series in a file of one dimension", "multivariate", "");
      }
      if (data.size() != first.size()) {
        throw differs(data, "", first.size() + " series", data.size() + "");
      }
      for (int row = 0; row < data.size(); row++) {
        String place = "series " + (row + 1);
        float[] steps = data.series()[row][0];
        if (!data.labels().get(row).equals(first.labels().get(row))) {
          throw differs(
              data,
              place,
              "label " + NumberText.shown(first.labels().get(row)),
              NumberText.shown(data.labels().get(row)));
        }
        if (steps.length != first.series()[row][0].length) {
          throw differs(data, place, first.series()[row][0].length + " steps", steps.length + "");
        }
        series[row][variable] = steps;
      }
    }
    return new Dataset(set, first.source(), first.labels(), series);
  }

  private InvalidInputException differs(Dataset data, String place, String expected, String found) {
    return new InvalidInputException(
        data.source(),
        place,
        expected + ", as in " + files.get(0).getFileName(),
        found,
        "the files of all dimensions must have the same series in the same order");
  }
}
