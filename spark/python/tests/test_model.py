"""LstmFcnModel: what it answers, its parameters, its files."""
import math
import subprocess
import unittest

from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import SQLTransformer
from pyspark.sql import DataFrame
from pyspark.sql.functions import col, lit

from lstmfcn_spark import LstmFcnModel
from spark_case import ROOT, SCHEMA, WEIGHTS, SparkCase, float32


class ModelTest(SparkCase):

    def expected(self, batch: int) -> list:
        """What the library answers to the series of CBF's TEST split."""
        java = self.spark._jvm
        path = java.java.io.File(str(ROOT / 'testdata' / 'CBF' / 'CBF_TEST.tsv')).toPath()
        series = java.io.github.lstmfcn.data.archive.DatasetFile.read(path).series()
        model = java.io.github.lstmfcn.Model.load(java.java.io.File(WEIGHTS).toPath())
        classifier = java.io.github.lstmfcn.TimeSeriesClassifier.of(model, 1)
        try:
            return [float32(list(row)) for row in classifier.predictScores(series, batch).probabilities()]
        finally:
            classifier.close()

    def bits(self, scored: DataFrame) -> list:
        return [float32(row.probability.toArray()) for row in scored.orderBy('id').collect()]

    def test_adds_what_the_library_answers_bit_for_bit(self) -> None:
        scored = LstmFcnModel.load(WEIGHTS).setBatchSize(16).transform(self.rows(partitions=1))

        self.assertEqual(scored.columns,
                         ['id', 'label', 'features', 'rawPrediction', 'probability', 'prediction', 'predictedLabel'])
        self.assertEqual(self.bits(scored), self.expected(16))
        for row in scored.collect():
            self.assertEqual(row.prediction, row.probability.toArray().argmax())
            self.assertEqual(row.predictedLabel, str(int(row.prediction)))

    def test_is_scored_by_an_evaluator_of_spark(self) -> None:
        scored = LstmFcnModel.load(WEIGHTS).transform(self.rows())

        accuracy = MulticlassClassificationEvaluator(metricName='accuracy').evaluate(scored)
        loss = MulticlassClassificationEvaluator(metricName='logLoss').evaluate(scored)
        right = scored.where(col('label') == col('prediction')).count()

        self.assertEqual(accuracy, right / 150)
        self.assertGreater(accuracy, 0.8)
        self.assertTrue(0 < loss < 1)

    def test_knows_its_labels_and_classes(self) -> None:
        model = LstmFcnModel.load(WEIGHTS)

        self.assertEqual(model.labels, ['0', '1', '2'])
        self.assertEqual(model.numClasses, 3)
        self.assertEqual(model.uid, model._java_obj.uid())
        self.assertIn(model.uid, repr(model))

    def test_loads_every_form_of_a_model(self) -> None:
        java = self.spark._jvm
        saved = self.path('saved-model')
        model = java.io.github.lstmfcn.Model.load(java.java.io.File(WEIGHTS).toPath())
        model.export(java.java.io.File(saved).toPath(), False)
        run = self.path('run')
        subprocess.run([ROOT / 'bin' / 'lstmfcn', 'train', '--quiet', '--data', ROOT / 'testdata', '--set', 'CBF',
                        '--cells', '2', '--epochs', '1', '--out', run], check=True, stdout=subprocess.DEVNULL)
        LstmFcnModel.load(WEIGHTS).save(self.path('of-spark'))
        whole = self.bits(LstmFcnModel.load(WEIGHTS).setBatchSize(16).transform(self.rows(partitions=1)))

        self.assertEqual(LstmFcnModel.load('file://' + WEIGHTS).labels, ['0', '1', '2'])
        self.assertEqual(LstmFcnModel.load(run).labels, ['1', '2', '3'])
        for path in (self.path('of-spark'), self.path('of-spark') + '/model/weights.h5'):
            self.assertEqual(
                self.bits(LstmFcnModel.load(path).setBatchSize(16).transform(self.rows(partitions=1))), whole)
        keras3 = LstmFcnModel.load(str(next((ROOT / 'keras-weights' / 'keras3-lstmfcn-8-CBF').glob('*.keras'))))
        self.assertEqual(keras3.transform(self.rows()).where('predictedLabel is not null').count(), 150)
        self.assertEqual(LstmFcnModel.load(saved).transform(self.rows()).where('label = prediction').count(),
                         LstmFcnModel.load(WEIGHTS).transform(self.rows()).where('label = prediction').count())

    def test_loads_with_options_that_override_the_file(self) -> None:
        model = LstmFcnModel.load(WEIGHTS, labels=['cylinder', 'bell', 'funnel'], normalization='sample',
                                  gates='hard_sigmoid')

        self.assertEqual(model.labels, ['cylinder', 'bell', 'funnel'])
        with self.assertRaisesRegex(ValueError, '^expected one of .*sample.*, found whole$'):
            LstmFcnModel.load(WEIGHTS, normalization='whole')
        with self.assertRaisesRegex(IllegalArgumentException, 'labels: expected 3, one per class, found 2 '):
            LstmFcnModel.load(WEIGHTS, labels=['cylinder', 'bell'])

    def test_keeps_its_parameters_when_saved_and_copied(self) -> None:
        model = LstmFcnModel.load(WEIGHTS).setFeaturesCol('series').setBatchSize(7).setTruncate(True)

        model.write().overwrite().save(self.path('model'))
        loaded = LstmFcnModel.load(self.path('model'))
        copied = model.copy({model.probabilityCol: 'p'})

        self.assertIsInstance(loaded, LstmFcnModel)
        self.assertEqual((loaded.uid, loaded.getFeaturesCol(), loaded.getBatchSize(), loaded.getTruncate()),
                         (model.uid, 'series', 7, True))
        self.assertEqual(LstmFcnModel.read().load(self.path('model')).uid, model.uid)
        self.assertEqual((copied.getProbabilityCol(), model.getProbabilityCol()), ('p', 'probability'))
        self.assertIn('p', copied.transform(self.rows().withColumnRenamed('features', 'series')).columns)

    def test_is_a_stage_of_pipelines_that_are_saved_and_loaded(self) -> None:
        twice = SQLTransformer(statement='SELECT id, label, features AS series FROM __THIS__')
        model = LstmFcnModel.load(WEIGHTS).setFeaturesCol('series').setBatchSize(16)
        rows = self.rows(partitions=1)

        pipeline = Pipeline(stages=[twice, model])
        pipeline.save(self.path('pipeline'))
        fitted = pipeline.fit(rows)
        fitted.save(self.path('fitted'))
        loaded = PipelineModel.load(self.path('fitted'))

        self.assertIs(type(loaded.stages[1]), LstmFcnModel)
        self.assertEqual(loaded.stages[1].uid, model.uid)
        self.assertEqual(loaded.stages[1].labels, ['0', '1', '2'])
        self.assertEqual(self.bits(loaded.transform(rows)), self.expected(16))
        again = Pipeline.load(self.path('pipeline'))
        self.assertIs(type(again.getStages()[1]), LstmFcnModel)
        self.assertEqual(self.bits(again.fit(rows).transform(rows)), self.expected(16))

    def test_has_a_getter_and_a_setter_for_each_parameter(self) -> None:
        values = {'featuresCol': 'a', 'rawPredictionCol': 'b', 'probabilityCol': 'c', 'predictionCol': 'd',
                  'predictedLabelCol': 'e', 'batchSize': 3, 'handleInvalid': 'keep', 'truncate': True}
        model = LstmFcnModel.load(WEIGHTS)

        self.assertEqual(sorted(param.name for param in model.params), sorted(values))
        for name, value in values.items():
            verb = name[0].upper() + name[1:]
            self.assertIs(getattr(model, f'set{verb}')(value), model)
            self.assertEqual(getattr(model, f'get{verb}')(), value)

    def test_explains_its_parameters_in_the_words_of_java(self) -> None:
        model = LstmFcnModel.load(WEIGHTS)
        java = {str(param.name()): str(param.doc()) for param in model._java_obj.params()}

        explained = model.explainParams()

        self.assertEqual(len(explained.splitlines()), 8)
        self.assertIn('handleInvalid: ' + java['handleInvalid'] + ' (default: error)', explained)
        self.assertIn('truncate: ' + java['truncate'] + ' (default: False)', explained)
        for param in model.params:
            self.assertTrue(param.doc.startswith(java[param.name]), param.name)

    def test_leaves_out_columns_without_a_name(self) -> None:
        model = LstmFcnModel.load(WEIGHTS).setRawPredictionCol('').setProbabilityCol('').setPredictionCol('')

        self.assertEqual(model.transform(self.rows()).columns, ['id', 'label', 'features', 'predictedLabel'])

    def test_refuses_columns_and_values_in_one_line(self) -> None:
        model = LstmFcnModel.load(WEIGHTS)
        for refused, message in (
                (lambda: model.copy().setFeaturesCol('series').transform(self.rows()),
                 'column series: expected a column of this name, found only id, label, features'),
                (lambda: model.transform(self.rows().withColumn('features', lit('1 2 3'))),
                 r'column features: expected array<float>, .*, found string; cast it, as with '),
                (lambda: model.transform(self.rows().withColumn('prediction', lit(0.0))),
                 'column prediction: expected no column of this name, .*, found one; name another, or drop it'),
                (lambda: model.copy().setBatchSize(0).transform(self.rows()), 'batchSize given invalid value 0'),
                (lambda: model.copy().setHandleInvalid('ignore').transform(self.rows()),
                 'handleInvalid given invalid value ignore'),
                (lambda: LstmFcnModel.load(self.path('none')),
                 '/none: expected a model, found nothing; name a file or folder that exists'),
                (lambda: LstmFcnModel.read().load(self.path('none')), '/none: expected a model, found nothing')):
            with self.assertRaisesRegex(IllegalArgumentException, message) as raised:
                refused()
            self.assertEqual(len(str(raised.exception).splitlines()), 1, str(raised.exception))

    def test_refuses_values_of_another_type(self) -> None:
        with self.assertRaises(TypeError):
            LstmFcnModel.load(WEIGHTS).setBatchSize('many')

    def test_keeps_or_skips_rows_that_cannot_be_scored(self) -> None:
        rows = self.spark.createDataFrame(
            [(0, 0.0, [float('inf')] * 128), (1, 0.0, [0.5] * 128), (2, 0.0, None)], SCHEMA)
        model = LstmFcnModel.load(WEIGHTS)

        kept = model.copy().setHandleInvalid('keep').transform(rows).orderBy('id').collect()
        skipped = model.copy().setHandleInvalid('skip').transform(rows).collect()

        self.assertEqual([math.isnan(row.prediction) for row in kept], [True, False, True])
        self.assertEqual([row.predictedLabel is None for row in kept], [True, False, True])
        self.assertEqual([row.id for row in skipped], [1])

    def test_scores_a_stream_as_it_scores_a_table(self) -> None:
        self.rows().repartition(3).write.parquet(self.path('series'))
        model = LstmFcnModel.load(WEIGHTS).setBatchSize(1)    # of which an answer does not depend on the partition
        stream = self.spark.readStream.schema(SCHEMA).option('maxFilesPerTrigger', 1).parquet(self.path('series'))

        query = (model.transform(stream).writeStream.format('memory').queryName('scored')
                 .option('checkpointLocation', self.path('checkpoint')).trigger(availableNow=True).start())
        query.awaitTermination(120)

        self.assertTrue(stream.isStreaming)
        self.assertEqual(len([batch for batch in query.recentProgress if batch.numInputRows]), 3)
        self.assertEqual(self.spark.table('scored').orderBy('id').collect(),
                         model.transform(self.spark.read.parquet(self.path('series'))).orderBy('id').collect())


if __name__ == '__main__':
    unittest.main()
