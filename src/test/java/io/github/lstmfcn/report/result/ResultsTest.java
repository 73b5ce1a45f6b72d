package io.github.lstmfcn.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.report.Findings;
import io.github.lstmfcn.report.Report;
import io.github.lstmfcn.report.statistics.PostHoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that are found in files and folders. */
class ResultsTest {
  @TempDir Path folder;

  private Path evaluation(String name, String set, String estimator, int cells, int correct)
      throws IOException {
    return evaluation(name, set, "TEST", estimator, cells, correct, 900);
  }

  private Path evaluation(
      String name, String set, String split, String estimator, int cells, int correct, int total)
      throws IOException {
    return evaluation(name, set, split, estimator, cells, correct, total, "");
  }

  private Path evaluation(
      String name,
      String set,
      String split,
      String estimator,
      int cells,
      int correct,
      int total,
      String chosenOn)
      throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        {"weights": "%s", "estimator": "%s", "kind": "%s", "cells": %s, "chosen_on": "%s", "set": "%s",
         "split": "%s", "correct": %s, "total": %s, "classes": [{}, {}, {}], "confusion": []}
        """
            .formatted(name, estimator, estimator, cells, chosenOn, set, split, correct, total));
  }

  private Results read(String... sources) {
    return Results.read(
        Arrays.stream(sources)
            .map(
                source -> {
                  int sign = source.indexOf('=') + 1;
                  return ResultSource.parse(
                      source.substring(0, sign) + folder.resolve(source.substring(sign)));
                })
            .toList());
  }

  @Test
  void aFolderIsLookedThroughInDepthAndOtherFilesPassedOver() throws IOException {
    evaluation("a/b/cbf.json", "CBF", "LSTM-FCN", 8, 898);
    AeonFile.of("CBF", "ROCKET", "", new int[] {0, 1}, new float[][] {{1, 0}, {1, 0}})
        .write(folder.resolve("a/results"), false);
    Files.writeString(folder.resolve("a/notes.txt"), "no result");
    Files.writeString(folder.resolve("a/other.json"), "{\"correct\": 3}");

    assertThat(read("a").list())
        .extracting(Result::method, Result::set, Result::correct, Result::total, Result::classes)
        .containsExactly(tuple("LSTM-FCN", "CBF", 898, 900, 3), tuple("ROCKET", "CBF", 1, 2, 2));
  }

  @Test
  void linksAreFollowedAndNothingCountsTwice() throws IOException {
    evaluation("a/cbf.json", "CBF", "LSTM-FCN", 8, 898);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder.resolve("a"));
    Files.createDirectory(folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b/link"), folder.resolve("a"));

    assertThat(read("b").list()).hasSize(1);
    assertThat(read("a", "b", "a/cbf.json", "a/../a").list()).hasSize(1);
  }

  @Test
  void aModelThatWasKeptInTwoFormsCountsOnce() throws IOException {
    evaluation("w.h5", "CBF", "TEST", "LSTM-FCN", 8, 1, 2);
    Files.move(folder.resolve("w.h5"), folder.resolve("cbf.json"));
    String parameters = AeonFile.parameters("w.h5", "none", "sorted");
    AeonFile.of("CBF", "LSTM-FCN", parameters, new int[] {0, 1}, new float[][] {{1, 0}, {1, 0}})
        .write(folder.resolve("results"), false);

    assertThat(read("").list())
        .extracting(Result::method, Result::cells)
        .containsExactly(tuple("LSTM-FCN", 8));
  }

  @Test
  void aSetHasOneNameInAllArchives() throws IOException {
    evaluation("r/1.json", "FISH", "LSTM-FCN", 8, 1);
    evaluation("r/2.json", "50words", "LSTM-FCN", 8, 1);
    evaluation("r/3.json", "My own", "LSTM-FCN", 8, 1);

    assertThat(read("r").list().stream().map(Result::set))
        .containsExactly("Fish", "FiftyWords", "My own");
  }

  @Test
  void whatWeightsWereChosenOnTellsMethodsApart() throws IOException {
    evaluation("r/1.json", "CBF", "TEST", "LSTM-FCN", 8, 1, 900, "TEST");
    evaluation("r/2.json", "CBF", "TEST", "LSTM-FCN", 8, 2, 900, "TRAIN");
    evaluation("r/3.json", "Coffee", "TEST", "LSTM-FCN", 8, 3, 28, "TRAIN");

    assertThat(read("r").list().stream().map(Result::method))
        .containsExactly(
            "LSTM-FCN, selected on TEST",
            "LSTM-FCN, selected on TRAIN",
            "LSTM-FCN, selected on TRAIN");
  }

  @Test
  void theMeanOfSeveralModelsIsSaidToBeOne() throws IOException {
    evaluation("r/1.json", "CBF", "LSTM-FCN", 8, 90);
    evaluation("r/2.json", "CBF", "LSTM-FCN", 8, 180);
    Report report = Report.of(read("r"), PostHoc.NEMENYI);

    assertThat(report.everywhere().meanAccuracy(0)).isCloseTo(0.15, within(1e-12));
    assertThat(new Findings(report).sentences())
        .contains(
            "The accuracies of several models of a method on a dataset are averaged: LSTM-FCN.");
  }

  @Test
  void theCounterpartIsOfTheSameKindAndHalf() throws IOException {
    evaluation("r/1.json", "CBF", "LSTM-FCN", 8, 898);
    evaluation("r/2.json", "CBF", "TEST", "ALSTM-FCN", 8, 100, 150); // not the archive's TEST
    evaluation("r/3.json", "Mine", "LSTM-FCN", 8, 898);
    evaluation("r/4.json", "CBF", "LSTM-FCN ensemble", 8, 898);

    List<Result> results = read("r").list();

    assertThat(results.get(0).reported().source()).isEqualTo("Table 1, LSTM-FCN");
    assertThat(results.get(0).reported().accuracy()).isEqualTo(0.9978);
    assertThat(results.get(0).difference()).contains(0);
    assertThat(results.subList(1, 4)).allMatch(result -> result.reported() == null);
  }

  @ParameterizedTest
  @CsvSource({
    "JapaneseVowels, MLSTM-FCN, TEST, 370, 'multivariate README, MLSTM-FCN'",
    "JapaneseVowels, MALSTM_FCN, '', 370, 'multivariate README, MALSTM-FCN'",
    "JapaneseVowels, MLSTMFCN, TRAIN, 370, 'UEA table (copied, unconfirmed), MLSTM-FCN'",
    "Libras, mlstmfcn, TEST, 180, 'UEA table (copied, unconfirmed), MLSTM-FCN'",
    "lp1, ALSTM-FCN, TEST, 50, 'multivariate README, ALSTM-FCN'",
    "CBF, LSTMFCN, TEST, 900, 'Table 1, LSTM-FCN'"
  })
  void theCounterpartOfAMultivariateNetworkIsOfItsSplit(
      String set, String kind, String chosenOn, int total, String source) throws IOException {
    evaluation("r/1.json", set, "TEST", kind, 8, 40, total, chosenOn);

    assertThat(read("r").list().get(0).reported().source()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource({
    "Libras, MALSTM-FCN, 180",
    "Libras, MLSTM-FCN, 90",
    "Wafer, MLSTM-FCN, 6164",
    "CBF, MLSTM-FCN, 900"
  })
  void aMultivariateNetworkOnAnotherSplitHasNoCounterpart(String set, String kind, int total)
      throws IOException {
    evaluation("r/1.json", set, "TEST", kind, 8, 40, total);

    assertThat(read("r").list().get(0).reported()).isNull();
  }

  /** Strawberry's TRAIN of 2018 (613 series) is the TEST that Table 1 was measured on. */
  @ParameterizedTest
  @CsvSource({"613, true", "370, false"})
  void anExchangedHalfIsNoCounterpart(int total, boolean has) throws IOException {
    evaluation("r/1.json", "Strawberry", "TEST", "LSTM-FCN", 8, 300, total);

    assertThat(read("r").list().get(0).reported() != null).isEqualTo(has);
  }

  @Test
  void cellsTellMethodsApartOnlyWhereASetHasSeveral() throws IOException {
    evaluation("r/1.json", "CBF", "LSTM-FCN", 8, 1);
    evaluation("r/2.json", "CBF", "LSTM-FCN", 64, 1);
    evaluation("r/3.json", "Coffee", "LSTM-FCN", 128, 1);
    evaluation("r/4.json", "CBF", "ALSTM-FCN", 8, 1);
    evaluation("r/5.json", "Coffee", "ALSTM-FCN", 64, 1);

    assertThat(read("r").list().stream().map(Result::method))
        .containsExactly(
            "LSTM-FCN, 8 cells",
            "LSTM-FCN, 64 cells",
            "LSTM-FCN, 128 cells",
            "ALSTM-FCN",
            "ALSTM-FCN");
  }

  @Test
  void aSourceCanNameItsMethods() throws IOException {
    evaluation("one/1.json", "CBF", "LSTM-FCN", 8, 1);
    evaluation("two/1.json", "CBF", "LSTM-FCN", 8, 1);
    evaluation("two/2.json", "CBF", "ALSTM-FCN", 8, 1);

    assertThat(read("first=one", "second=two").list().stream().map(Result::method))
        .containsExactly("first", "second LSTM-FCN", "second ALSTM-FCN");
  }

  @Test
  void whatHasNoScoreOnTestIsSkippedAndSaid() throws IOException {
    evaluation("r/1.json", "CBF", "TRAIN", "LSTM-FCN", 8, 1, 30);
    evaluation("r/2.json", "CBF", "LSTM-FCN", 8, 1);
    Results results = read("r");

    assertThat(results.list()).hasSize(1);
    assertThat(new Findings(Report.of(results, PostHoc.NEMENYI)).sentences())
        .contains("Skipped (evaluation of TRAIN): " + folder.resolve("r/1.json") + ".");
  }

  @Test
  void anothersBrokenFileIsPassedOver() throws IOException {
    evaluation("r/1.json", "CBF", "LSTM-FCN", 8, 1);
    Files.writeString(folder.resolve("r/broken.json"), "{");

    assertThat(read("r").skipped())
        .containsExactly(
            new SkippedResult(
                folder.resolve("r/broken.json").toString(), "file not readable as JSON"));
  }

  @Test
  void whatExistsIsAPathWhateverItsName() throws IOException {
    evaluation("lr=0.1/1.json", "CBF", "LSTM-FCN", 8, 1);
    String path = folder.resolve("lr=0.1").toString();

    assertThat(ResultSource.parse(path)).isEqualTo(new ResultSource("", Path.of(path)));
    assertThat(ResultSource.parse("ours=" + path))
        .isEqualTo(new ResultSource("ours", Path.of(path)));
    assertThatThrownBy(() -> ResultSource.parse("ours="))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | expected JSON",
        "{\"files\": [], \"unrecognised\": []} | format: expected 2, found none; verify "
            + "again with --out",
        "{\"format\": 2, \"lstmfcn\": \"0.0.9\", \"files\": [{\"weights\": 3}], "
            + "\"unrecognised\": []}"
            + " | bad.json: written by 0.0.9, this is ",
        "{\"format\": 2, \"lstmfcn\": \"0.0.9\", \"files\": [null], \"unrecognised\": []}"
            + " | files[0]: expected an object, found null",
        "{\"set\":\"a\",\"split\":\"TEST\",\"estimator\":\"b\",\"correct\":7,\"total\":5,\"confusion\":[]}"
            + " | found 7 of 5",
        "{\"set\":\"a\",\"split\":\"TEST\",\"estimator\":\"b\",\"correct\":1.5,\"total\":5,\"confusion\":[]}"
            + " | correct: expected a whole number, found 1.5",
        "{\"set\":\"\",\"split\":\"TEST\",\"estimator\":\"b\",\"correct\":1,\"total\":5,\"confusion\":[]}"
            + " | set: expected a name"
      })
  void damageIsNamed(String text, String message) throws IOException {
    Files.writeString(folder.resolve("bad.json"), text);

    assertThatThrownBy(() -> read("bad.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bad.json")
        .hasMessageContaining(message);
  }
}
