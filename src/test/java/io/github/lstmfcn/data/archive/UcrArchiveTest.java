package io.github.lstmfcn.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UcrArchiveTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Coffee/Coffee_TRAIN.tsv,Coffee/Coffee_TEST.tsv,ARCHIVE_2018",
    "Coffee/Coffee_TRAIN,Coffee/Coffee_TEST,ARCHIVE_2015",
    "Coffee_TRAIN.tsv,Coffee_TEST.tsv,ARCHIVE_2018",
    "Coffee_TRAIN,Coffee_TEST,ARCHIVE_2015",
    "Coffee/Coffee_TRAIN.tsv.gz,Coffee/Coffee_TEST.tsv.gz,ARCHIVE_2018",
    "Coffee_TRAIN.gz,Coffee_TEST.gz,ARCHIVE_2015",
    "Coffee/Coffee_TRAIN.ts,Coffee/Coffee_TEST.ts,OTHER",
    "Coffee_TRAIN.arff,Coffee_TEST.arff.gz,OTHER",
    "Coffee_TRAIN.csv,Coffee_TEST.csv,OTHER",
    "coffee/Coffee_TRAIN.tsv,coffee/Coffee_TEST.tsv,ARCHIVE_2018",
  })
  void findsASetInEveryLayout(String train, String test, Era era) {
    write(train);
    write(test);

    UcrArchive archive = UcrArchive.open(folder);

    assertThat(archive.names()).containsExactly("Coffee");
    assertThat(archive.file("Coffee", Split.TRAIN)).isEqualTo(folder.resolve(train));
    assertThat(archive.file("Coffee", Split.TEST)).isEqualTo(folder.resolve(test));
    assertThat(archive.era("Coffee")).isEqualTo(era);
  }

  @Test
  void readsTheHalfThatItFound() {
    TextFixture.write(folder, "Coffee/Coffee_TRAIN.tsv", "1\t2\t3\n");
    TextFixture.write(folder, "Coffee/Coffee_TEST.tsv.gz", "1\t4\t5\n2\t6\t7\n");
    UcrArchive archive = UcrArchive.open(folder);

    assertThat(archive.read("coffee", Split.TEST).size()).isEqualTo(2);
    assertThat(archive.read("coffee", Split.TRAIN).name()).isEqualTo("Coffee");
  }

  @Test
  void readsTheSetsOwnFolderAndOneFileOfIt() {
    write("Coffee/Coffee_TRAIN.tsv");
    Path test = write("Coffee/Coffee_TEST.tsv");

    for (Path opened : new Path[] {folder.resolve("Coffee"), test}) {
      UcrArchive archive = UcrArchive.open(opened);
      assertThat(archive.names()).containsExactly("Coffee");
      assertThat(archive.find("Coffee", Split.TRAIN))
          .contains(folder.resolve("Coffee/Coffee_TRAIN.tsv"));
      assertThat(archive.find("Coffee", Split.TEST)).contains(test);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FiftyWords,50words",
    "50words,FiftyWords",
    "50WORDS,FiftyWords",
    "fiftywords,50words",
    "Lightning7,Lighting7",
    "lighting7,Lightning7",
    "NonInvasiveFetalECGThorax1,NonInvasiveFatalECG_Thorax1",
  })
  void knowsTheNamesOfBothArchives(String here, String asked) {
    write(here + "_TRAIN");
    write(here + "_TEST");

    assertThat(UcrArchive.open(folder).file(asked, Split.TEST))
        .isEqualTo(folder.resolve(here + "_TEST"));
  }

  @Test
  void takesTheExactNameWhereCaseAloneDiffers() {
    write("Coffee_TRAIN.tsv");
    write("COFFEE_TRAIN.tsv");
    UcrArchive archive = UcrArchive.open(folder);

    assertThat(archive.file("COFFEE", Split.TRAIN)).isEqualTo(folder.resolve("COFFEE_TRAIN.tsv"));
    assertThat(archive.find("coffee", Split.TRAIN)).isEmpty();
    assertThatThrownBy(() -> archive.file("coffee", Split.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            folder
                + ": expected the name of one set, found 'coffee', which fits COFFEE, Coffee;"
                + " write it as one of these");
  }

  @Test
  void takesTheNameAsItIsWrittenWhereBothArchivesAreHere() {
    write("50words_TRAIN");
    write("FiftyWords_TRAIN.tsv");
    UcrArchive archive = UcrArchive.open(folder);

    assertThat(archive.file("50words", Split.TRAIN)).isEqualTo(folder.resolve("50words_TRAIN"));
    assertThat(archive.era("FiftyWords")).isEqualTo(Era.ARCHIVE_2018);
  }

  @Test
  void suggestsWhatIsNearest() {
    for (String name :
        new String[] {"Adiac", "Beef", "Car", "CBF", "Coffee", "Fish", "Ham", "Meat", "Wine"}) {
      write(name + "_TRAIN.tsv");
    }

    assertThatThrownBy(() -> UcrArchive.open(folder).file("cofee", Split.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "expected one of its datasets, found 'cofee'; nearest of its 9 datasets: Coffee, ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void namesTheHalfThatIsMissing() {
    Path train = write("Coffee/Coffee_TRAIN.tsv");

    assertThatThrownBy(() -> UcrArchive.open(folder).file("Coffee", Split.TEST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected Coffee_TEST beside " + train + ", found no such file");
  }

  @Test
  void neverTakesTheHalvesFromTwoArchives() {
    write("Coffee_TRAIN.tsv");
    write("Coffee_TRAIN");
    write("Coffee_TEST");
    UcrArchive archive = UcrArchive.open(folder);

    assertThat(archive.file("Coffee", Split.TRAIN)).isEqualTo(folder.resolve("Coffee_TRAIN"));
    assertThat(archive.era("Coffee")).isEqualTo(Era.ARCHIVE_2015);
  }

  @Test
  void prefersThe2018ArchiveAndPlainFiles() {
    write("Coffee_TRAIN");
    write("Coffee_TEST");
    write("Coffee_TRAIN.tsv");
    write("Coffee_TRAIN.tsv.gz");
    write("Coffee_TEST.tsv");

    assertThat(UcrArchive.open(folder).file("Coffee", Split.TRAIN))
        .isEqualTo(folder.resolve("Coffee_TRAIN.tsv"));
  }

  @Test
  void leavesRepairedCopiesInOtherFoldersAlone() {
    write("Missing_value_and_variable_length_datasets_adjusted/Coffee/Coffee_TRAIN.tsv");
    write("adjusted/Coffee_TRAIN.tsv");
    write("Beef/Beef_TRAIN.tsv");

    assertThat(UcrArchive.open(folder).names()).containsExactly("Beef");
  }

  @Test
  void saysThatNothingIsThere() throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    Path odd = write("odd.tsv");

    assertThatThrownBy(() -> UcrArchive.open(folder.resolve("empty")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("empty: expected files <dataset>_TRAIN and <dataset>_TEST");
    assertThatThrownBy(() -> UcrArchive.open(folder.resolve("no")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no: expected a folder or file, found nothing of that name");
    assertThatThrownBy(() -> UcrArchive.open(odd))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a name that ends in _TRAIN or _TEST, found odd");
  }

  private Path write(String name) {
    return TextFixture.write(folder, name, "1\t2\t3\n2\t3\t4\n");
  }
}
