package io.github.lstmfcn.report.result;

import io.github.lstmfcn.report.Report;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.verification.ReportedFigure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results of made-up models. */
public final class ResultFixture {
  private ResultFixture() {}

  public static Result result(String method, String set, int correct, int total) {
    return result(method, set, correct, total, null, Path.of("run"));
  }

  public static Result reported(int correct, int total, double figure) {
    return result(
        "LSTM-FCN",
        "CBF",
        correct,
        total,
        new ReportedFigure("Table 1", figure, 4),
        Path.of("run"));
  }

  public static Result result(
      String method, String set, int correct, int total, ReportedFigure reported, Path place) {
    double accuracy = (double) correct / total;
    return new Result(
        method, 0, "", set, 2, correct, total, accuracy, reported, "model", "run", place);
  }

  public static Report report(PostHoc test, List<Result> results) {
    return Report.of(new Results(results, List.of()), test);
  }

  /** Seven sets of 100 series and three methods, with ties. */
  public static List<Result> sevenSets() {
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
        String name = "ABC".substring(method, method + 1);
        results.add(result(name, "set" + set, correct[set][method], 100));
      }
    }
    return results;
  }
}
