package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.lstmfcn.data.InvalidInputException;
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
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        {"weights": "w.h5", "estimator": "%s", "cells": %d, "chosen_on": "", "set": "%s",
         "split": "%s", "correct": %d, "total": %d, "classes": [{}, {}, {}], "confusion": []}
        """
            .formatted(estimator, cells, set, split, correct, total));
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
        .write(folder.resolve("a/results"));
    Files.writeString(folder.resolve("a/notes.txt"), "no result");
    Files.writeString(folder.resolve("a/other.json"), "{\"correct\": 3}");

    assertThat(read("a").list())
        .extracting(Result::method, Result::set, Result::correct, Result::total, Result::classes)
        .containsExactly(tuple("LSTM-FCN", "CBF", 898, 900, 3), tuple("ROCKET", "CBF", 1, 2, 2));
  }

  @Test
  void aFolderThatLeadsBackToItselfIsWalkedOnce() throws IOException {
    evaluation("a/cbf.json", "CBF", "LSTM-FCN", 8, 898);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder.resolve("a"));

    assertThat(read("a").list()).hasSize(1);
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

    assertThat(read("one", "first=one", "second=two").list().stream().map(Result::method))
        .containsExactly("LSTM-FCN", "first", "second LSTM-FCN", "second ALSTM-FCN");
  }

  @Test
  void whatHasNoScoreOnTestIsSkippedAndSaid() throws IOException {
    evaluation("r/1.json", "CBF", "TRAIN", "LSTM-FCN", 8, 1, 30);
    evaluation("r/2.json", "CBF", "LSTM-FCN", 8, 1);
    Results results = read("r");

    assertThat(results.list()).hasSize(1);
    assertThat(results.skipped()).containsExactly(folder.resolve("r/1.json"));
    assertThat(Report.of(results, PostHoc.NEMENYI).findings().get(1)).contains("1.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | expected JSON",
        "{\"files\": [{\"weights\": 3, \"other\": 4}], \"unrecognised\": []} | verify again with --out",
        "{\"set\":\"a\",\"split\":\"TEST\",\"estimator\":\"b\",\"correct\":7,\"total\":5,\"confusion\":[]} | found 7 of 5"
      })
  void damageIsNamed(String text, String message) throws IOException {
    Files.writeString(folder.resolve("bad.json"), text);

    assertThatThrownBy(() -> read("bad.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bad.json")
        .hasMessageContaining(message);
  }
}
