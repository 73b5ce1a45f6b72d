package io.github.lstmfcn.report;

import io.github.lstmfcn.evaluation.ReportedFigure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results of made-up models. */
final class ResultFixture {
  private ResultFixture() {}

  static Result result(String method, String set, int correct, int total) {
    return new Result(method, 0, set, 2, correct, total, "", null, "run", Path.of("run"));
  }

  static Result reported(int correct, int total, double figure) {
    return new Result(
        "LSTM-FCN",
        8,
        "CBF",
        3,
        correct,
        total,
        "TEST",
        new ReportedFigure("Table 1", figure),
        "run",
        Path.of("run"));
  }

  /** Seven sets of 100 series and three methods, with ties. */
  static Results sevenSets() {
    int[][] correct = {
      {90, 80, 85},
      {70, 70, 60},
      {95, 90, 90},
      {50, 40, 45},
      {80, 81, 70},
      {100, 100, 100},
      {66, 60, 50}
    };
    List<Result> results = new ArrayList<>();
    for (int set = 0; set < correct.length; set++) {
      for (int method = 0; method < 3; method++) {
        results.add(
            result("ABC".substring(method, method + 1), "set" + set, correct[set][method], 100));
      }
    }
    return new Results(results, List.of());
  }
}
