package io.github.lstmfcn.spark;

import static io.github.lstmfcn.spark.LocalSpark.ROOT;
import static io.github.lstmfcn.spark.LocalSpark.TEST;
import static io.github.lstmfcn.spark.LocalSpark.WEIGHTS;
import static io.github.lstmfcn.spark.LocalSpark.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.spark.job.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;

class ScoreTest {
  private static final Path TSV = ROOT.resolve("testdata/CBF/CBF_TEST.tsv");

  @TempDir Path folder;

  private CommandRun run;

  @BeforeAll
  static void start() {
    LocalSpark.session();
  }

  @AfterAll
  static void stop() {
    LocalSpark.session().stop();
  }

  private int score(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("score"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    all.addAll(List.of("--weights", WEIGHTS.toString(), "--quiet"));
    run = CommandRun.on(new Cluster(), all.toArray(String[]::new));
    return run.exitCode();
  }

  private static float[] floats(Row row, String column) {
    Seq<?> values = row.getSeq(row.fieldIndex(column));
    float[] floats = new float[values.size()];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (Float) values.apply(k);
    }
    return floats;
  }

  private static List<Row> scores(Path out, String order) {
    return LocalSpark.session().read().parquet(out.toString()).orderBy(order).collectAsList();
  }

  private static void assertAnswersOfTheLibrary(List<Row> rows) {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(Model.load(WEIGHTS), 1)) {
      float[][] expected = classifier.predictScores(TEST.series(), 128).probabilities();
      assertThat(rows).hasSize(TEST.size());
      for (int i = 0; i < TEST.size(); i++) {
        assertThat(floats(rows.get(i), "probability")).containsExactly(expected[i]);
      }
    }
  }

  @Test
  void scoresAFileOfTheArchiveBitForBitAsTheLibrary() {
    Path scored = folder.resolve("scored");

    int exitCode = score("--out", scored, TSV, "--label-column", "first", "--batch-size", 128);

    assertThat(run.err()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(run.out()).contains("CBF_TEST.tsv").contains("150 series of 1 files in");
    List<Row> rows = scores(scored, "series_number");
    assertAnswersOfTheLibrary(rows);
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "series_number",
            "rawPrediction",
            "probability",
            "prediction",
            "predictedLabel",
            "input");
    assertThat(rows.get(0).<String>getAs("input")).isEqualTo("CBF_TEST.tsv");
  }

  @Test
  void scoresParquetAndKeepsItsColumns() {
    Path input = folder.resolve("in");
    frame(TEST).coalesce(1).write().parquet(input.toString());

    assertThat(score("--out", folder.resolve("out"), input, "--batch-size", 128)).isZero();

    List<Row> rows = scores(folder.resolve("out"), "id");
    assertAnswersOfTheLibrary(rows);
    assertThat(rows.get(0).schema().fieldNames()).contains("id", "label", "features");
  }

  @Test
  void aRepeatedJobScoresOnlyWhatIsMissing() throws IOException {
    Path first = Files.copy(TSV, folder.resolve("first.tsv"));
    Path scored = folder.resolve("scored");
    assertThat(score("--out", scored, first, "--label-column", "first")).isZero();
    Path done = scored.resolve("input=first.tsv/_SUCCESS");
    FileTime before = Files.getLastModifiedTime(done);

    Path second = Files.copy(TSV, folder.resolve("second 100%.tsv"));
    int exitCode = score("--out", scored, first, second, "--label-column", "first");

    assertThat(run.err()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(run.out()).contains("was scored before").contains("300 series of 2 files");
    assertThat(Files.getLastModifiedTime(done)).isEqualTo(before);
    assertThat(scores(scored, "series_number"))
        .extracting(row -> row.<String>getAs("input"))
        .contains("second 100%.tsv");

    // A job that was killed while it wrote leaves a folder without _SUCCESS.
    Files.delete(done);
    assertThat(score("--out", scored, first, second, "--label-column", "first")).isZero();
    assertThat(scores(scored, "series_number")).hasSize(300);
  }

  @Test
  void scoresOfOtherSettingsOrAnotherFileAreNotMixed() throws IOException {
    Path file = Files.copy(TSV, folder.resolve("first.tsv"));
    Path scored = folder.resolve("scored");
    assertThat(score("--out", scored, file, "--label-column", "first")).isZero();

    assertThat(score("--out", scored, file, "--label-column", "first", "--batch-size", "3"))
        .isEqualTo(1);
    assertThat(run.err())
        .contains(
            "expected answers with the same --batch-size, 3, found default; name another folder");
    Files.writeString(file, Files.readString(TSV) + "\n");
    assertThat(score("--out", scored, file, "--label-column", "first")).isEqualTo(1);
    assertThat(run.err())
        .contains("expected the file as it was when it was scored")
        .contains("found one that has changed or moved");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    assertThat(score("--out", other, file, "--label-column", "first")).isEqualTo(1);
    assertThat(run.err())
        .contains("expected an empty folder, or one of this command, found other files");
    assertThat(other.resolve("mine.txt")).exists();
  }

  @Test
  void twoJobsAtOnceLeaveEachAnswerOnce() throws Exception {
    Path scored = folder.resolve("scored");
    List<CommandRun> runs =
        Stream.of(1, 2)
            .parallel()
            .map(
                number ->
                    CommandRun.on(
                        new Cluster(),
                        "score",
                        "--quiet",
                        "--label-column",
                        "first",
                        "--weights",
                        WEIGHTS.toString(),
                        "--out",
                        scored.toString(),
                        TSV.toString()))
            .toList();

    assertThat(runs).extracting(CommandRun::exitCode).contains(0);
    assertThat(scores(scored, "series_number"))
        .extracting(row -> row.<Long>getAs("series_number"))
        .doesNotHaveDuplicates()
        .hasSize(150);
    try (Stream<Path> left = Files.list(scored)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("_unfinished")))
          .isEmpty();
    }
  }

  @Test
  void aNameWithCharactersOfAPatternIsThatFile() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    for (String name : List.of("p*.parquet", "p1.parquet", "q[1].parquet")) {
      Path written = folder.resolve("w" + name.length() + name.charAt(1));
      frame(TEST).limit(name.length()).coalesce(1).write().parquet(written.toString());
      try (Stream<Path> parts = Files.list(written)) {
        Files.copy(
            parts.filter(part -> part.toString().endsWith(".parquet")).findFirst().orElseThrow(),
            files.resolve(name));
      }
    }
    Path scored = folder.resolve("scored [1]");

    assertThat(score("--out", scored, files.resolve("q[1].parquet"), files.resolve("p*.parquet")))
        .isZero();

    assertThat(run.out()).contains("22 series of 2 files");
    assertThat(score("--out", folder.resolve("deep"), folder)).isEqualTo(1);
    assertThat(run.err()).contains("expected a folder of files, found the folder ");
    Path number = Files.copy(TSV, folder.resolve("001"));
    assertThat(score("--out", folder.resolve("n"), number)).isEqualTo(1);
    assertThat(run.err()).contains("expected a name with letters");
    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    assertThat(score("--out", folder.resolve("e"), empty)).isEqualTo(1);
    assertThat(run.err()).contains("empty.csv").contains("expected a series, found the end");
    Path damaged = Files.writeString(folder.resolve("damaged.parquet"), "no Parquet");
    assertThat(score("--out", folder.resolve("d"), damaged)).isEqualTo(1);
    assertThat(run.err()).contains("damaged.parquet: expected a file that can be scored");
    assertThat(score("--out", "", TSV)).isEqualTo(1);
    assertThat(run.err()).doesNotContain("unexpected failure");
  }

  @Test
  void anotherTryFollowsOneThatCameToNothing() {
    Path scored = folder.resolve("scored");
    assertThat(score("--out", scored, TSV)).isEqualTo(1);
    assertThat(run.err()).contains("Use --label-column first to ignore it");

    assertThat(score("--out", scored, TSV, "--label-column", "first")).isZero();
  }

  @Test
  void whatCannotBeReadIsOneLine() throws IOException {
    Path bad = folder.resolve("bad.csv");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(Arrays.toString(TEST.series()[i][0]).replaceAll("[\\[\\] ]", ""));
    }
    lines.add(1, "1,2,x,4");
    Files.write(bad, lines);

    assertThat(score("--out", folder.resolve("out1"), bad)).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("bad.csv: line 2").contains("--handle-invalid");
    assertThat(score("--out", folder.resolve("out2"), bad, "--handle-invalid", "skip")).isZero();
    assertThat(scores(folder.resolve("out2"), "series_number"))
        .extracting(row -> row.<Long>getAs("series_number"))
        .containsExactly(1L, 3L, 4L);
    assertThat(score("--out", folder.resolve("out3"), bad, "--handle-invalid", "keep")).isZero();
    assertThat(scores(folder.resolve("out3"), "series_number").get(1).getString(4)).isNull();

    assertThat(score("--out", folder.resolve("out4"), TSV)).isEqualTo(1); // its label is a value
    assertThat(run.err()).contains("is the first value a label?");
    assertThat(score("--out", folder.resolve("out5"), folder.resolve("none.tsv"))).isEqualTo(1);
    assertThat(run.err()).contains("expected at least one file, found none");
    assertThat(score("--out", folder.resolve("out6"), bad, "--handle-invalid", "no")).isEqualTo(2);
    assertThat(score("--out", "/proc/none/out", bad)).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(score("--out", folder.resolve("out7"), "--features-col", "series", parquet()))
        .isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .doesNotContain("unexpected")
        .contains(".parquet: column series: expected a column of this name");
  }

  private Path parquet() {
    Path input = folder.resolve("parquet");
    frame(TEST).coalesce(1).write().parquet(input.toString());
    return input;
  }
}
