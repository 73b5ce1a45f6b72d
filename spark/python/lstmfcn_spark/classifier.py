"""The estimator that trains a model of the LSTM-FCN family."""
from typing import Any, Optional

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasLabelCol
from pyspark.ml.wrapper import JavaEstimator

from lstmfcn_spark.java import PACKAGE, StoredStage, java_class, refusals
from lstmfcn_spark.model import LstmFcnModel
from lstmfcn_spark.params import PredictionColumns


class LstmFcnClassifier(JavaEstimator[LstmFcnModel], PredictionColumns, HasLabelCol, StoredStage['LstmFcnClassifier']):
    """Trains a model on rows with a series and a label. What is not set is as the recipe has it.

    >>> classifier = LstmFcnClassifier(kind='MLSTM-FCN', cells=8, epochs=200, featuresCol='series')
    >>> classifier.fit(rows).save('hdfs:/models/cbf')
    """

    labelCol: 'Param[str]' = Param(
        Params._dummy(), 'labelCol', 'column of labels: class indices from 0, or strings', TypeConverters.toString)
    kind: 'Param[str]' = Param(
        Params._dummy(), 'kind', 'kind of network; LSTM-FCN, or MLSTM-FCN for series of several variables, unless set: '
        'LSTM-FCN, ALSTM-FCN, MLSTM-FCN, MALSTM-FCN, FCN, LSTM, ALSTM', TypeConverters.toString)
    cells: 'Param[int]' = Param(
        Params._dummy(), 'cells', 'number of cells of the recurrent layer (>= 1)', TypeConverters.toInt)
    recipe: 'Param[str]' = Param(
        Params._dummy(), 'recipe', 'recipe of the training: standard, 2018, 2019', TypeConverters.toString)
    epochs: 'Param[int]' = Param(
        Params._dummy(), 'epochs', "maximum number of epochs (>= 1); the recipe's unless set", TypeConverters.toInt)
    trainingBatchSize: 'Param[int]' = Param(
        Params._dummy(), 'trainingBatchSize', "number of series per training step (>= 1); the recipe's unless set",
        TypeConverters.toInt)
    learningRate: 'Param[float]' = Param(
        Params._dummy(), 'learningRate', "initial learning rate of Adam (> 0); the recipe's unless set",
        TypeConverters.toFloat)
    validationSplit: 'Param[float]' = Param(
        Params._dummy(), 'validationSplit', 'share of each class that is held out of the training and only measured '
        '(0 to 1); none unless set', TypeConverters.toFloat)
    monitor: 'Param[str]' = Param(
        Params._dummy(), 'monitor', 'value that early stopping, the plateau and the selection of the epoch observe; '
        "the recipe's unless set: loss, accuracy, val_loss, val_accuracy", TypeConverters.toString)
    dropout: 'Param[float]' = Param(
        Params._dummy(), 'dropout', "dropout rate after the recurrent layer (0 to 1); the recipe's unless set",
        TypeConverters.toFloat)
    normalize: 'Param[str]' = Param(
        Params._dummy(), 'normalize', "how series are normalised; the recipe's unless set: none, sample, train, "
        'upstream', TypeConverters.toString)
    seed: 'Param[int]' = Param(
        Params._dummy(), 'seed', 'seed of the initial weights, the order of the series, the dropout and the hold-out',
        TypeConverters.toInt)

    @keyword_only
    def __init__(self, *, featuresCol: Optional[str] = None, labelCol: Optional[str] = None,
                 rawPredictionCol: Optional[str] = None, probabilityCol: Optional[str] = None,
                 predictionCol: Optional[str] = None, predictedLabelCol: Optional[str] = None,
                 batchSize: Optional[int] = None, handleInvalid: Optional[str] = None, kind: Optional[str] = None,
                 cells: Optional[int] = None, recipe: Optional[str] = None, epochs: Optional[int] = None,
                 trainingBatchSize: Optional[int] = None, learningRate: Optional[float] = None,
                 validationSplit: Optional[float] = None, monitor: Optional[str] = None,
                 dropout: Optional[float] = None, normalize: Optional[str] = None, seed: Optional[int] = None):
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
                  validationSplit: Optional[float] = None, monitor: Optional[str] = None,
                  dropout: Optional[float] = None, normalize: Optional[str] = None,
                  seed: Optional[int] = None) -> 'LstmFcnClassifier':
        """Sets several parameters."""
        return self._set(**self._input_kwargs)

    def _fit_java(self, dataset: Any) -> Any:
        with refusals():
            return super()._fit_java(dataset)

    def _create_model(self, java_model: Any) -> LstmFcnModel:
        return LstmFcnModel(java_model)

    def setLabelCol(self, value: str) -> 'LstmFcnClassifier':
        """Sets the column of labels."""
        return self._set(labelCol=value)

    def getKind(self) -> str:
        """Returns the kind of network."""
        return self.getOrDefault(self.kind)

    def setKind(self, value: str) -> 'LstmFcnClassifier':
        """Sets the kind of network."""
        return self._set(kind=value)

    def getCells(self) -> int:
        """Returns the number of cells of the recurrent layer."""
        return self.getOrDefault(self.cells)

    def setCells(self, value: int) -> 'LstmFcnClassifier':
        """Sets the number of cells of the recurrent layer."""
        return self._set(cells=value)

    def getRecipe(self) -> str:
        """Returns the recipe of the training."""
        return self.getOrDefault(self.recipe)

    def setRecipe(self, value: str) -> 'LstmFcnClassifier':
        """Sets the recipe of the training."""
        return self._set(recipe=value)

    def getEpochs(self) -> int:
        """Returns the maximum number of epochs."""
        return self.getOrDefault(self.epochs)

    def setEpochs(self, value: int) -> 'LstmFcnClassifier':
        """Sets the maximum number of epochs."""
        return self._set(epochs=value)

    def getTrainingBatchSize(self) -> int:
        """Returns the number of series per training step."""
        return self.getOrDefault(self.trainingBatchSize)

    def setTrainingBatchSize(self, value: int) -> 'LstmFcnClassifier':
        """Sets the number of series per training step."""
        return self._set(trainingBatchSize=value)

    def getLearningRate(self) -> float:
        """Returns the initial learning rate of Adam."""
        return self.getOrDefault(self.learningRate)

    def setLearningRate(self, value: float) -> 'LstmFcnClassifier':
        """Sets the initial learning rate of Adam."""
        return self._set(learningRate=value)

    def getValidationSplit(self) -> float:
        """Returns the share of each class that is held out of the training."""
        return self.getOrDefault(self.validationSplit)

    def setValidationSplit(self, value: float) -> 'LstmFcnClassifier':
        """Sets the share of each class that is held out of the training."""
        return self._set(validationSplit=value)

    def getMonitor(self) -> str:
        """Returns the value by which the epoch is selected."""
        return self.getOrDefault(self.monitor)

    def setMonitor(self, value: str) -> 'LstmFcnClassifier':
        """Sets the value by which the epoch is selected."""
        return self._set(monitor=value)

    def getDropout(self) -> float:
        """Returns the dropout rate after the recurrent layer."""
        return self.getOrDefault(self.dropout)

    def setDropout(self, value: float) -> 'LstmFcnClassifier':
        """Sets the dropout rate after the recurrent layer."""
        return self._set(dropout=value)

    def getNormalize(self) -> str:
        """Returns how series are normalised."""
        return self.getOrDefault(self.normalize)

    def setNormalize(self, value: str) -> 'LstmFcnClassifier':
        """Sets how series are normalised."""
        return self._set(normalize=value)

    def getSeed(self) -> int:
        """Returns the seed of the training."""
        return self.getOrDefault(self.seed)

    def setSeed(self, value: int) -> 'LstmFcnClassifier':
        """Sets the seed of the training."""
        return self._set(seed=value)
