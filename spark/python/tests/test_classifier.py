"""LstmFcnClassifier: what it trains, its parameters, its files."""
import unittest

from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StringIndexer
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql.functions import col

from lstmfcn_spark import LstmFcnClassifier, LstmFcnModel
from spark_case import SparkCase

VALUES = {'featuresCol': 'a', 'labelCol': 'b', 'rawPredictionCol': 'c', 'probabilityCol': 'd', 'predictionCol': 'e',
          'predictedLabelCol': 'f', 'batchSize': 3, 'handleInvalid': 'keep', 'kind': 'ALSTM-FCN', 'cells': 2,
          'recipe': '2019', 'epochs': 5, 'trainingBatchSize': 16, 'learningRate': 0.01, 'validationSplit': 0.25,
          'monitor': 'val_loss', 'dropout': 0.5, 'normalize': 'sample', 'seed': 2 ** 40}


def quick(**others) -> LstmFcnClassifier:
    return LstmFcnClassifier(cells=2, epochs=2, trainingBatchSize=16, **others)


class ClassifierTest(SparkCase):

    def test_trains_a_model_with_its_columns_and_identifier(self) -> None:
        classifier = quick(probabilityCol='p', batchSize=9, seed=3)

        model = classifier.fit(self.rows('CBF_TRAIN'))
        again = classifier.fit(self.rows('CBF_TRAIN'))

        self.assertIs(type(model), LstmFcnModel)
        self.assertEqual((model.uid, model.getProbabilityCol(), model.getBatchSize()), (classifier.uid, 'p', 9))
        self.assertEqual(model.numClasses, 3)
        scored = model.transform(self.rows()).orderBy('id').collect()
        self.assertEqual(len(scored), 150)
        self.assertEqual(scored, again.transform(self.rows()).orderBy('id').collect())
        self.assertAlmostEqual(sum(scored[0].p.toArray()), 1, places=5)

    def test_is_configured_by_keywords_or_setters_which_java_gets(self) -> None:
        by_keywords = LstmFcnClassifier(**VALUES)
        by_setters = LstmFcnClassifier()
        by_parameters = LstmFcnClassifier().setParams(**VALUES)

        self.assertEqual(sorted(param.name for param in by_setters.params), sorted(VALUES))
        for name, value in VALUES.items():
            verb = name[0].upper() + name[1:]
            self.assertIs(getattr(by_setters, f'set{verb}')(value), by_setters)
            for classifier in (by_keywords, by_setters, by_parameters):
                self.assertEqual(getattr(classifier, f'get{verb}')(), value)
                java = classifier._to_java()
                self.assertEqual(java.getOrDefault(java.getParam(name)), value)

    def test_has_the_defaults_and_explanations_of_java(self) -> None:
        classifier = LstmFcnClassifier()
        java = {str(param.name()): param for param in classifier._java_obj.params()}

        self.assertEqual((classifier.getCells(), classifier.getRecipe(), classifier.getSeed()), (8, 'standard', 0))
        for param in classifier.params:
            self.assertTrue(param.doc.startswith(str(java[param.name].doc())), param.name)
            self.assertEqual(classifier.hasDefault(param), classifier._java_obj.hasDefault(java[param.name]))
        with self.assertRaises(KeyError):
            classifier.getEpochs()

    def test_keeps_its_parameters_when_saved(self) -> None:
        classifier = LstmFcnClassifier(**VALUES)

        classifier.save(self.path('classifier'))
        loaded = LstmFcnClassifier.load(self.path('classifier'))

        self.assertIs(type(loaded), LstmFcnClassifier)
        self.assertEqual(loaded.uid, classifier.uid)
        self.assertEqual({param.name: loaded.getOrDefault(param) for param in loaded.params}, VALUES)

    def test_is_a_stage_of_pipelines_that_are_saved_and_loaded(self) -> None:
        rows = self.rows('CBF_TRAIN').withColumn('class', (col('label') + 1).cast('int').cast('string')).drop('label')
        pipeline = Pipeline(stages=[StringIndexer(inputCol='class', outputCol='label'), quick()])

        pipeline.save(self.path('pipeline'))
        fitted = Pipeline.load(self.path('pipeline')).fit(rows)
        fitted.save(self.path('fitted'))
        loaded = PipelineModel.load(self.path('fitted'))

        self.assertIs(type(Pipeline.load(self.path('pipeline')).getStages()[1]), LstmFcnClassifier)
        self.assertIs(type(loaded.stages[1]), LstmFcnModel)
        self.assertEqual(loaded.stages[1].labels, loaded.stages[0].labels)
        self.assertEqual(loaded.transform(rows).orderBy('id').collect(), fitted.transform(rows).orderBy('id').collect())

    def test_is_chosen_by_cross_validation(self) -> None:
        classifier = quick()
        grid = ParamGridBuilder().addGrid(classifier.cells, [1, 2]).build()
        validator = CrossValidator(estimator=classifier, estimatorParamMaps=grid, numFolds=2, parallelism=2, seed=1,
                                   evaluator=MulticlassClassificationEvaluator(metricName='accuracy'))

        chosen = validator.fit(self.rows('CBF_TRAIN'))
        chosen.save(self.path('chosen'))
        loaded = CrossValidatorModel.load(self.path('chosen'))

        self.assertEqual(len(chosen.avgMetrics), 2)
        self.assertIs(type(loaded.bestModel), LstmFcnModel)
        self.assertEqual(loaded.transform(self.rows()).orderBy('id').collect(),
                         chosen.transform(self.rows()).orderBy('id').collect())

    def test_refuses_columns_and_values_in_one_line(self) -> None:
        for classifier, message in (
                (quick(labelCol='class'), 'column class: expected a column of this name, found only id, label'),
                (quick(featuresCol='label'), 'column label: expected array<float>, .*, found double'),
                (quick(kind='GRU'), 'kind given invalid value GRU'),
                (quick(recipe='2017'), 'recipe given invalid value 2017')):
            with self.assertRaisesRegex(IllegalArgumentException, message) as raised:
                classifier.fit(self.rows('CBF_TRAIN'))
            self.assertEqual(len(str(raised.exception).splitlines()), 1, str(raised.exception))


if __name__ == '__main__':
    unittest.main()
