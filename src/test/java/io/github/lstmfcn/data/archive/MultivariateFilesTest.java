package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.AxisOrder;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multivariate series in each format, and what is wrong with them. */
@Timeout(60)
class MultivariateFilesTest {
  private static final String BOTH = "[[[1.0, 2.0], [3.0, 4.0]], [[5.0, NaN], [6.0, 7.0]]]";

  private static final String TS =
      """
      @problemName Two
      @univariate false
      @dimensions 2
      @equalLength false
      @classLabel true a b
      @data
      1,2:3,4:a
      5,?:6,7:b
      """;

  private static final String ARFF =
      """
      @relation Two
      @attribute both relational
        @attribute t1 numeric
        @attribute t2 numeric
      @end both
      @attribute class {a,b}
      @data
      '1,2\\n3,4',a
      "5,?\\n6,7",b
      """;

  private static final String LONG =
      """
      series,step,x,y,label
      one,0,1,3,a
      one,1,2,4,a
      two,0,5,6,b
      two,1,NaN,7,b
      """;

  @TempDir Path folder;

  private Dataset read(String name, String text) {
    return read(name, text, TableLayout.STANDARD);
  }

  private Dataset read(String name, String text, TableLayout layout) {
    return DataSource.of(TextFixture.write(folder, name, text), null, layout).read();
  }

  private static String shown(Dataset data) {
    return Arrays.deepToString(data.series());
  }

  private static SeriesStream stream(String text) {
    return SeriesStream.open(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "stdin");
  }

  private static List<String> all(SeriesStream stream) {
    List<String> series = new ArrayList<>();
    while (stream.hasNext()) {
      try {
        series.add(Arrays.deepToString(stream.next()) + " " + stream.line());
      } catch (InvalidInputException wrong) {
        series.add(wrong.getMessage());
      }
    }
    return series;
  }

  @Test
  void colonsSeparateTheVariablesOfTs() {
    Dataset data = read("Two_TRAIN.ts", TS);

    assertThat(shown(data)).isEqualTo(BOTH);
    assertThat(data.labels()).containsExactly("a", "b");
    assertThat(data.variables()).isEqualTo(2);
    assertThat(shown(read("b.ts", TS.replace("@dimensions 2\n", "")))).isEqualTo(BOTH);
    assertThat(shown(read("c.ts", TS.replace("5,?:6,7:b", "5 , 6, 7:8,9,?: b"))))
        .isEqualTo("[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0, 7.0], [8.0, 9.0, NaN]]]");
  }

