package io.github.lstmfcn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFolderTest {
  private static final FolderKind MODEL =
      FolderKind.whole("SavedModel", "saved_model\\.pb|variables/.*|new", "saved_model.pb");

  private static final FolderKind PICTURES = FolderKind.shared("page\\.html|more/\\d+\\.js");

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
        new AtomicFolder(deep, false, MODEL)
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

    new AtomicFolder(target, false, MODEL).write(AtomicFolderTest::something);

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

    new AtomicFolder(target, true, MODEL).write(AtomicFolderTest::something);

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
  void neverReplacesAFolderWithAFileOfTheUser() throws Exception {
    savedModel();
    Files.writeString(target.resolve("notes.txt"), "mine");

    assertRefused(
        true, "found a folder with other content (notes.txt); --force replaces SavedModels");
    assertThat(target.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void aFileThatTheUserAddsMeanwhileIsKept() throws Exception {
    savedModel();

    assertThatThrownBy(
            () ->
                new AtomicFolder(target, true, MODEL)
                    .write(
                        fresh -> {
                          Files.writeString(target.resolve("notes.txt"), "mine");
                          return something(fresh);
                        }))
        .hasMessageContaining("(notes.txt)");
    assertThat(target.resolve("notes.txt")).hasContent("mine");
    assertThat(contents(folder)).containsExactly(target);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thereIsAWholeFolderAtAnyMoment() throws Exception {
    savedModel();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> missing =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!done.get()) {
                count += Files.exists(target) ? 0 : 1;
              }
              return count;
            });

    for (int round = 0; round < 50; round++) {
      new AtomicFolder(target, true, MODEL)
          .write(fresh -> Files.writeString(fresh.resolve("saved_model.pb"), "next"));
    }
    done.set(true);

    assertThat(missing.get()).isZero();
    assertThat(contents(folder)).containsExactly(target);
  }

  @Test
  void theFolderThatALinkLeadsToIsReplaced() throws Exception {
    savedModel();
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    new AtomicFolder(link, true, MODEL).write(AtomicFolderTest::something);

    assertThat(link).isSymbolicLink();
    assertThat(contents(target)).containsExactly(target.resolve("new"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void permissionsOfTheOldFolderAndItsFilesAreKept() throws Exception {
    savedModel();
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x---"));
    Path graph = target.resolve("saved_model.pb");
    Files.setPosixFilePermissions(graph, PosixFilePermissions.fromString("r--r-----"));

    new AtomicFolder(target, true, MODEL)
        .write(fresh -> Files.writeString(fresh.resolve("saved_model.pb"), "next"));

    assertThat(permissions(target)).isEqualTo("rwxr-x---");
    assertThat(permissions(graph)).isEqualTo("r--r-----");
    assertThat(graph).hasContent("next");
  }

  @Test
  void whatAKilledRunLeftIsSweptAndWhatARunningOneWritesIsNot() throws Exception {
    savedModel();
    Path killed = Files.createDirectory(leftBy(Long.MAX_VALUE / 20));
    Files.writeString(killed.resolve("half"), "half");
    Path running = Files.createDirectory(WorkingName.beside(target));
    Path mine = Files.createDirectory(folder.resolve(".model.backup"));

    new AtomicFolder(target, true, MODEL).write(AtomicFolderTest::something);

    assertThat(contents(folder)).containsExactlyInAnyOrder(target, running, mine);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatAKilledRunMovedAsideComesBack() throws Exception {
    savedModel();
    Path killed = leftBy(Long.MAX_VALUE / 20);
    Files.move(target, killed.resolveSibling(killed.getFileName() + WorkingName.ASIDE));

    assertRefusedAfterwards("use --force to replace it");

    assertThat(target.resolve("saved_model.pb")).hasContent("old");
    assertThat(contents(folder)).containsExactly(target);
  }

  /** A name that a process which does not run would have given. */
  private Path leftBy(long process) {
    String name = WorkingName.beside(target).getFileName().toString();
    return folder.resolve(
        name.replace("-" + ProcessHandle.current().pid() + "-", "-%s-".formatted(process)));
  }

  private void assertRefusedAfterwards(String message) {
    assertThatThrownBy(
            () -> new AtomicFolder(target, false, MODEL).write(AtomicFolderTest::something))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFolderOfPicturesAloneIsReplacedAsAWhole() throws Exception {
    pictures("old", 3);

    new AtomicFolder(target, true, PICTURES).write(fresh -> page(fresh, "new", 1));

    assertThat(target.resolve("page.html")).hasContent("new");
    assertThat(contents(target.resolve("more"))).containsExactly(target.resolve("more/0.js"));
    assertThat(contents(folder)).containsExactly(target);
  }

  @Test
  void inASharedFolderTheFilesOfOthersStay() throws Exception {
    Files.createDirectory(target);
    Files.writeString(target.resolve("notes.txt"), "mine");

    new AtomicFolder(target, false, PICTURES).write(fresh -> page(fresh, "old", 3));
    assertThat(target.resolve("page.html")).hasContent("old");
    assertThatThrownBy(
            () -> new AtomicFolder(target, false, PICTURES).write(fresh -> page(fresh, "new", 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "expected a folder without files of the names to write, found more/0.js; use --force");
    new AtomicFolder(target, true, PICTURES).write(fresh -> page(fresh, "new", 1));

    assertThat(target.resolve("page.html")).hasContent("new");
    assertThat(target.resolve("notes.txt")).hasContent("mine");
    assertThat(contents(target)).hasSize(3);
  }

  @Test
  void aLinkInAFolderOfPicturesIsFollowed() throws Exception {
    pictures("old", 1);
    Path real = Files.move(target.resolve("page.html"), folder.resolve("real.html"));
    Files.createSymbolicLink(target.resolve("page.html"), real);

    new AtomicFolder(target, true, PICTURES).write(fresh -> page(fresh, "new", 1));

    assertThat(target.resolve("page.html")).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  private void pictures(String text, int more) throws IOException {
    page(Files.createDirectory(target), text, more);
  }

  private static Path page(Path folder, String text, int more) throws IOException {
    Files.createDirectory(folder.resolve("more"));
    for (int number = 0; number < more; number++) {
      Files.writeString(folder.resolve("more/%s.js".formatted(number)), text);
    }
    return Files.writeString(folder.resolve("page.html"), text);
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
                new AtomicFolder(target, true, MODEL)
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
                new AtomicFolder(target, false, MODEL)
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
                new AtomicFolder(target, overwrite, MODEL)
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
