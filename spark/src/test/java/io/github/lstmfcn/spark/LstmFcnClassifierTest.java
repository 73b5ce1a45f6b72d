package io.github.lstmfcn.spark;

import static io.github.lstmfcn.spark.LocalSpark.TEST;
import static io.github.lstmfcn.spark.LocalSpark.TRAIN;
import static io.github.lstmfcn.spark.LocalSpark.floats;
import static io.github.lstmfcn.spark.LocalSpark.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.Training;
import io.github.lstmfcn.training.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LstmFcnClassifierTest {
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    LocalSpark.session();
  }

  @AfterAll
  static void stop() {
    LocalSpark.session().stop();
  }

  private static LstmFcnClassifier quick() {
    return new LstmFcnClassifier().setCells(2).setEpochs(2).setTrainingBatchSize(16);
  }

  @Test
  void trainsWhatTheLibraryTrainsBitForBit() {
    LstmFcnModel model = quick().setSeed(3).fit(frame(TRAIN));

    Recipe recipe =
        Recipe.standard(Optional.empty()).toBuilder().epochs(2).batchSize(16).seed(3).build();
    Training.Result expected = Training.on(TRAIN).cells(2).recipe(recipe).threads(1).run();
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(expected.model(), 1)) {
      float[][] probabilities = classifier.predictScores(TEST.series(), 128).probabilities();
      List<Row> scored = model.setBatchSize(128).transform(frame(TEST).coalesce(1)).collectAsList();
      for (int i = 0; i < TEST.size(); i++) {
        assertThat(floats(scored.get(i), "probability")).containsExactly(probabilities[i]);
      }
    }
    assertThat(model.labels()).containsExactly("1", "2", "3");
    assertThat(model.model().provenance()).containsEntry("seed", "3");
  }

  @Test
  void theModelHasTheColumnsOfTheClassifierAndItsIdentifier() {
    LstmFcnClassifier classifier =
        quick().setProbabilityCol("p").setBatchSize(9).setHandleInvalid("skip");

    LstmFcnModel model = classifier.fit(frame(TRAIN));

    assertThat(model.uid()).isEqualTo(classifier.uid());
    assertThat(model.parent()).isSameAs(classifier);
    assertThat(model.getProbabilityCol()).isEqualTo("p");
    assertThat(model.getBatchSize()).isEqualTo(9);
    assertThat(model.getHandleInvalid()).isEqualTo("skip");
  }

  private static StringIndexer indexer() {
    return new StringIndexer()
        .setInputCol("label")
        .setOutputCol("index")
        .setStringOrderType("alphabetDesc");
  }

  @Test
  void classIndicesAndTheirNamesAreThoseOfTheColumn() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(new PipelineStage[] {indexer(), quick().setEpochs(30).setLabelCol("index")});
    Path saved = folder.resolve("pipeline");
    pipeline.save(saved.toString());
    PipelineModel fitted = Pipeline.load(saved.toString()).fit(frame(TRAIN));

    Dataset<Row> scored = fitted.transform(frame(TEST));

    LstmFcnModel model = (LstmFcnModel) fitted.stages()[1];
    assertThat(model.labels()).containsExactly("3", "2", "1");
    double accuracy = evaluator().evaluate(scored);
    double byLabel = scored.filter("label = predictedLabel").count() / (double) scored.count();
    assertThat(accuracy).isEqualTo(byLabel).isGreaterThan(0.6);
  }

  private static MulticlassClassificationEvaluator evaluator() {
    return new MulticlassClassificationEvaluator().setLabelCol("index").setMetricName("accuracy");
  }

  @Test
  void stringsAreLabelsAsTheyAre() {
    Dataset<Row> train =
        frame(TRAIN)
            .withColumn(
                "label", functions.expr("element_at(array('0012', '12', '1e3'), int(label))"));

    LstmFcnModel model = quick().fit(train);

    assertThat(model.labels()).containsExactly("0012", "12", "1e3");
    assertThatThrownBy(() -> quick().fit(train.withColumn("label", functions.lit(" "))))
        .hasMessageContaining("row 1, column label: expected a label, found a blank one");
  }

  @Test
  void aLabelWithoutRowsAfterTheOthersIsNoClass() {
    StringIndexer keeping = indexer().setHandleInvalid("keep"); // adds __unknown
    Dataset<Row> train = keeping.fit(frame(TRAIN)).transform(frame(TRAIN));

    LstmFcnModel model = quick().setLabelCol("index").fit(train);

    assertThat(model.labels()).containsExactly("3", "2", "1");
    assertThatThrownBy(() -> quick().setLabelCol("index").fit(train.filter("index <> 1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows of each of the classes 0 to 2, found none of 1");
  }

  @Test
  void searchesInParallelByCrossValidation() throws IOException {
    Dataset<Row> train = indexer().fit(frame(TRAIN)).transform(frame(TRAIN));
    LstmFcnClassifier classifier = quick().setLabelCol("index");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.cells(), new int[] {1, 3})
            .addGrid(
                classifier.kind(),
                scala.jdk.javaapi.CollectionConverters.asScala(List.of("LSTM-FCN", "ALSTM-FCN")))
            .build();

    CrossValidatorModel searched =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(1)
            .fit(train);
    Path saved = folder.resolve("searched");
    searched.save(saved.toString());

    assertThat(searched.avgMetrics()).hasSize(4);
    LstmFcnModel best = (LstmFcnModel) CrossValidatorModel.load(saved.toString()).bestModel();
    assertThat(best.model().spec().cells()).isIn(1, 3);
    assertThat(
            new TrainValidationSplit()
                .setEstimator(classifier)
                .setEvaluator(evaluator())
                .setEstimatorParamMaps(grid)
                .setParallelism(2)
                .setSeed(1)
                .fit(train)
                .validationMetrics())
        .hasSize(4);
  }

  @Test
  void rowsThatCannotBeLearnedFromAreNamedInOneLine() {
    Dataset<Row> rows = frame(TRAIN);

    assertThatThrownBy(() -> quick().setLabelCol("class").fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column class: expected a column of this name, found only id, label, features");
    assertThatThrownBy(() -> quick().setLabelCol("features").fit(rows))
        .hasMessage(
            "column features: expected class indices from 0, or strings, found array<float>; make"
                + " them with StringIndexer");
    assertThatThrownBy(
            () -> quick().fit(rows.withColumn("label", rows.col("label").cast("double"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows of each of the classes 0 to 3, found none of 0");
    assertThatThrownBy(() -> quick().fit(rows.withColumn("label", functions.lit(0.5))))
        .hasMessageContaining("row 1, column label: expected a class index from 0, found 0.5");
    assertThatThrownBy(() -> quick().fit(rows.filter("id < 0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least one to train on, found none");
    assertThatThrownBy(
            () ->
                quick()
                    .fit(rows.withColumn("features", functions.expr("if(id = 4, null, features)"))))
        .hasMessageContaining("row 5: expected a series and a label, found no series");
    assertThatThrownBy(() -> quick().setMonitor("val_loss").fit(rows))
        .hasMessageContaining(
            "expected loss or accuracy, as nothing is validated on, found val_loss");
    assertThatThrownBy(() -> quick().setRecipe("2017"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTrainingThatDivergesSaysSo() {
    assertThatThrownBy(() -> quick().setLearningRate(1e30).setEpochs(20).fit(frame(TRAIN)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lower the learning rate");
  }
}
