"""The estimator that trains a model of the LSTM-FCN family."""
from typing import Any, Optional

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasLabelCol
from pyspark.ml.wrapper import JavaEstimator

from lstmfcn_spark.java import PACKAGE, StoredStage, java_class
from lstmfcn_spark.model import LstmFcnModel
from lstmfcn_spark.params import PredictionColumns


class LstmFcnClassifier(JavaEstimator[LstmFcnModel], PredictionColumns, HasLabelCol, StoredStage['LstmFcnClassifier']):
    """Trains a model on rows with a series and a label. What is not set is as in `lstmfcn train`.

    >>> classifier = LstmFcnClassifier(kind='MLSTM-FCN', cells=8, epochs=200, featuresCol='series')
    >>> classifier.fit(rows).save('hdfs:/models/cbf')
    """

    kind: 'Param[str]' = Param(
        Params._dummy(), 'kind', 'network: LSTM-FCN, ALSTM-FCN, MLSTM-FCN or MALSTM-FCN', TypeConverters.toString)
    cells: 'Param[int]' = Param(Params._dummy(), 'cells', 'LSTM cells (>= 1)', TypeConverters.toInt)
    recipe: 'Param[str]' = Param(
        Params._dummy(), 'recipe', 'how it is trained: standard, 2017, 2018 or 2019', TypeConverters.toString)
    epochs: 'Param[int]' = Param(Params._dummy(), 'epochs', 'epochs (>= 1)', TypeConverters.toInt)
    trainingBatchSize: 'Param[int]' = Param(
        Params._dummy(), 'trainingBatchSize', 'number of series of a training step (>= 1)', TypeConverters.toInt)
    learningRate: 'Param[float]' = Param(
        Params._dummy(), 'learningRate', 'initial learning rate (> 0)', TypeConverters.toFloat)
    validationSplit: 'Param[float]' = Param(
        Params._dummy(), 'validationSplit', 'share of the rows that the best epoch is chosen on', TypeConverters.toFloat)
    dropout: 'Param[float]' = Param(
        Params._dummy(), 'dropout', 'share of the recurrent output that is dropped in training', TypeConverters.toFloat)
    seed: 'Param[int]' = Param(
        Params._dummy(), 'seed', 'what initial weights, order and dropout are drawn from', TypeConverters.toInt)
    normalize: 'Param[str]' = Param(
        Params._dummy(), 'normalize', 'how each series is normalised', TypeConverters.toString)

    @keyword_only
    def __init__(self, *, featuresCol: Optional[str] = None, labelCol: Optional[str] = None,
                 rawPredictionCol: Optional[str] = None, probabilityCol: Optional[str] = None,
                 predictionCol: Optional[str] = None, predictedLabelCol: Optional[str] = None,
                 batchSize: Optional[int] = None, handleInvalid: Optional[str] = None, kind: Optional[str] = None,
                 cells: Optional[int] = None, recipe: Optional[str] = None, epochs: Optional[int] = None,
                 trainingBatchSize: Optional[int] = None, learningRate: Optional[float] = None,
                 validationSplit: Optional[float] = None, dropout: Optional[float] = None,
                 seed: Optional[int] = None, normalize: Optional[str] = None):
        super().__init__()
        given = self._input_kwargs
        self._java_obj = java_class(f'{PACKAGE}.LstmFcnClassifier')(self.uid)
        self._transfer_params_from_java()
        self._set(**given)

    @keyword_only
    def setParams(self, *, featuresCol: Optional[str] = None, labelCol: Optional[str] = None,
                  rawPredictionCol: Optional[str] = None, probabilityCol: Optional[str] = None,
                  predictionCol: Optional[str] = None, predictedLabelCol: Optional[str] = None,
                  batchSize: Optional[int] = None, handleInvalid: Optional[str] = None, kind: Optional[str] = None,
                  cells: Optional[int] = None, recipe: Optional[str] = None, epochs: Optional[int] = None,
                  trainingBatchSize: Optional[int] = None, learningRate: Optional[float] = None,
                  validationSplit: Optional[float] = None, dropout: Optional[float] = None,
                  seed: Optional[int] = None, normalize: Optional[str] = None) -> 'LstmFcnClassifier':
        """Sets several parameters."""
        return self._set(**self._input_kwargs)

    def _create_model(self, java_model: Any) -> LstmFcnModel:
        return LstmFcnModel(java_model)

    def setLabelCol(self, value: str) -> 'LstmFcnClassifier':
        """Sets the column of labels."""
        return self._set(labelCol=value)

    def getKind(self) -> str:
        """Returns the network."""
        return self.getOrDefault(self.kind)

    def setKind(self, value: str) -> 'LstmFcnClassifier':
        """Sets the network: LSTM-FCN, ALSTM-FCN, MLSTM-FCN or MALSTM-FCN."""
        return self._set(kind=value)

    def getCells(self) -> int:
        """Returns the number of LSTM cells."""
        return self.getOrDefault(self.cells)

    def setCells(self, value: int) -> 'LstmFcnClassifier':
        """Sets the number of LSTM cells."""
        return self._set(cells=value)

    def getRecipe(self) -> str:
        """Returns how it is trained."""
        return self.getOrDefault(self.recipe)

    def setRecipe(self, value: str) -> 'LstmFcnClassifier':
        """Sets how it is trained: standard, 2017, 2018 or 2019."""
        return self._set(recipe=value)

    def getEpochs(self) -> int:
        """Returns the number of epochs."""
        return self.getOrDefault(self.epochs)

    def setEpochs(self, value: int) -> 'LstmFcnClassifier':
        """Sets the number of epochs."""
        return self._set(epochs=value)

    def getTrainingBatchSize(self) -> int:
        """Returns the number of series of a training step."""
        return self.getOrDefault(self.trainingBatchSize)

    def setTrainingBatchSize(self, value: int) -> 'LstmFcnClassifier':
        """Sets the number of series of a training step."""
        return self._set(trainingBatchSize=value)

    def getLearningRate(self) -> float:
        """Returns the initial learning rate."""
        return self.getOrDefault(self.learningRate)

    def setLearningRate(self, value: float) -> 'LstmFcnClassifier':
        """Sets the initial learning rate."""
        return self._set(learningRate=value)

    def getValidationSplit(self) -> float:
        """Returns the share of the rows that the best epoch is chosen on."""
        return self.getOrDefault(self.validationSplit)

    def setValidationSplit(self, value: float) -> 'LstmFcnClassifier':
        """Sets the share of the rows that the best epoch is chosen on."""
        return self._set(validationSplit=value)

    def getDropout(self) -> float:
        """Returns the share of the recurrent output that is dropped in training."""
        return self.getOrDefault(self.dropout)

    def setDropout(self, value: float) -> 'LstmFcnClassifier':
        """Sets the share of the recurrent output that is dropped in training."""
        return self._set(dropout=value)

    def getSeed(self) -> int:
        """Returns what initial weights, order and dropout are drawn from."""
        return self.getOrDefault(self.seed)

    def setSeed(self, value: int) -> 'LstmFcnClassifier':
        """Sets what initial weights, order and dropout are drawn from."""
        return self._set(seed=value)

    def getNormalize(self) -> str:
        """Returns how each series is normalised."""
        return self.getOrDefault(self.normalize)

    def setNormalize(self, value: str) -> 'LstmFcnClassifier':
        """Sets how each series is normalised."""
        return self._set(normalize=value)
