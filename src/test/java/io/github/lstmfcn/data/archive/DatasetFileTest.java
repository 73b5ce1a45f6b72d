package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.UnivariateSeries;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFileTest {
  private static final float NAN = Float.NaN;
  private static final String TS =
"""
#about
@problemName Toy
@timeStamps false
@univariate true
@equalLength true
@seriesLength 3
@classLabel true a b
@data
1,2,3:a
4,?,6:b
""";
  private static final String ARFF =
"""
% about
@RELATION toy

@attribute 'step 1' numeric
@attribute s2 REAL
@ATTRIBUTE target {1,2}
@DATA
1,?,1
% between
2.5, 3 , 2
""";

  @TempDir Path folder;

  @Test
  void readsTheTabsOfThe2018Archive() {
    Dataset data = read("Toy_TRAIN.tsv", "1\t0.5\t-2e-3\n2\t7\t.25\n");

    assertThat(data.name()).isEqualTo("Toy");
    assertThat(data.source()).isEqualTo(folder.resolve("Toy_TRAIN.tsv"));
    assertThat(data.labels()).containsExactly("1", "2");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{0.5f, -2e-3f}, {7, .25f}}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Toy_TEST", "Toy_TEST.csv", "Toy_TEST.txt", "Toy.dat"})
  void readsTheCommasOfThe2015ArchiveWhateverTheExtension(String name) {
    Dataset data = read(name, "1.0000000e+00,0.5,2\n-1.0,7,8\n");

    assertThat(data.labels()).containsExactly("1", "-1");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{0.5f, 2}, {7, 8}}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 0.5 2", "   1.0e+00   5.0e-01   2.0e+00  ", "1;0.5;2", "1\t0.5\t2"})
  void readsTheOtherSeparatorsWhereTheNameLeavesThemOpen(String line) {
    Dataset data = read("Toy_TEST", line + "\n" + line);

    assertThat(data.labels()).containsExactly("1", "1");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{0.5f, 2}, {0.5f, 2}}));
  }

  @Test
  void readsTs() {
    Dataset data = read("Toy_TRAIN.ts", TS);

    assertThat(data.name()).isEqualTo("Toy");
    assertThat(data.labels()).containsExactly("a", "b");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{1, 2, 3}, {4, NAN, 6}}));
  }

  @Test
  void readsTsWithUnequalLengthsBlanksAndShoutedDirectives() {
    String text =
"""
@UNIVARIATE TRUE
@EQUALLENGTH FALSE
@CLASSLABEL TRUE 1.0 2
@DATA
1 , 2 : 1
3:2.0
""";

    Dataset data = read("Toy.ts", text);

    assertThat(data.labels()).containsExactly("1", "2");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{1, 2}, {3}}));
  }

  @Test
  void readsArff() {
    Dataset data = read("Toy_TEST.arff", ARFF);

    assertThat(data.name()).isEqualTo("Toy");
    assertThat(data.labels()).containsExactly("1", "2");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{1, NAN}, {2.5f, 3}}));
  }

  @Test
  void readsQuotedClassesOfArff() {
    String text =
"""
@relation r
@attribute a numeric
@attribute c {'very good', "so, so", bad}
@data
1,'very good'
2, bad
3, 'very good'
""";

    assertThat(read("r.arff", text).labels()).containsExactly("very good", "bad", "very good");
  }

  @Test
  void knowsTsAndArffByTheirTextWhereTheNameLeavesItOpen() {
    assertThat(read("Toy_TRAIN.txt", TS).size()).isEqualTo(2);
    assertThat(read("Toy_TRAIN", ARFF).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"Toy_TRAIN.tsv.gz", "Toy_TRAIN.gz", "toy_train.TS.gz", "Toy_TRAIN.arff.gz"})
  void unzips(String name) {
    String text = name.contains("TS") ? TS : name.contains("arff") ? ARFF : "1\t2\n2\t3\n";

    Dataset data = read(name, text);

    assertThat(data.name()).isEqualToIgnoringCase("Toy");
    assertThat(data.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF1\t2\t3\n2\t4\t5\n",
        "1\t2\t3\r\n2\t4\t5\r\n",
        "1\t2\t3\n2\t4\t5",
        "1\t2\t3\n2\t4\t5\n\n  \n\t\t\n\r\n",
        "1\t2\t3\t\n2\t4\t5 \t \n",
        "\n1\t 2\t3 \n\n2\t4\t5\n"
      })
  void toleratesMarksLineEndsAndBlanks(String text) {
    Dataset data = read("Toy.tsv", text);

    assertThat(data.labels()).containsExactly("1", "2");
    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{2, 3}, {4, 5}}));
  }

  @Test
  void toleratesMarksAndLineEndsInHeaders() {
    assertThat(read("a.ts", "\uFEFF" + TS.replace("\n", "\r\n")).size()).isEqualTo(2);
    assertThat(read("a.arff", "\uFEFF" + ARFF.replace("\n", "\r\n")).size()).isEqualTo(2);
    assertThat(Arrays.deepToString(UnivariateSeries.of(read("a.csv", "\uFEFF1,2\r\n"))))
        .isEqualTo(Arrays.deepToString(new float[][] {{2}}));
  }

  @Test
  void readsUtf16WithItsMark() {
    byte[] text = "\uFEFF1\t2\n".getBytes(StandardCharsets.UTF_16LE);

    Dataset data = DatasetFile.read(TextFixture.write(folder, "a.tsv", text));

    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{2}}));
  }

  @Test
  void keepsMissingValuesAndUnequalLengths() {
    Dataset data = read("Toy.tsv", "1\tNaN\t?\tnan\t2\n1\t3\n");

    assertThat(Arrays.deepToString(UnivariateSeries.of(data)))
        .isEqualTo(Arrays.deepToString(new float[][] {{NAN, NAN, NAN, 2}, {3}}));
    assertThat(data.length()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0000000e+00, 1",
    "-1.0, -1",
    "+3, 3",
    "-0.0, 0",
    "1e2, 100",
    "007, 7",
    "12345678901234567890, 12345678901234567890",
    "1.5, 1.5",
    "' walk ', walk",
    "1e999999999, 1e999999999",
    "3d, 3d",
    "A1, A1"
  })
  void writesWholeNumbersAsSuch(String text, String label) {
    assertThat(read("Toy.tsv", text + "\t1\n").labels()).containsExactly(label);
  }

  @Test
  void readsBackEveryFloat() {
    Random random = new Random(1);
    float[] values = new float[3000];
    StringJoiner line = new StringJoiner("\t", "1\t", "\n");
    for (int i = 0; i < values.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(value) ? value : i;
      line.add(Float.toString(values[i]));
    }

    assertThat(read("a.tsv", line.toString()).series()[0][0]).isEqualTo(values);
    assertThat(read("a", line.toString().replace('\t', ',')).series()[0][0]).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1~2~x3\\n|line 1, column 3: expected a finite number, NaN or ?, found 'x3'",
        "1~2\\n\\n2~1e999\\n|line 3, column 2: expected a finite number, NaN or ?, found '1e999'",
        "1~Infinity|line 1, column 2: expected a finite number, NaN or ?, found 'Infinity'",
        "1~-inf|line 1, column 2: expected a finite number, NaN or ?, found '-inf'",
        "1~2f|line 1, column 2: expected a finite number, NaN or ?, found '2f'",
        "1~0x1p3|line 1, column 2: expected a finite number, NaN or ?, found '0x1p3'",
        "1~1 2|line 1, column 2: expected a finite number, NaN or ?, found '1 2'",
        "1~1,5|line 1, column 2: expected a finite number, NaN or ?, found '1,5'",
        "1~-|line 1, column 2: expected a finite number, NaN or ?, found '-'",
        "1~2~~3|line 1, column 3: expected a value, found an empty field; write NaN or ?",
        "~2~3|line 1, column 1: expected a value, found an empty field",
        "1~2\\n7\\n|line 2: expected a label and values separated by tabs, found only '7'",
        "1~2\\n1,2,3|line 2: expected a label and values separated by tabs, found only '1,2,3'; "
            + "the line has commas",
        "?~1|line 1, column 1: expected a label, found '?'",
        "NaN~1|line 1, column 1: expected a label, found 'NaN'",
        "1~\"2~3|line 1, column 2: expected a finite number",
      })
  void saysWhereALineIsWrong(String text, String message) {
    assertThatRead("bad.tsv", text.replace('~', '\t').replace("\\n", "\n"))
        .hasMessageStartingWith(folder.resolve("bad.tsv") + ": " + message);
  }

  @Test
  void refusesAnEmptyFieldAtTheEndBetweenCommas() {
    assertThatRead("bad.csv", "1,2,\n").hasMessageContaining("line 1, column 3: expected a value");
    assertThatRead("bad.csv", ",,\n").hasMessageContaining("line 1, column 1: expected a value");
  }

  @Test
  void refusesTextWithoutSeries() {
    String message = "expected at least one series, found none";
    assertThatRead("bad.tsv", "").hasMessageContaining(message);
    assertThatRead("bad", "\n \n").hasMessageContaining(message);
    assertThatRead("bad.ts", "@classLabel true a\n@data\n").hasMessageContaining(message);
    assertThatRead("bad.tsv.gz", "").hasMessageContaining(message);
  }

  @Test
  void refusesBinaryData() {
    byte[] noise = new byte[10_000];
    new Random(2).nextBytes(noise);

    assertThatThrownBy(() -> DatasetFile.read(TextFixture.write(folder, "a.tsv", noise)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected text, found binary data");
  }

  @Test
  void refusesBinaryDataAfterATextOfManyLines() {
    String text = "1\t2\n".repeat(5000) + "1\t\u0000\u0001\n";

    assertThatRead("a.tsv", text)
        .hasMessageContaining("line 5001, column 2")
        .hasMessageContaining("\\u0000");
  }

  @Test
  void boundsWhatItShowsOfAWrongValue() {
    assertThatRead("a.tsv", "1\t" + "x".repeat(100_000))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
  }

  @Test
  void refusesAFieldThatNeverEnds() {
    assertThatRead("a.tsv", "1\t" + "1".repeat(20_000_000))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
  }

  @Test
  void readsAVeryLongLine() {
    assertThat(read("a.tsv", "1" + "\t2".repeat(2_000_000)).length()).isEqualTo(2_000_000);
  }

  @Test
  void tellsWhyAFileCannotBeRead() throws Exception {
    assertThatThrownBy(() -> DatasetFile.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a file, found a folder");
    assertThatThrownBy(() -> DatasetFile.read(folder.resolve("no.tsv")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a file, found nothing of that name");
    Path plain = Files.writeString(folder.resolve("plain.tsv.gz"), "1\t2\n");
    assertThatThrownBy(() -> DatasetFile.read(plain))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected gzip data");
    Path whole = TextFixture.write(folder, "whole.tsv.gz", "1\t2\t3\n".repeat(9999));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = folder.resolve("half.tsv.gz");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> DatasetFile.read(half))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a complete gzip file");
    Path misnamed = Files.write(folder.resolve("misnamed.tsv"), bytes);
    assertThatThrownBy(() -> DatasetFile.read(misnamed))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found gzip data; give the file's name the ending .gz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@univariate true|@univariate true\\n@dimensions 6|expected @dimensions 1, as @univariate",
        "@univariate true|@dimensions 0|expected at least 1 dimension, found 0",
        "@univariate true|@dimensions many|line 4: expected @dimensions and a number",
        "@timeStamps false|@timeStamps true|line 9: expected (time, value) pairs, as @timeStamps",
        "@classLabel true a b|@targetLabel true|line 7: expected a class label, found a regression",
        "@classLabel true a b|@classLabel false|line 7: expected @classLabel true",
        "@data\\n|''|line 8: expected a directive (@...), found '1,2,3:a'",
        "1,2,3:a|1,2:3,4:5,6:a|line 9: expected univariate series, found series of 3 dimensions",
        "1,2,3:a|1,2,3|line 9: expected a label after a colon at the end, found none",
        "1,2,3:a|1,2,3:|line 9: expected a label after a colon at the end, found none",
        "1,2,3:a|:a|line 9, column 1: expected a finite number, NaN or ?, found nothing",
        "1,2,3:a|1,2,3:c|line 9: expected a label that @classLabel names, found 'c'",
        "4,?,6:b|4,5:b|line 10: expected 3 values, as in the first series (@equalLength true), "
            + "found 2",
        "4,?,6:b|4,,6:b|line 10, column 2: expected a value, found an empty field",
        "4,?,6:b|4,5:b,6|line 10, column 3",
      })
  void saysWhatIsWrongInTs(String right, String wrong, String message) {
    assertThatRead("a.ts", TS.replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n")))
        .hasMessageContaining(message);
  }

  @Test
  void refusesTsWithoutData() {
    assertThatRead("a.ts", "@problemName a\n").hasMessageContaining("expected a line @data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@attribute s2 REAL|@attribute s2 relational|line 6: expected numeric attributes in the relational one of line 5",
        "@attribute s2 REAL|@attribute s2 string|line 5: expected a numeric or nominal attribute",
        "@attribute s2 REAL|@attribute s2 {3}|line 6: expected the nominal class as the last",
        "@attribute s2 REAL|@attribut s2|line 5: expected @relation, @attribute or @data",
        "@ATTRIBUTE target {1,2}|''|line 7: expected numeric attributes, then a nominal class",
        "1,?,1|1,1|line 8: expected 2 values and a class, found 2 values",
        "1,?,1|1,1,1,1|line 8, column 4: expected 2 values and a class, found another value",
        "1,?,1|1,1,3|line 8: expected a class that the header names, found '3'",
        "1,?,1|1,1,?|line 8: expected a class that the header names, found '?'",
        "2.5, 3 , 2|x, 3, 2|line 10, column 1: expected a finite number",
        "1,?,1|{0 1}|line 8: expected all values of a series, found a sparse row",
        "@DATA|''|expected @relation, @attribute or @data",
      })
  void saysWhatIsWrongInArff(String right, String wrong, String message) {
    assertThatRead("a.arff", ARFF.replace(right, wrong)).hasMessageContaining(message);
  }

  private Dataset read(String name, String text) {
    return DatasetFile.read(TextFixture.write(folder, name, text));
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatRead(
      String name, String text) {
    Path file = TextFixture.write(folder, name, text);
    return assertThatThrownBy(() -> DatasetFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void anArrayWhoseChecksumDoesNotMatchIsRefused() throws IOException {
    Path whole = Path.of("src/test/resources/cases/data/npy/compressed.npz");
    Path file = folder.resolve("Toy_TEST.npz");
    try (ZipInputStream from = new ZipInputStream(Files.newInputStream(whole));
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      to.setLevel(Deflater.NO_COMPRESSION);
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        from.transferTo(to);
      }
    }
    assertThat(DatasetFile.read(file).size()).isPositive();
    byte[] bytes = Files.readAllBytes(file);
    int array = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY");
    bytes[array + 130] ^= 1; // a value behind the header of 128 bytes
    Files.write(file, bytes);

    assertThatThrownBy(() -> DatasetFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("content with the checksum that the archive states");
  }
}