  @Test
  void timesAreDroppedInEachVariableOfTs() {
    String stamped =
        TS.replace("1,2:3,4:a", "(0,1),(1,2):(0,3),(1,4):a")
            .replace("5,?:6,7:b", "(0,5),(1,?):(0,6),(1,7):b");

    assertThat(shown(read("a.ts", stamped))).isEqualTo(BOTH);
    assertThat(shown(read("b.ts", stamped.replaceAll("\\((\\d),", "(2024-01-01 10:00:0$1,"))))
        .isEqualTo(BOTH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2:3,4:a|1,2:3:a|line 7, variable 2: expected 2 values, as in variable 1, found 1",
        "1,2:3,4:a|1,2:3,4,5:a|line 7, variable 2: expected 2 values, as in variable 1, found 3",
        "1,2:3,4:a|1,2:a|line 7: expected 2 dimensions, as @dimensions says, and a label, found 1",
        "1,2:3,4:a|1,2:3,4:5,6:a|line 7: expected 2 dimensions, as @dimensions says",
        "1,2:3,4:a|1,2:?,NaN:a|line 7, variable 2: expected at least one value, found only missing",
        "1,2:3,4:a|1,2::a|line 7, variable 2, column 1: expected a finite number, NaN or ?",
        "1,2:3,4:a|1,2:3,x:a|line 7, variable 2, column 2: expected a finite number",
        "1,2:3,4:a|1,2:,4:a|line 7, variable 2, column 1: expected a value, found an empty field",
        "1,2:3,4:a|1,2:3,4:c|line 7: expected a label that @classLabel names, found 'c'",
        "1,2:3,4:a|1,2:3,4:|line 7: expected a label after a colon at the end, found none",
        "@equalLength false|@seriesLength 3|line 7: expected 3 values, as @seriesLength says, found 2",
        "@dimensions 2|@dimensions two|line 3: expected @dimensions and a number",
        "@univariate false|@univariate true|expected @dimensions 1, as @univariate true says, found 2",
      })
  void whatIsWrongInTsIsOneLine(String from, String to, String message) {
    assertThat(TS).contains(from);

    assertThatThrownBy(() -> read("a.ts", TS.replace(from, to)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.ts: " + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void anotherNumberOfVariablesThanInTheFirstRowIsRefused() {
    String open = TS.replace("@dimensions 2\n", "");

    assertThatThrownBy(() -> read("a.ts", open.replace("5,?:6,7:b", "5,?:6,7:8,9:b")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "line 7: expected 2 dimensions, as in the first series, and a label, found 3");
  }

  @Test
  void aTsStreamNeedsNoLabels() {
    String unlabelled = TS.replace(":a\n", "\n").replace(":b\n", "\n");

    assertThat(all(stream(TS)))
        .containsExactly("[[1.0, 2.0], [3.0, 4.0]] 7", "[[5.0, NaN], [6.0, 7.0]] 8");
    assertThat(all(stream(unlabelled.replace("@classLabel true a b", "@classLabel false"))))
        .hasSize(2)
        .allMatch(series -> series.startsWith("[["));
    assertThat(all(stream(unlabelled.replace("@classLabel true a b\n", "")))).hasSize(2);
    assertThat(all(stream(unlabelled.replaceAll("@(classLabel|dimensions).*\n", ""))))
        .singleElement()
        .asString()
        .contains("expected @classLabel or @dimensions, found neither");
  }

  @Test
  void aRelationOfArffHasALinePerVariable() {
    Dataset data = read("Two_TRAIN.arff", ARFF);

    assertThat(shown(data)).isEqualTo(BOTH);
    assertThat(data.labels()).containsExactly("a", "b");
    assertThat(all(stream(ARFF))).hasSize(2).first().isEqualTo("[[1.0, 2.0], [3.0, 4.0]] 8");
    assertThat(shown(read("b.arff", ARFF.replaceAll("(?s)^(.*?)@end both", "$1@END both"))))
        .isEqualTo(BOTH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'1,2\\n3,4'|'1,2\\n3'|line 8, variable 2: expected 2 values, as the relation has attributes",
        "'1,2\\n3,4'|'1,2\\n3,4,5'|line 8, variable 2: expected 2 values, as the relation has",
        "\"5,?\\n6,7\"|'5,6'|line 9: expected 2 variables, as in the first series, found 1",
        "'1,2\\n3,4'|''|line 8: expected a line of values per variable, found an empty relation",
        "'1,2\\n3,4'|'1,2\\n?,?'|line 8, variable 2: expected at least one value, found only missing",
        "'1,2\\n3,4'|'1,2\\n3,x'|line 8, variable 2, column 2: expected a finite number",
        "'1,2\\n3,4',a|'1,2\\n3,4'|line 8: expected a relation in quotes and a class, found 1 values",
        "'1,2\\n3,4',a|'1,2\\n3,4',c|line 8: expected a class that the header names, found 'c'",
        "@end both|@attribute c {1}|line 5: expected numeric attributes in the relational one of line 2",
        "@end both|% none|line 6: expected numeric attributes in the relational one of line 2",
        "@end both|@end both~@attribute z numeric|line 6: expected no values beside the relational",
        "@end both|@end both~@end both|line 6: expected @attribute or @data, found '@end both'",
        "@end both|@end both~@attribute q relational|line 6: expected one relational attribute",
      })
  void whatIsWrongInARelationIsOneLine(String from, String to, String message) {
    assertThat(ARFF).contains(from);

    assertThatThrownBy(() -> read("a.arff", ARFF.replace(from, to.replace("~", "\n"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.arff: " + message)
        .hasMessageNotContaining("\n");
  }

  private void dimension(int number, String first, String second) {
    TextFixture.write(
        folder,
        "Uea/Two/TwoDimension" + number + "_TRAIN.arff",
        "@relation Two\n@attribute t1 numeric\n@attribute t2 numeric\n@attribute class {a,b}\n@data\n"
            + first
            + "\n"
            + second
            + "\n");
  }

  @Test
  void aFilePerDimensionIsOneDataset() {
    dimension(1, "1,2,a", "5,?,b");
    dimension(2, "3,4,a", "6,7,b");

    for (Path place : List.of(folder.resolve("Uea"), folder.resolve("Uea/Two"))) {
      UcrArchive archive = UcrArchive.open(place);
      assertThat(archive.names()).containsExactly("Two");
      Dataset data = archive.read("Two", Split.TRAIN);
      assertThat(shown(data)).isEqualTo(BOTH);
      assertThat(data.name()).isEqualTo("Two");
    }
    assertThat(DatasetFile.isOneOfSeveral(folder.resolve("Uea/Two/TwoDimension1_TRAIN.arff")))
        .isTrue();
    Path second = folder.resolve("Uea/Two/TwoDimension2_TRAIN.arff");
    assertThat(DatasetFile.isOneOfSeveral(second)).isFalse();
    assertThat(DatasetFile.read(second).variables()).isEqualTo(1);
  }

  @Test
  void oneFileOfAllDimensionsIsPreferred() {
    dimension(1, "1,2,a", "5,6,b");
    dimension(2, "3,4,a", "6,7,b");
    TextFixture.write(folder, "Uea/Two/Two_TRAIN.arff", ARFF);

    assertThat(UcrArchive.open(folder.resolve("Uea")).file("Two", Split.TRAIN))
        .hasFileName("Two_TRAIN.arff");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3,4,a|6,7,a|series 2: expected label 'b', as in TwoDimension1_TRAIN.arff, found 'a'",
        "3,4,a|''|expected 2 series, as in TwoDimension1_TRAIN.arff, found 1",
        "3,4,a|?,?,b|line 7: expected at least one value of the series, found only missing",
      })
  void filesOfDimensionsThatDisagreeAreRefused(String first, String second, String message) {
    dimension(1, "1,2,a", "5,?,b");
    dimension(2, first, second);

    assertThatThrownBy(() -> UcrArchive.open(folder.resolve("Uea")).read("Two", Split.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("TwoDimension2_TRAIN.arff: " + message);
  }

  @Test
  void aMissingDimensionIsRefused() {
    dimension(1, "1,2,a", "5,?,b");
    dimension(3, "3,4,a", "6,7,b");

    assertThatThrownBy(() -> UcrArchive.open(folder.resolve("Uea")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no dimension 2; copy it there");
  }

  @Test
  void aFolderOfTheArchiveHasItsTsFiles() {
    TextFixture.write(folder, "Uea/Two/Two_TRAIN.ts", TS);

    assertThat(shown(UcrArchive.open(folder.resolve("Uea")).read("Two", Split.TRAIN)))
        .isEqualTo(BOTH);
  }

  private static byte[] npy(String descr, boolean fortran, String shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(descr, fortran ? "True" : "False", shape);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(new byte[] {(byte) header.length(), 0});
    bytes.write(header.getBytes(StandardCharsets.UTF_8));
    bytes.write(data);
    return bytes.toByteArray();
  }

  private Path array(String name, boolean fortran, String shape, double... values)
      throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    TextFixture.write(
        folder, name.replace("X", "y"), npy("|u1", false, "(2, 1)", new byte[] {1, 2}));
    return TextFixture.write(folder, name, npy("<f8", fortran, shape, data.array()));
  }

  private static TableLayout layout(AxisOrder axes) {
    return new TableLayout(null, null, List.of(), false, false, axes);
  }

  private static double[] counted(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  @ParameterizedTest
  @CsvSource({
    // 2 series, 3 variables, 2 steps: element [1][2][1] is the last in C order.
    "false, 'VARIABLES_FIRST', '(2, 3, 2)', '[[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], [[6.0, 7.0], [8.0, 9.0], [10.0, 11.0]]]'",
    "false, 'STEPS_FIRST', '(2, 2, 3)', '[[[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]], [[6.0, 9.0], [7.0, 10.0], [8.0, 11.0]]]'",
    "true, 'VARIABLES_FIRST', '(2, 3, 2)', '[[[0.0, 6.0], [2.0, 8.0], [4.0, 10.0]], [[1.0, 7.0], [3.0, 9.0], [5.0, 11.0]]]'",
    "true, 'STEPS_FIRST', '(2, 2, 3)', '[[[0.0, 2.0], [4.0, 6.0], [8.0, 10.0]], [[1.0, 3.0], [5.0, 7.0], [9.0, 11.0]]]'",
  })
  void theAxesOfAnArrayAreReadAsSaid(boolean fortran, AxisOrder axes, String shape, String expected)
      throws IOException {
    Path file = array("X.npy", fortran, shape, counted(12));

    Dataset data = DataSource.of(file, null, layout(axes)).read();

    assertThat(shown(data)).isEqualTo(expected);
    assertThat(data.labels()).containsExactly("1", "2");
    try (SeriesStream stream = SeriesStream.open(file, layout(axes), null)) {
      assertThat(stream.next()).isDeepEqualTo(data.series()[0]);
    }
  }

  @Test
  void aSeriesOfAnArrayIsPlacedByItsNumber() throws IOException {
    Path file = array("X_test.npy", false, "(2, 3, 2)", counted(12));

    try (SeriesStream stream = SeriesStream.open(file, TableLayout.STANDARD, null)) {
      assertThat(stream.place()).isEqualTo("" + file);
      stream.next();
      stream.next();
      assertThat(stream.place()).isEqualTo(file + ": series 2");
    }
  }

  @Test
  void theAxesOfAnArrayAreNotGuessed() throws IOException {
    Path file = array("X.npy", false, "(2, 3, 2)", counted(12));

    assertThatThrownBy(() -> DatasetFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "found series of 3 dimensions, (2, 3, 2); use --layout variables-first")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X_train.npy", "X_test.npy"})
  void theOriginalCodesFoldersHaveTheVariablesFirst(String name) throws IOException {
    Path file = array("Two/" + name, false, "(2, 3, 2)", counted(12));

    Dataset data = DatasetFile.read(file);

    assertThat(data.variables()).isEqualTo(3);
    assertThat(data.name()).isEqualTo("Two");
    assertThat(DataSource.of(file, null, layout(AxisOrder.STEPS_FIRST)).read().variables())
        .isEqualTo(2);
    Path columns = array("Two/" + name, false, "(2, 6, 1)", counted(12));
    assertThatThrownBy(() -> DatasetFile.read(columns))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found (2, 6, 1); if the steps are the second axis");
  }

  @Test
  void anInfiniteElementIsRefusedByItsVariable() throws IOException {
    double[] values = counted(12);
    values[9] = Double.POSITIVE_INFINITY;
    Path file = array("X_train.npy", false, "(2, 3, 2)", values);

    assertThatThrownBy(() -> DatasetFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("series 2: expected a finite number")
        .hasMessageContaining("found Infinity at step 2 of variable 2");
  }

  @Test
  void aVariableThatIsMissingThroughoutIsRefused() throws IOException {
    double[] values = counted(12);
    values[8] = values[9] = Double.NaN;
    Path file = array("X_train.npy", false, "(2, 3, 2)", values);

    assertThatThrownBy(() -> DatasetFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "series 2, variable 2: expected at least one value, found only missing values");
  }

  @Test
  void aLongTableHasALinePerStep() {
    assertThat(shown(read("two.csv", LONG))).isEqualTo(BOTH);
    Dataset swapped =
        read(
            "b.csv",
            "label;Y;step;x;Series\n1;3,5;1;1,25;7\n1;4;2;2;7\n\n# note\n2;6;1;5;8\n2;7;2;0,5;8\n",
            new TableLayout(null, null, List.of(), true, false, null));
    assertThat(shown(swapped)).isEqualTo("[[[3.5, 4.0], [1.25, 2.0]], [[6.0, 7.0], [5.0, 0.5]]]");
    assertThat(swapped.labels()).containsExactly("1", "2");
    assertThat(swapped.source()).hasFileName("b.csv");
    String empty = LONG.replace("NaN", "");
    assertThat(
            shown(read("c.csv", empty, new TableLayout(null, null, List.of(), false, true, null))))
        .isEqualTo(BOTH);
    assertThat(
            shown(
                read(
                    "d.csv",
                    LONG.replace("label", "kind").replace("y,", "z,"),
                    new TableLayout(null, "kind", List.of("z"), false, false, null))))
        .isEqualTo("[[[1.0, 2.0]], [[5.0, NaN]]]");
    assertThat(shown(read("quoted.csv", LONG.replace("one", "\"o, \"\"1\"\"\"")))).isEqualTo(BOTH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one,1,2,4,a|one,2,2,4,a|line 3, column 2: expected step 1 after step 0, found '2'",
        "one,1,2,4,a|one,0,2,4,a|line 3, column 2: expected step 1 after step 0, found '0'",
        "one,0,1,3,a|one,2,1,3,a|line 2, column 2: expected step 0 or 1 as the first, found '2'",
        "one,0,1,3,a|one,x,1,3,a|line 2, column 2: expected step 0 or 1 as the first, found 'x'",
        "two,0,5,6,b|two,1,5,6,b|line 4, column 2: expected step 0 as the first, as in the series",
        "one,1,2,4,a|one,1,2,4,b|line 3, column 5: expected label 'a', as in the lines",
        "one,1,2,4,a|one,1,2,4,|line 3, column 5: expected a label, found nothing",
        "one,1,2,4,a|one,1,2,a|line 3: expected 5 fields, as the header has, found 4",
        "one,1,2,4,a|one,1,2,,a|line 3, column 4: expected a value, found an empty field",
        "one,1,2,4,a|one,1,2,q,a|line 3, column 4: expected a finite number, NaN or ?, found 'q'",
        "one,1,2,4,a|,1,2,4,a|line 3, column 1: expected a series, found an empty field",
        "two,1,NaN,7,b|one,0,5,7,b|line 5: expected the lines of series 'one' together, found more",
        "two,0,5,6,b|two,0,?,6,b|line 4, variable 1: expected at least one value of 'x'",
        "series,step,x,y,label|series,step,x,y,kind|line 1: expected columns series, step, label",
        "series,step,x,y,label|series,step,x,X,label|line 1, column 4: expected a name for each",
        "series,step,x,y,label|series,step,x,,label|line 1, column 4: expected a name for each",
      })
  void whatIsWrongInALongTableIsOneLine(String from, String to, String message) {
    assertThat(LONG).contains(from);

    assertThatThrownBy(() -> read("a.csv", LONG.replace(from, to)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.csv: " + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLongTableNeedsValues() {
    assertThatThrownBy(() -> read("a.csv", "series,step,label\n1,0,a\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 1: expected a column of values beside series and step");
    assertThatThrownBy(() -> read("b.csv", "series,step,x,label\n"))
        .hasMessageContaining("expected at least one series, found none");
  }

  @Test
  void aStreamOfRowsOfTsNeedsNoDirectives() {
    assertThat(all(stream("1,2:3,?\n5:6\n")))
        .containsExactly("[[1.0, 2.0], [3.0, NaN]] 1", "[[5.0], [6.0]] 2");
    assertThat(all(stream("# rows\n1,2:3,4:walk\n5,6:7,8:2\n")))
        .containsExactly("[[1.0, 2.0], [3.0, 4.0]] 2", "[[5.0, 6.0], [7.0, 8.0]] 3");
    assertThat(all(stream("1,2:3,4\n1,2:3,4:5,6\n1,2:3\n1,1:2,2\n")))
        .hasSize(4)
        .element(1)
        .asString()
        .contains("line 2: expected 2 dimensions");
  }

  @Test
  void aStreamHasOneBlockOfALongTablePerSeries() {
    assertThat(all(stream("series,step,x,y\n1,1,1,3\n1,2,2,4\n2,1,5,6\n")))
        .containsExactly("[[1.0, 2.0], [3.0, 4.0]] 2", "[[5.0], [6.0]] 4");
    assertThat(all(stream(LONG)))
        .containsExactly("[[1.0, 2.0], [3.0, 4.0]] 2", "[[5.0, NaN], [6.0, 7.0]] 4");
  }

  @Test
  void aBadSeriesOfALongTableIsRefusedOnce() {
    String text = "series,step,x\n1,0,1\n1,1,2\n2,0,q\n2,1,q\n2,5,1\n3,0,7\n4,0,?\n5,0,8\n6,0,x\n";

    assertThat(all(stream(text)))
        .containsExactly(
            "[[1.0, 2.0]] 2",
            "stdin: line 4, column 3: expected a finite number, NaN or ?, found 'q'",
            "[[7.0]] 7",
            "stdin: line 8, variable 1: expected at least one value of 'x', found only missing"
                + " values; leave the series out",
            "[[8.0]] 9",
            "stdin: line 10, column 3: expected a finite number, NaN or ?, found 'x'");
  }

  @Test
  void aStreamOfJsonHasAnArrayOfArraysPerLine() {
    assertThat(all(stream("[[1, 2.5], [3e1,null]]\n\n [ [ -4 ] , [NaN, 5] ] \n[[6],[7]]\n")))
        .containsExactly(
            "[[1.0, 2.5], [30.0, NaN]] 1",
            "stdin: line 3, variable 2: expected 1 values, as in variable 1, found 2; write ? where"
                + " a value is missing",
            "[[6.0], [7.0]] 4");
    assertThat(all(stream("[[1, 2, 3]]"))).containsExactly("[[1.0, 2.0, 3.0]] 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[1,2],[3|line 1, variable 2: expected , or ], as in",
        "[[1,2]|line 1, variable 1: expected , or ]",
        "[[1,2]] 3|line 1, variable 1: expected the end of the line",
        "[[1,x]]|line 1, variable 1, column 2: expected a finite number",
        "[[1,Infinity]]|line 1, variable 1, column 2: expected a finite number",
        "[[1,]]|line 1, variable 1, column 2: expected a finite number, NaN or ?, found nothing",
        "[[]]|line 1, variable 1: expected at least one value, found none",
        "[[1],[null]]|line 1, variable 2: expected at least one value, found only missing",
        "[[1],2]|line 1, variable 1: expected [, as in [[1, 2], [3, 4]]",
        "[[[1]]]|line 1, variable 1",
      })
  void whatIsWrongInJsonIsOneLine(String text, String message) {
    assertThat(all(stream(text)))
        .singleElement()
        .asString()
        .startsWith("stdin: " + message)
        .doesNotContain("\n");
  }

  @Test
  void jsonHasNoLabels() {
    assertThatThrownBy(() -> read("a.json", "[[1, 2]]\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.json: expected labelled series, found JSON arrays");
    try (SeriesStream stream =
        SeriesStream.open(
            TextFixture.write(folder, "b.json", "[[1, 2]]\n"), TableLayout.STANDARD, null)) {
      assertThat(all(stream)).containsExactly("[[1.0, 2.0]] 1");
    }
  }
}
