package io.github.lstmfcn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.loop.TrainingData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

  @Test
  void the2017RecipeChoosesOnTestAsTable1Did() {
    Recipe recipe = Recipe.recipe2017(Optional.empty());

    assertThat(recipe.selectsOnTest()).isTrue();
    assertThat(recipe.selection().monitor()).isEqualTo(Monitor.VAL_ACCURACY);
    assertThat(recipe.schedule().epochs()).isEqualTo(2000);
    assertThat(recipe.schedule().batchSize()).isEqualTo(128);
    assertThat(recipe.optimization().adam()).isEqualTo(new Adam(1e-3f, .9f, .999f, 1e-8f));
    assertThat(recipe.inputs().normalization()).isEqualTo(Normalization.NONE);
    assertThat(recipe.optimization().classWeight()).isEqualTo(ClassWeight.NONE);
    assertThat(recipe.layers().dropout()).isEqualTo(.8f);
    assertThat(recipe.optimization().reduceLrOnPlateau())
        .isEqualTo(new ReduceLrOnPlateau(100, 1 / Math.cbrt(2), 1e-4, 1e-4, 0));
  }

  @Test
  void aKnownSetHasTheEpochsAndBatchOfTheRelease() {
    Recipe adiac = Recipe.recipe2017(UcrCatalog.published().find("Adiac"));
    Recipe arrowHead = Recipe.standard(UcrCatalog.published().find("ArrowHead"));

    assertThat(adiac.schedule().epochs()).isEqualTo(4000);
    assertThat(arrowHead.schedule().batchSize()).isEqualTo(32);
    // In the 2018 archive only, so that the release of 2017 has nothing for it.
    assertThat(Recipe.recipe2017(UcrCatalog.published().find("ACSF1")).schedule().epochs())
        .isEqualTo(2000);
  }

  @Test
  void the2019RecipeLooksAtTheTrainingLossAndIsPerSeriesUnlessAsked() {
    Recipe recipe = Recipe.recipe2019();

    assertThat(recipe.selection().monitor()).isEqualTo(Monitor.LOSS);
    assertThat(recipe.selectsOnTest()).isFalse();
    assertThat(recipe.inputs().normalization()).isEqualTo(Normalization.SAMPLE);
    assertThat(recipe.optimization().adam().epsilon()).isEqualTo(1e-7f);
    assertThat(recipe.layers().attentionScope()).isEqualTo(AttentionScope.PER_SERIES);
  }

  @Test
  void theStandardRecipeTrainsOnAllOfTrainWithSettledStatisticsAndNeverSeesTest() {
    Recipe recipe = Recipe.standard(Optional.empty());
    Examples train = Toy.examples(30, 3, 1);

    TrainingData data = TrainingData.of(recipe, train, Toy.examples(12, 3, 2));

    assertThat(recipe.selectsOnTest()).isFalse();
    assertThat(recipe.selection().monitor()).isEqualTo(Monitor.LOSS);
    assertThat(recipe.layers().preciseBatchNorm()).isTrue();
    assertThat(recipe.schedule().epochs()).isEqualTo(2000);
    assertThat(data).isEqualTo(new TrainingData(train, Optional.empty()));
    assertThat(Recipe.recipe2019().layers().preciseBatchNorm()).isFalse();
    assertThat(Recipe.recipe2017(Optional.empty()).layers().preciseBatchNorm()).isFalse();
  }

  @Test
  void aHoldOutIsOfTrainAndNeverSeesTest() {
    Recipe recipe =
        Recipe.standard(Optional.empty()).toBuilder()
            .validation(Validation.Source.HOLD_OUT)
            .monitor(Monitor.VAL_LOSS)
            .build();
    Examples train = Toy.examples(30, 3, 1);
    Examples test = Toy.examples(12, 3, 2);

    TrainingData data = TrainingData.of(recipe, train, test);

    assertThat(recipe.selectsOnTest()).isFalse();
    assertThat(recipe.selection().monitor()).isEqualTo(Monitor.VAL_LOSS);
    assertThat(data.validation().orElseThrow().counts()).containsExactly(2, 2, 2);
    assertThat(data.train().size()).isEqualTo(24);
    assertThat(List.of(data.validation().orElseThrow().series())).isSubsetOf(train.series());
    assertThat(TrainingData.of(Recipe.recipe2019(), train, test).validation()).isEmpty();
    assertThat(TrainingData.of(Recipe.recipe2017(Optional.empty()), train, test).validation())
        .containsSame(test);
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        Arguments.of("epochs: expected 1 or more, found 0", change(r -> r.epochs(0))),
        Arguments.of("batchSize: expected 1 or more, found 0", change(r -> r.batchSize(0))),
        Arguments.of("dropout: expected in [0, 1), found 1", change(r -> r.dropout(1))),
        Arguments.of("dropout: expected in [0, 1), found NaN", change(r -> r.dropout(Float.NaN))),
        Arguments.of(
            "validationSplit: expected in (0, 1), found 1", change(r -> r.validationSplit(1))),
        Arguments.of(
            "learningRate: expected a positive number, found 0",
            change(r -> r.adam(new Adam(0, .9f, .999f, 1e-7f)))),
        Arguments.of(
            "beta2: expected in [0, 1), found 1", change(r -> r.adam(new Adam(1, .9f, 1, 1e-7f)))),
        Arguments.of(
            "epsilon: expected a positive number, found 0",
            change(r -> r.adam(new Adam(1, .9f, .9f, 0)))),
        Arguments.of(
            "earlyStoppingPatience: expected 1 epoch or more, found 0",
            change(r -> r.earlyStopping(new EarlyStopping(0, 0)))),
        Arguments.of(
            "monitor: expected loss or accuracy, as nothing is validated on, found val_loss;"
                + " validate on a hold-out, as --validation-split does",
            change(r -> r.monitor(Monitor.VAL_LOSS))));
  }

  private static UnaryOperator<RecipeBuilder> change(UnaryOperator<RecipeBuilder> change) {
    return change;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void valuesThatMakeNoSenseAreRefusedInOneLine(
      String message, UnaryOperator<RecipeBuilder> change) {
    assertThatThrownBy(() -> change.apply(Recipe.recipe2019().toBuilder()).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void aSetOfOneClassCannotBeTrained() {
    Dataset one =
        new Dataset("One", Path.of("One_TRAIN.tsv"), List.of("7", "7"), new float[][] {{1}, {2}});
    ClassLabels labels = LabelEncoding.SORTED.fit(one);

    assertThatThrownBy(() -> Examples.of(one, Preparation.none(1), labels))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("One_TRAIN.tsv: labels: expected at least two classes, found only [7]");
  }

  @Test
  void aValueThatIsNotFiniteCannotBeTrainedOn() {
    float[][] series = {{1, 2}, {3, Float.NaN}};

    assertThatThrownBy(() -> new Examples(series, new int[] {0, 1}, List.of("a", "b")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("series 2, step 2: expected a finite number, found NaN");
  }
}
