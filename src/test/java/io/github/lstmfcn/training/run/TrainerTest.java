package io.github.lstmfcn.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Adam;
import io.github.lstmfcn.training.ClassWeight;
import io.github.lstmfcn.training.EarlyStopping;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.KerasRelease;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.engine.OptimizerState;
import io.github.lstmfcn.training.loop.*;
import io.github.lstmfcn.training.loop.Trainer.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
  @TempDir Path folder;

  private static TrainingState train(Recipe recipe) {
    return Toy.train(recipe, Toy.initial(ModelKind.LSTM_FCN, recipe));
  }

  @Test
  void learnsATinySetByHeart() {
    Recipe recipe = Toy.recipe().epochs(40).adam(new Adam(3e-3f, .9f, .999f, 1e-7f)).build();

    List<Epoch> epochs = train(recipe).progress().history().epochs();

    assertThat(epochs).hasSize(40);
    assertThat(epochs.get(0).training().accuracy()).isLessThan(1);
    assertThat(epochs.get(39).training().accuracy()).isEqualTo(1);
    assertThat(epochs.get(39).training().loss()).isLessThan(.05);
    assertThat(epochs.get(39).validation().orElseThrow().accuracy()).isEqualTo(1);
  }

  @Test
  void theSameSeedTrainsTheSameWeightsBitForBitAndAnotherOthers() {
    Recipe recipe = Toy.recipe().build();
    TrainingState once = train(recipe);

    assertThat(Toy.same(once.weights(), train(recipe).weights())).isTrue();
    assertThat(once.progress().history()).isEqualTo(train(recipe).progress().history());
    // From the same weights, order and dropout are others.
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    Recipe other = Toy.recipe().seed(8).build();
    assertThat(Toy.same(once.weights(), Toy.train(other, initial).weights())).isFalse();
  }

  /** With all that a training has: shuffled, dropout, a falling rate, a short last batch. */
  @ParameterizedTest
  @CsvSource({
    "KERAS_2_0_8,false",
    "KERAS_2_2_5,false",
    "KERAS_3,false",
    "KERAS_2_2_5,true",
    "KERAS_3,true"
  })
  void aTrainingThatIsCutAndResumedFromAFileEndsBitForBitAsOneThatIsNot(
      KerasRelease release, boolean precise) {
    Recipe recipe =
        Toy.recipe()
            .kerasRelease(release)
            .preciseBatchNorm(precise)
            .reduceLrOnPlateau(new ReduceLrOnPlateau(1, .5, 1e-5, .5, 0))
            .classWeight(ClassWeight.BALANCED)
            .build();
    ModelWeights initial = Toy.initial(ModelKind.ALSTM_FCN, recipe);
    TrainingState straight = Toy.train(recipe, initial);

    AtomicInteger epochs = new AtomicInteger();
    Toy.Memory memory = new Toy.Memory();
    Ending cut =
        Toy.trainer(recipe, memory, TrainingListener.NONE, () -> epochs.getAndIncrement() == 2)
            .train(initial);
    assertThat(memory.last.progress().epoch()).isEqualTo(2);
    Path file = folder.resolve("checkpoint");
    Checkpoint.write(file, memory.last);
    Ending ending =
        Toy.trainer(recipe, memory, TrainingListener.NONE, () -> false)
            .resume(Checkpoint.read(file));
    TrainingState resumed = memory.last;

    assertThat(cut).isEqualTo(Ending.INTERRUPTED);
    assertThat(ending).isEqualTo(Ending.COMPLETED);
    assertThat(Toy.same(resumed.selected(recipe), straight.selected(recipe))).isTrue();
    assertThat(Toy.same(resumed.weights(), straight.weights())).isTrue();
    assertThat(resumed.progress().history()).isEqualTo(straight.progress().history());
    assertThat(resumed.progress().plateau()).isEqualTo(straight.progress().plateau());
    assertThat(straight.progress().plateau().learningRate()).isLessThan(1e-3f);
    OptimizerState expected = straight.optimizer();
    OptimizerState found = resumed.optimizer();
    assertThat(found.step()).isEqualTo(expected.step()).isEqualTo(12);
    assertThat(found.slots().keySet())
        .isEqualTo(expected.slots().keySet())
        .allMatch(
            slot ->
                Arrays.equals(
                    found.slots().get(slot).values(), expected.slots().get(slot).values()));
  }

  @Test
  void keepsTheBestEpochOrTheLast() {
    Recipe best =
        Toy.recipe().epochs(6).validation(Validation.Source.TEST).monitor(Monitor.VAL_LOSS).build();
    TrainingState state = train(best);
    List<Epoch> epochs = state.progress().history().epochs();
    Progress.Best kept = state.progress().best().orElseThrow();

    double lowest = epochs.stream().mapToDouble(Monitor.VAL_LOSS::of).min().orElseThrow();
    assertThat(kept.value()).isEqualTo(lowest);
    assertThat(Monitor.VAL_LOSS.of(epochs.get(kept.epoch() - 1))).isEqualTo(lowest);
    assertThat(state.selected(best)).isSameAs(state.best().orElseThrow());

    Recipe last = best.toBuilder().saveBestOnly(false).build();
    assertThat(state.selected(last)).isSameAs(state.weights());
    assertThat(Toy.same(train(last).weights(), state.weights())).isTrue();
  }

  @Test
  void endsEarlyWhenTheMonitoredValueDoesNotImprove() {
    Recipe recipe =
        Toy.recipe().epochs(50).earlyStopping(new EarlyStopping(2, 10)).build(); // by 10 nats

    Toy.Memory memory = new Toy.Memory();
    Ending ending =
        Toy.trainer(recipe, memory, TrainingListener.NONE, () -> false)
            .train(Toy.initial(ModelKind.LSTM_FCN, recipe));

    // The first epoch improves on nothing; the two after it do not improve on it.
    assertThat(ending).isEqualTo(Ending.STOPPED_EARLY);
    assertThat(memory.last.progress().epoch()).isEqualTo(3);
  }

  @Test
  void everyBatchIsToldAndEveryEpochKept() {
    Recipe recipe = Toy.recipe().epochs(2).build();
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(int epoch, int batch, int batches, Score soFar) {
            told.add(epoch + ": " + batch + " of " + batches);
          }
        };
    StateSaver saver =
        (arrays, progress) -> {
          arrays.close();
          told.add("after " + progress.epoch());
        };
    Toy.trainer(recipe, saver, listener, () -> false)
        .train(Toy.initial(ModelKind.LSTM_FCN, recipe));

    assertThat(told)
        .containsExactly(
            "1: 1 of 3",
            "1: 2 of 3",
            "1: 3 of 3",
            "after 1",
            "2: 1 of 3",
            "2: 2 of 3",
            "2: 3 of 3",
            "after 2");
  }

  @Test
  void everyEpochHasAnOrderOfItsOwnThatFollowsFromTheSeed() {
    Trainer trainer = Toy.trainer(Toy.recipe().build());
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 1; epoch <= 20; epoch++) {
      List<Integer> order = Arrays.stream(trainer.order(epoch)).boxed().toList();
      assertThat(order).hasSize(19).doesNotHaveDuplicates().allMatch(i -> i >= 0 && i < 19);
      assertThat(trainer.order(epoch)).isEqualTo(trainer.order(epoch));
      orders.add(order);
    }
    assertThat(orders).hasSize(20);
    assertThat(Toy.trainer(Toy.recipe().seed(8).build()).order(1)).isNotEqualTo(trainer.order(1));
    assertThat(Toy.trainer(Toy.recipe().shuffle(false).build()).order(5)).startsWith(0, 1, 2, 3);
  }

  @Test
  void aLossThatIsNoNumberStopsAndTheLastGoodWeightsAreKept() {
    // So large a rate that the second epoch's numbers overflow.
    Recipe recipe =
        Toy.recipe().batchSize(19).adam(new Adam(1e30f, .9f, .999f, 1e-7f)).epochs(10).build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);

    Toy.Memory memory = new Toy.Memory();
    Trainer trainer = Toy.trainer(recipe, memory, TrainingListener.NONE, () -> false);

    assertThatThrownBy(() -> trainer.train(initial))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageMatching(".*epoch \\d+.*(NaN|Infinity).*1.0E30; .*; lower.*");

    assertThat(memory.last.weights().arrays()).isNotEmpty();
    assertThat(memory.last.progress().epoch()).isLessThan(10);
  }

  @Test
  void aNaNInTheWeightsIsSeenInTheLoss() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights initial = Toy.initial(ModelKind.LSTM_FCN, recipe);
    ModelWeights huge =
        Toy.with(initial, Map.of("dense/kernel", 3e38f, "lstm/bias", 9f, "lstm/kernel", 0f));

    assertThatThrownBy(() -> Toy.trainer(recipe).train(huge))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("epoch 1")
        .hasMessageContaining("no epoch was completed");
  }

  @Test
  void refusesWeightsForOtherSeriesOrClasses() {
    Recipe recipe = Toy.recipe().build();
    ModelWeights two = Trainer.initialWeights(Toy.spec(ModelKind.LSTM_FCN, 2), recipe);

    assertThatThrownBy(() -> Toy.trainer(recipe).train(two))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "weights: expected 12 values per series and 3 classes, as in the data, found 12 and 2");
  }

  @Test
  void refusesToMonitorWhatIsNotMeasured() {
    Recipe recipe =
        Toy.recipe().validation(Validation.Source.TEST).monitor(Monitor.VAL_LOSS).build();
    TrainingData unvalidated = new TrainingData(Toy.examples(9, 3, 1), Optional.empty());

    assertThatThrownBy(
            () ->
                new Trainer(
                    recipe, unvalidated, new Toy.Memory(), TrainingListener.NONE, () -> false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("validation: expected series, since val_loss is monitored");
  }
}
