package io.github.lstmfcn.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.report.EvaluationReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

  @Test
  void countsAndSharesOfASmallConfusion() {
    float[][] probabilities = {{.7f, .2f, .1f}, {.2f, .7f, .1f}, {.1f, .8f, .1f}, {.6f, .2f, .2f}};
    Evaluation evaluation =
        Evaluation.of(probabilities, new int[] {0, 1, 0, 2}, List.of("a", "b", ""));

    assertThat(evaluation.correct()).isEqualTo(2);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.confusion()).isDeepEqualTo(new int[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 0}});
    assertThat(evaluation.names()).containsExactly("a", "b", "class 2");
    assertThat(evaluation.precision(0)).isEqualTo(0.5);
    assertThat(evaluation.recall(0)).isEqualTo(0.5);
    assertThat(evaluation.f1(1)).isEqualTo(2 * 0.5 * 1 / 1.5);
    assertThat(evaluation.precision(2)).isZero();
    assertThat(evaluation.f1(2)).isZero();
    double loss = -(Math.log(.7) + Math.log(.7) + Math.log(.1) + Math.log(.2)) / 4;
    assertThat(evaluation.loss()).isCloseTo(loss, within(1e-6));
  }

  @Test
  void aProbabilityOfZeroCostsWhatKerasCharges() {
    Evaluation evaluation = Evaluation.of(new float[][] {{1, 0}}, new int[] {1}, List.of("a", "b"));

    assertThat(evaluation.loss()).isCloseTo(-Math.log(1e-7), within(1e-9));
  }

  @Test
  void sizesThatDoNotAgreeAreRefused() {
    assertThatThrownBy(() -> Evaluation.of(new float[0][], new int[0], List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Evaluation.of(new float[][] {{1, 0, 0}}, new int[] {0}, List.of("a", "b")))
        .hasMessage("expected 2 classes, found 3");
  }

  static Stream<ReferenceCase> shipped() {
    return ReferenceCase.all()
        .filter(reference -> reference.reference().startsWith("testdata"))
        .filter(reference -> reference.facts().has("dataset"));
  }

  /** From the text files to k/N and the loss, as the original's own loader and evaluation. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void filesGiveTheOriginalsCountAndLoss(ReferenceCase reference) {
    var facts = reference.facts();
    UcrArchive archive = UcrArchive.open(Path.of("testdata"));
    String name = facts.get("dataset").asText();
    var train = archive.read(name, Split.TRAIN);
    String normalization = facts.path("normalisation").asText("none").toUpperCase(Locale.ROOT);
    AttentionScope scope = reference.acrossBatch() ? AttentionScope.ACROSS_BATCH : null;
    try (var model = new LstmFcnSession(reference.file().weights(null, scope))) {
      Normalization ofTrain =
          model.variables() > 1 && normalization.equals("TRAIN")
              ? Normalization.UPSTREAM
              : Normalization.valueOf(normalization);
      boolean cut = model.variables() > 1;
      Preparation preparation =
          Preparation.of(ofTrain, model.variables(), model.length(), cut, train, null);
      ScoredSplit scored =
          ScoredSplit.of(archive.read(name, Split.TEST), train, LabelEncoding.UPSTREAM);
      float[][] inputs = scored.inputs(model.classes(), preparation);
      Evaluation evaluation = scored.evaluation(model.probabilities(inputs, 128));

      assertThat(evaluation.correct()).isEqualTo(facts.get("correct").asInt());
      if (facts.has("loss")) {
        assertThat(evaluation.loss()).isCloseTo(facts.get("loss").asDouble(), within(1e-5));
      }
    }
  }

  @Test
  void theReportHasEveryNumberInEveryForm() {
    Evaluation evaluation =
        Evaluation.of(
            new float[][] {{.9f, .1f}, {.2f, .8f}, {.7f, .3f}},
            new int[] {0, 1, 1},
            List.of("x", "y"));
    EvaluationReport report = new EvaluationReport(evaluation);

    assertThat(report.text()).contains("2/3", "0.666667", "true \\ predicted");
    assertThat(report.csv())
        .contains("correct,,,2", "total,,,3", "recall,y,,0.5", "confusion,y,x,1");
    assertThat(report.map())
        .containsKeys("correct", "total", "accuracy", "loss", "classes", "confusion");
  }

  @Test
  void manyClassesLeaveTheMatrixToCsvAndJson() {
    float[][] probabilities = new float[1][21];
    probabilities[0][3] = 1;
    List<String> names = Stream.iterate(0, k -> k + 1).limit(21).map(k -> "" + k).toList();
    Evaluation evaluation = Evaluation.of(probabilities, new int[] {3}, names);

    assertThat(new EvaluationReport(evaluation).text())
        .contains("Use --csv or --json for the confusion matrix of 21 classes.");
  }
}
