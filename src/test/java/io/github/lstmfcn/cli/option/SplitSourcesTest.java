package io.github.lstmfcn.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of the file that is TRAIN. In 2018 DistalPhalanxTW has 400 and 139 series. */
class SplitSourcesTest {
  private static final String EXCHANGED = "DistalPhalanxTW";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // the archive of 2018, that of 2015, and files of 2015 that were converted
    ".tsv, 400, 139, 2015, TEST",
    ".tsv, 400, 139, 2018, TRAIN",
    ".tsv, 400, 139, as-named, TRAIN",
    "'', 139, 400, 2015, TRAIN",
    "'', 139, 400, 2018, TEST",
    "'', 139, 400, as-named, TRAIN",
    ".tsv, 139, 400, 2015, TRAIN",
    ".tsv, 139, 400, 2018, TEST",
    "'', 400, 139, 2015, TEST",
    // of some series: the format tells
    ".tsv, 5, 3, 2015, TEST",
    ".tsv, 5, 3, 2018, TRAIN",
    "'', 5, 3, 2015, TRAIN",
    "'', 5, 3, 2018, TEST",
    // of formats that tell nothing: the sizes do
    ".csv, 400, 139, 2015, TEST",
    ".csv, 139, 400, 2015, TRAIN",
    ".txt, 139, 400, 2018, TEST",
    ".csv, 5, 3, as-named, TRAIN",
  })
  void theFileThatTheArchiveCallsTrainIsTrain(
      String ending, int train, int test, String asked, Split expected) throws IOException {
    write(EXCHANGED, Split.TRAIN, ending, train);
    write(EXCHANGED, Split.TEST, ending, test);

    SplitSources sources = SplitSources.of(archive(), EXCHANGED, arrangement(asked));

    assertThat(sources.train().file()).isEqualTo(file(EXCHANGED, expected, ending));
    assertThat(sources.test().orElseThrow().file())
        .isEqualTo(file(EXCHANGED, expected.other(), ending));
    assertThat(sources.train().part()).isEqualTo(Split.TRAIN);
    assertThat(sources.train().read().size()).isEqualTo(expected == Split.TRAIN ? train : test);
  }

  @ParameterizedTest
  @CsvSource({"2015", "2018", "as-named"})
  void aDatasetThatBothArchivesHaveAlikeStaysAsItIs(String asked) throws IOException {
    write("Coffee", Split.TRAIN, ".tsv", 3);
    write("Coffee", Split.TEST, ".tsv", 5);

    SplitSources sources = SplitSources.of(archive(), "Coffee", arrangement(asked));

    assertThat(sources.train().file()).isEqualTo(file("Coffee", Split.TRAIN, ".tsv"));
  }

  @ParameterizedTest
  @CsvSource({"2015", "2018"})
  void filesThatTellNoArchiveAreRefused(String asked) throws IOException {
    write(EXCHANGED, Split.TRAIN, ".csv", 400);
    write(EXCHANGED, Split.TEST, ".csv", 138);

    assertThatThrownBy(() -> SplitSources.of(archive(), EXCHANGED, arrangement(asked)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(EXCHANGED + "_TRAIN.csv: --splits: expected TRAIN and TEST of 400")
        .hasMessageContaining("found 400 and 138; use --splits as-named, or --train and --test");
  }

  @Test
  void whatIsNotThereCannotBeExchanged() throws IOException {
    write(EXCHANGED, Split.TRAIN, ".tsv", 400);

    assertThatThrownBy(() -> SplitSources.of(archive(), EXCHANGED, SplitArrangement.OF_2015))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected DistalPhalanxTW_TEST beside");
    assertThat(SplitSources.of(archive(), EXCHANGED, SplitArrangement.OF_2018).test()).isEmpty();
  }

  @Test
  void aDatasetIsKnownByTheNameOfItsFiles() throws IOException {
    write("distalphalanxtw", Split.TRAIN, ".tsv", 400);
    write("distalphalanxtw", Split.TEST, ".tsv", 139);

    SplitSources sources = SplitSources.of(archive(), "DISTALPHALANXTW", SplitArrangement.OF_2015);

    assertThat(sources.train().file()).isEqualTo(file("distalphalanxtw", Split.TEST, ".tsv"));
  }

  @Test
  void oneFileOfADatasetFindsTheOther() throws IOException {
    Path train = write(EXCHANGED, Split.TRAIN, ".tsv", 5);
    write(EXCHANGED, Split.TEST, ".tsv", 3);
    DataFiles files =
        new DataFiles.Archive(UcrArchive.open(train), TableLayout.STANDARD, null, train);

    SplitSources sources = SplitSources.of(files, EXCHANGED, SplitArrangement.OF_2015);

    assertThat(sources.train().read().size()).isEqualTo(3);
  }

  @Test
  void filesThatOptionsNameAreWhatTheyAreNamed() throws IOException {
    Path train = write(EXCHANGED, Split.TRAIN, ".tsv", 400);
    Path test = write(EXCHANGED, Split.TEST, ".tsv", 139);
    DataFiles named =
        new DataFiles.Named(
            EXCHANGED, Map.of(Split.TRAIN, DataSource.of(train), Split.TEST, DataSource.of(test)));

    SplitSources sources = SplitSources.of(named, EXCHANGED, SplitArrangement.OF_2015);

    assertThat(sources.train().file()).isEqualTo(train);
  }

  private DataFiles archive() {
    return new DataFiles.Archive(UcrArchive.open(folder), TableLayout.STANDARD, null, null);
  }

  private static SplitArrangement arrangement(String text) {
    return new NamedValues.Arrangements().convert(text);
  }

  private Path file(String set, Split split, String ending) {
    return folder.resolve(set + "_" + split + ending);
  }

  private Path write(String set, Split split, String ending, int series) throws IOException {
    String line = ending.equals(".tsv") ? "1\t0.5\t0.25\n" : "1,0.5,0.25\n";
    return Files.writeString(file(set, split, ending), line.repeat(series));
  }
}
