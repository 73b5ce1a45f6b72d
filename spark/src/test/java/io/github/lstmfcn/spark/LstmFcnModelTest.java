package io.github.lstmfcn.spark;

import static io.github.lstmfcn.spark.LocalSpark.ROOT;
import static io.github.lstmfcn.spark.LocalSpark.TEST;
import static io.github.lstmfcn.spark.LocalSpark.WEIGHTS;
import static io.github.lstmfcn.spark.LocalSpark.floats;
import static io.github.lstmfcn.spark.LocalSpark.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.Prediction;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.spark.row.ExecutorClassifiers;
import io.github.lstmfcn.spark.row.UnusableRowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LstmFcnModelTest {
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    LocalSpark.session();
  }

  @AfterAll
  static void stop() {
    LocalSpark.session().stop();
  }

  private static LstmFcnModel model() {
    return LstmFcnModel.load(WEIGHTS.toString());
  }

  private static List<float[]> probabilities(Dataset<Row> scored) {
    return scored.orderBy("id").collectAsList().stream()
        .map(row -> floats(row, "probability"))
        .toList();
  }

  private static List<float[]> expected() {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(WEIGHTS)) {
      return List.of(classifier.predictProbabilities(TEST.series()));
    }
  }

  private static void assertClose(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int row = 0; row < found.size(); row++) {
      assertThat(found.get(row))
          .containsExactly(expected.get(row), org.assertj.core.data.Offset.offset(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 128, 500})
  void answersWhatTheLibraryAnswersToTheRowsOfAPartitionBitForBit(int batchSize) {
    List<Row> scored =
        model().setBatchSize(batchSize).transform(frame(TEST).coalesce(1)).collectAsList();

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(Model.load(WEIGHTS), 1)) {
      ClassScores expected = classifier.predictScores(TEST.series(), batchSize);
      List<Prediction> predictions = classifier.predict(TEST.series());
      assertThat(scored).hasSize(TEST.size());
      for (int i = 0; i < TEST.size(); i++) {
        Row row = scored.get(i);
        assertThat(row.<Integer>getAs("id")).isEqualTo(i);
        assertThat(floats(row, "probability")).containsExactly(expected.probabilities()[i]);
        assertThat(floats(row, "rawPrediction")).containsExactly(expected.logits()[i]);
        assertThat(row.<Double>getAs("prediction")).isEqualTo(predictions.get(i).index());
        assertThat(row.<String>getAs("predictedLabel")).isEqualTo(predictions.get(i).label());
      }
    }
  }

  @Test
  void readsSeriesFromArraysOfFloatAndDoubleFromVectorsAndFromArraysOfOneVariable() {
    Dataset<Row> floats = frame(TEST);
    Dataset<Row> doubles =
        floats.withColumn("features", floats.col("features").cast("array<double>"));
    Dataset<Row> vectors =
        doubles.withColumn("features", functions.array_to_vector(doubles.col("features")));
    Dataset<Row> nested =
        floats.withColumn("features", org.apache.spark.sql.functions.array(floats.col("features")));

    for (Dataset<Row> rows : List.of(floats, doubles, vectors, nested)) {
      assertClose(probabilities(model().transform(rows)), expected());
    }
  }

  @Test
  void readsSeveralVariables() {
    Path weights = ROOT.resolve("keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5");
    io.github.lstmfcn.data.Dataset data;
    try (Stream<Path> files = Files.list(ROOT.resolve("testdata/PhaseWaves"))) {
      data =
          DatasetFile.read(
              files.filter(file -> file.toString().contains("TEST")).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add(
                "series",
                DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));
    List<Row> rows =
        IntStream.range(0, data.size())
            .mapToObj(i -> RowFactory.create(i, (Object) data.series()[i]))
            .toList();
    LstmFcnModel model = LstmFcnModel.load(weights.toString()).setFeaturesCol("series");

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(weights)) {
      assertClose(
          probabilities(model.transform(LocalSpark.session().createDataFrame(rows, schema))),
          List.of(classifier.predictProbabilities(data.series())));
    }
    assertThatThrownBy(() -> model.setFeaturesCol("features").transform(frame(TEST)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column features: expected array<array<float>>")
        .hasMessageContaining("found array<float>");
  }

  @Test
  void missingValuesAndShortSeriesAreTheLibrarys() {
    float[] gap = TEST.series()[0][0].clone();
    gap[3] = Float.NaN;
    float[] shorter = Arrays.copyOf(gap, 100);
    Float[] withNull = IntStream.range(0, 100).mapToObj(i -> shorter[i]).toArray(Float[]::new);
    withNull[3] = null;
    List<Row> rows =
        List.of(
            RowFactory.create(0, "1", gap),
            RowFactory.create(1, "1", shorter),
            RowFactory.create(2, "1", withNull));

    List<float[]> found =
        probabilities(
            model().transform(LocalSpark.session().createDataFrame(rows, LocalSpark.SCHEMA)));

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(WEIGHTS)) {
      assertClose(
          found, List.of(classifier.predictProbabilities(new float[][] {gap, shorter, shorter})));
    }
  }

  /** Rows of which every second one cannot be scored. */
  private static Dataset<Row> halfUnusable() {
    float[] good = TEST.series()[0][0];
    float[] infinite = good.clone();
    infinite[7] = Float.POSITIVE_INFINITY;
    float[] empty = good.clone();
    Arrays.fill(empty, Float.NaN);
    float[] large = good.clone();
    large[0] = 3e38f;
    List<float[]> bad =
        new ArrayList<>(Arrays.asList(infinite, null, new float[0], new float[200], empty, large));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2 * bad.size(); i++) {
      rows.add(RowFactory.create(i, "1", i % 2 == 0 ? good : bad.get(i / 2)));
    }
    return LocalSpark.session().createDataFrame(rows, LocalSpark.SCHEMA).coalesce(1);
  }

  @Test
  void skipsOrKeepsRowsThatCannotBeScored() {
    Dataset<Row> rows = halfUnusable();

    List<Row> skipped =
        model().setHandleInvalid("skip").setBatchSize(2).transform(rows).collectAsList();
    assertThat(skipped)
        .extracting(row -> row.<Integer>getAs("id"))
        .containsExactly(0, 2, 4, 6, 8, 10);

    List<Row> kept =
        model().setHandleInvalid("keep").setBatchSize(2).transform(rows).collectAsList();
    assertThat(kept)
        .extracting(row -> row.<Integer>getAs("id"))
        .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    for (Row row : kept) {
      boolean isScored = row.<Integer>getAs("id") % 2 == 0;
      assertThat(Double.isNaN(row.<Double>getAs("prediction"))).isEqualTo(!isScored);
      assertThat(row.<String>getAs("predictedLabel") != null).isEqualTo(isScored);
      assertThat(Float.isNaN(floats(row, "probability")[0])).isEqualTo(!isScored);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | row id=1, label=1, features=[ | expected finite values or NaN, found Infinity at step 8
          3  | row id=3, label=1, features=null | expected a series, found null
          5  | row id=5, label=1, features=[] | expected a value, found none
          7  | 200 values] | expected at most 128 steps, the model's length, found 200
          9  | features=[NaN, NaN | found only missing values
          11 | row id=11 | values so large that its arithmetic overflows
          """)
  void aRowThatCannotBeScoredIsNamed(int id, String place, String problem) {
    Dataset<Row> rows = halfUnusable().filter("id % 2 = 0 or id = " + id);

    assertThatThrownBy(() -> model().transform(rows).collectAsList())
        .rootCause()
        .isInstanceOf(UnusableRowException.class)
        .hasMessageContaining(place)
        .hasMessageContaining(problem)
        .hasMessageContaining("handleInvalid")
        .extracting(failure -> failure.getStackTrace().length)
        .isEqualTo(0);
  }

  @Test
  void truncatesOnlyWhenToldTo() {
    float[] longer = Arrays.copyOf(TEST.series()[0][0], 140);
    Arrays.fill(longer, 128, 140, 5);
    Dataset<Row> rows =
        LocalSpark.session()
            .createDataFrame(List.of(RowFactory.create(0, "1", longer)), LocalSpark.SCHEMA);

    assertThat(probabilities(model().setTruncate(true).transform(rows)).get(0))
        .containsExactly(expected().get(0), org.assertj.core.data.Offset.offset(1e-5f));
    LoadOptions truncating = LoadOptions.builder().truncate(true).build();
    assertThat(LstmFcnModel.load(WEIGHTS.toString(), truncating).getTruncate()).isTrue();
  }

  @Test
  void aColumnThatCannotBeReadOrAddedIsRefusedBeforeAJobStarts() {
    Dataset<Row> rows = frame(TEST);

    assertThatThrownBy(() -> model().setFeaturesCol("series").transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column series: expected a column of this name, found only id, label, features");
    assertThatThrownBy(() -> model().setFeaturesCol("label").transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column label: expected array<float>, array<double> or vector")
        .hasMessageContaining("found string");
    assertThatThrownBy(
            () ->
                model()
                    .transform(
                        rows.withColumn("features", rows.col("features").cast("array<int>"))))
        .hasMessageContaining("found array<int>");
    assertThatThrownBy(() -> model().setPredictionCol("id").transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column id: expected no column of this name");
    assertThatThrownBy(() -> model().setHandleInvalid("ignore"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> model().setBatchSize(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesOfColumnsFollowTheRuleOfSpark() {
    Dataset<Row> rows =
        frame(TEST).withColumnRenamed("features", "a.b `c`").withColumnRenamed("id", "Prediction");

    assertThatThrownBy(() -> model().setFeaturesCol("A.B `C`").transform(rows))
        .hasMessageStartingWith("column prediction: expected no column of this name");
    assertThat(
            model()
                .setFeaturesCol("A.B `C`")
                .setPredictionCol("index")
                .transform(rows)
                .filter("index = 0")
                .count())
        .isPositive();
    Dataset<Row> twice = frame(TEST).select("id", "features", "ID");
    assertThatThrownBy(() -> model().transform(twice))
        .hasMessage("column ID: expected columns of different names, found two; drop one");
  }

  @Test
  void columnsThatArePassedOnKeepEveryValueAndTheirTypes() {
    Dataset<Row> rows =
        frame(TEST)
            .limit(3)
            .selectExpr(
                "id",
                "features",
                "date_from_unix_date(-141427 + id) as day",
                "timestamp_micros(-12219000000000000 + id) as moment",
                "cast(X'61FF62' as string) as bytes",
                "cast('a' as string collate UTF8_LCASE) as collated",
                "interval '3' month as months",
                "cast(1.25 as decimal(5,2)) as price",
                "map('k', id) as counts");

    Dataset<Row> passedOn = model().transform(rows).select("id", rows.schema().fieldNames());

    assertThat(passedOn.drop("id").schema()).isEqualTo(rows.drop("id").schema());
    String[] exact = {
      "id",
      "unix_date(day)",
      "unix_micros(moment)",
      "hex(cast(bytes as binary))",
      "collated = 'A'",
      "cast(months as string)",
      "price",
      "counts['k']"
    };
    assertThat(model().transform(rows).selectExpr(exact).collectAsList())
        .isEqualTo(rows.selectExpr(exact).collectAsList());
  }

  @Test
  void labelsThatASavedModelWasGivenLaterAreSavedWithIt() throws IOException {
    Path exported = folder.resolve("exported");
    Model.load(WEIGHTS).withLabels(List.of("cyl", "bell", "fun")).export(exported, false);
    LstmFcnModel own = LstmFcnModel.load(exported.toString());
    LstmFcnModel named =
        LstmFcnModel.load(
            exported.toString(), LoadOptions.builder().labels(List.of("a", "b", "c")).build());
    Path saved = folder.resolve("saved");
    named.save(saved.toString());

    assertThat(LstmFcnModel.load(saved.toString()).labels()).containsExactly("a", "b", "c");
    assertThat(named.digest()).isNotEqualTo(own.digest());
    assertThat(named.transform(frame(TEST)).select("predictedLabel").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aDamagedSavedModelIsRefusedInOneLine() throws IOException {
    Path saved = folder.resolve("saved");
    model().save(saved.toString());
    Files.delete(saved.resolve("model/weights.h5"));
    assertThatThrownBy(() -> LstmFcnModel.load(saved.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected weights.h5 or saved_model.pb in its folder model");

    model().write().overwrite().save(saved.toString());
    try (Stream<Path> parts = Files.list(saved.resolve("metadata"))) {
      for (Path part :
          parts.filter(file -> file.getFileName().toString().startsWith("part-")).toList()) {
        Files.writeString(part, Files.readString(part).replace("handleInvalid", "handle"));
      }
    }
    try (Stream<Path> sums = Files.list(saved.resolve("metadata"))) {
      for (Path sum : sums.filter(file -> file.toString().endsWith(".crc")).toList()) {
        Files.delete(sum);
      }
    }
    assertThatThrownBy(() -> LstmFcnModel.load(saved.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected parameters that this version knows");
  }

  @Test
  void aHugeBatchAndAHugeSparseVectorDoNoHarm() {
    assertClose(probabilities(model().setBatchSize(1 << 28).transform(frame(TEST))), expected());
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", org.apache.spark.ml.linalg.SQLDataTypes.VectorType());
    Dataset<Row> rows =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        1, Vectors.sparse(2_000_000_000, new int[] {3}, new double[] {1}))),
                schema);

    assertThat(model().setHandleInvalid("skip").transform(rows).count()).isZero();
    assertThatThrownBy(() -> model().transform(rows).collectAsList())
        .rootCause()
        .hasMessageContaining("expected at most 16777216 steps, found 2000000000");
  }

  @Test
  void aModelOutlivesTheSessionThatItWasFirstUsedIn() {
    LstmFcnModel model = model();
    List<float[]> first = probabilities(model.transform(frame(TEST)));
    LocalSpark.session().stop();

    assertClose(probabilities(model.transform(frame(TEST))), first);
  }

  @Test
  void addsOnlyColumnsThatHaveAName() {
    StructType schema =
        model()
            .setRawPredictionCol("")
            .setProbabilityCol("p")
            .setPredictionCol("")
            .setPredictedLabelCol("class")
            .transform(frame(TEST))
            .schema();

    assertThat(schema.fieldNames()).containsExactly("id", "label", "features", "p", "class");
  }

  @Test
  void worksInAPipelineThatIsSavedWithEvaluatorAndLabelsOfTheMetadata() throws IOException {
    LstmFcnModel model = model();
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .setStringOrderType("alphabetAsc");
    IndexToString names =
        new IndexToString().setInputCol("prediction").setOutputCol("predictedName");
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {indexer, model, names}).fit(frame(TEST));
    Path saved = folder.resolve("pipeline");
    pipeline.save(saved.toString());

    PipelineModel loaded = PipelineModel.load(saved.toString());
    Dataset<Row> scored = loaded.transform(frame(TEST));

    assertThat(loaded.stages()[1].uid()).isEqualTo(model.uid());
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setLabelCol("index")
            .setMetricName("accuracy")
            .evaluate(scored);
    assertThat(Math.round(accuracy * TEST.size())).isEqualTo(126);
    // The weight file does not know its labels: their indices are its classes.
    assertThat(scored.select("predictedName", "predictedLabel").collectAsList())
        .allSatisfy(row -> assertThat(row.getString(0)).isEqualTo(row.getString(1)));
  }

  @Test
  void whatIsSavedHasItsParametersAndIsAModelOfTheLibraryToo() throws IOException {
    Path saved = folder.resolve("saved");
    LstmFcnModel model =
        LstmFcnModel.load(
                WEIGHTS.toString(), LoadOptions.builder().labels(List.of("a", "b", "c")).build())
            .setBatchSize(7)
            .setProbabilityCol("p")
            .setHandleInvalid("skip")
            .setTruncate(true);
    model.save(saved.toString());

    LstmFcnModel loaded = LstmFcnModel.load(saved.toString());
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.labels()).containsExactly("a", "b", "c");
    assertThat(loaded.getBatchSize()).isEqualTo(7);
    assertThat(loaded.getProbabilityCol()).isEqualTo("p");
    assertThat(loaded.getHandleInvalid()).isEqualTo("skip");
    assertThat(loaded.getTruncate()).isTrue();
    assertThat(loaded.explainParams()).contains("featuresCol", "default: features");
    assertThat(Model.load(saved.resolve("model/weights.h5")).labels())
        .containsExactly("a", "b", "c");
    assertThatThrownBy(() -> model.save(saved.toString())).isInstanceOf(IOException.class);
    model.write().overwrite().save(saved.toString());
    assertThat(LstmFcnModel.read().load(saved.toString()).getBatchSize()).isEqualTo(7);
  }

  @Test
  void readsRunFoldersWeightsAndSavedModelsAndSavesThem() throws IOException {
    Path exported = folder.resolve("exported");
    Model.load(WEIGHTS).export(exported, false);

    LstmFcnModel model = LstmFcnModel.load("file://" + exported);
    Path saved = folder.resolve("saved");
    model.save(saved.toString());

    assertClose(probabilities(model.transform(frame(TEST))), expected());
    assertClose(
        probabilities(LstmFcnModel.load(saved.toString()).transform(frame(TEST))), expected());
    assertThat(saved.resolve("model/saved_model.pb")).exists();
  }

  @Test
  void whatIsNoModelIsRefusedInOneLine() {
    assertThatThrownBy(() -> LstmFcnModel.load(folder.resolve("none.h5").toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("expected a model, found nothing; name a file or folder that exists");
    assertThatThrownBy(() -> LstmFcnModel.load(ROOT.resolve("testdata").toString()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> LstmFcnModel.load("nosuch://host/model.h5"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void attentionAcrossTheBatchIsRefused() throws IOException {
    Path weights;
    try (Stream<Path> cases = Files.list(ROOT.resolve("keras-weights"))) {
      weights =
          cases
              .filter(path -> path.getFileName().toString().startsWith("2019-alstmfcn"))
              .sorted()
              .findFirst()
              .orElseThrow()
              .resolve("weights.h5");
    }
    Model across =
        Model.load(weights, LoadOptions.builder().attention(AttentionScope.ACROSS_BATCH).build());

    assertThatThrownBy(() -> LstmFcnModel.of(across).transformSchema(LocalSpark.SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not depend on other series");
  }

  @Test
  void scoresAStream() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    frame(TEST).repartition(3).write().mode("overwrite").parquet(input.toString());
    Path output = folder.resolve("out");

    Dataset<Row> stream =
        LocalSpark.session()
            .readStream()
            .schema(LocalSpark.SCHEMA)
            .option("maxFilesPerTrigger", 1)
            .parquet(input.toString());
    model()
        .transform(stream)
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
        .start(output.toString())
        .awaitTermination();

    assertClose(probabilities(LocalSpark.session().read().parquet(output.toString())), expected());
  }

  @Test
  void tasksShareOneClassifierAndMemoryStaysFlat() {
    LstmFcnModel model = model();
    long rows =
        model.transform(frame(TEST).repartition(8)).count()
            + model.copy(ParamMap.empty()).transform(frame(TEST)).count();
    int open = ExecutorClassifiers.ofProcess().size();
    for (int label = 0; label < 8; label++) {
      LoadOptions named = LoadOptions.builder().labels(List.of("a" + label, "b", "c")).build();
      rows += LstmFcnModel.load(WEIGHTS.toString(), named).transform(frame(TEST)).count();
    }

    assertThat(rows).isEqualTo(10L * TEST.size());
    assertThat(open).isPositive();
    assertThat(ExecutorClassifiers.ofProcess().size()).isLessThanOrEqualTo(4);
  }

  @Test
  void vectorsAreDense() {
    Object probability = model().transform(frame(TEST)).select("probability").first().get(0);

    assertThat(probability).isInstanceOf(Vectors.dense(1).getClass());
  }
}
