package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderReplacementTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameTheTarget() {
    target = folder.resolve("model");
  }

  @Test
  void makesAFolderAndThoseAboveIt() throws Exception {
    Path deep = folder.resolve("a/b/model");

    String answer =
        new FolderReplacement(deep, false)
            .write(
                fresh -> {
                  assertThat(deep).doesNotExist();
                  Files.writeString(fresh.resolve("new"), "new");
                  return "done";
                });

    assertThat(answer).isEqualTo("done");
    assertThat(deep.resolve("new")).hasContent("new");
    assertThat(contents(deep.getParent())).containsExactly(deep);
  }

  @Test
  void fillsAnEmptyFolder() throws Exception {
    Files.createDirectory(target);

    new FolderReplacement(target, false).write(FolderReplacementTest::something);

    assertThat(target.resolve("new")).hasContent("new");
    assertThat(contents(folder)).containsExactly(target);
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws Exception {
    savedModel();

    assertRefused(
        false,
        "expected a new folder, found one that exists and is not empty; use --force to replace it");
    assertThat(target.resolve("saved_model.pb")).hasContent("old");
  }

  @Test
  void replacesASavedModelOnRequest() throws Exception {
    savedModel();
    Files.createDirectories(target.resolve("variables/deep"));

    new FolderReplacement(target, true).write(FolderReplacementTest::something);

    assertThat(contents(target)).containsExactly(target.resolve("new"));
    assertThat(contents(folder)).containsExactly(target);
  }

  @Test
  void neverReplacesAFolderOfSomethingElse() throws Exception {
    Files.createDirectory(target);
    Files.writeString(target.resolve("thesis.tex"), "years");

    assertRefused(true, "expected a SavedModel to replace, found a folder with other content");
    assertThat(target.resolve("thesis.tex")).hasContent("years");
  }

  @Test
  void neverReplacesAFile() throws Exception {
    Files.writeString(target, "mine");

    assertRefused(true, "expected a folder to write, found a file");
    assertThat(target).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failureLeavesEverythingAsItWas(boolean there) throws Exception {
    if (there) {
      savedModel();
    }

    assertThatThrownBy(
            () ->
                new FolderReplacement(target, true)
                    .write(
                        fresh -> {
                          something(fresh);
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model: expected a folder that can be written")
        .hasMessageContaining("disk full; nothing was changed");
    assertThat(contents(folder)).isEqualTo(there ? List.of(target) : List.of());
    if (there) {
      assertThat(target.resolve("saved_model.pb")).hasContent("old");
    }
  }

  @Test
  void aRefusalOfTheContentComesThroughAsItIs() throws Exception {
    InvalidInputException refusal = new InvalidInputException(null, "check", "a", "b", "");

    assertThatThrownBy(
            () ->
                new FolderReplacement(target, false)
                    .write(
                        fresh -> {
                          throw refusal;
                        }))
        .isSameAs(refusal);
    assertThat(contents(folder)).isEmpty();
  }

  private static String something(Path fresh) throws IOException {
    Files.writeString(fresh.resolve("new"), "new");
    return "";
  }

  private void savedModel() throws IOException {
    Files.createDirectory(target);
    Files.writeString(target.resolve("saved_model.pb"), "old");
  }

  private void assertRefused(boolean overwrite, String message) throws IOException {
    List<Path> before = contents(folder);
    assertThatThrownBy(
            () ->
                new FolderReplacement(target, overwrite)
                    .write(
                        fresh -> {
                          throw new AssertionError("written before it was refused");
                        }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
    assertThat(contents(folder)).isEqualTo(before);
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
