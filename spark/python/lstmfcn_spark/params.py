"""The parameters of scoring, which a model has and a classifier passes on to its models."""
from typing import TypeVar

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (HasFeaturesCol, HasHandleInvalid, HasPredictionCol, HasProbabilityCol,
                                     HasRawPredictionCol)

Self = TypeVar('Self', bound='PredictionColumns')


class PredictionColumns(HasFeaturesCol, HasRawPredictionCol, HasProbabilityCol, HasPredictionCol, HasHandleInvalid):
    """The columns that are read and added. An empty name leaves an added column out."""

    featuresCol: 'Param[str]' = Param(
        Params._dummy(), 'featuresCol', 'column of series: arrays of float or double, ML vectors or, for series of '
        'several variables, arrays of arrays [variable][step]', TypeConverters.toString)
    rawPredictionCol: 'Param[str]' = Param(
        Params._dummy(), 'rawPredictionCol', 'column for logits; empty for none', TypeConverters.toString)
    probabilityCol: 'Param[str]' = Param(
        Params._dummy(), 'probabilityCol', 'column for class probabilities; empty for none', TypeConverters.toString)
    predictionCol: 'Param[str]' = Param(
        Params._dummy(), 'predictionCol', 'column for the index of the class; empty for none', TypeConverters.toString)
    predictedLabelCol: 'Param[str]' = Param(
        Params._dummy(), 'predictedLabelCol', 'column for the label of the class; empty for none',
        TypeConverters.toString)
    batchSize: 'Param[int]' = Param(
        Params._dummy(), 'batchSize', "number of series that are run at once (>= 1); the library's own choice unless "
        'set', TypeConverters.toInt)
    handleInvalid: 'Param[str]' = Param(
        Params._dummy(), 'handleInvalid', "what becomes of rows that cannot be scored: 'error' (fail), 'skip' (leave "
        "them out) or 'keep' (NaN and no label)", TypeConverters.toString)

    def getPredictedLabelCol(self) -> str:
        """Returns the name of the column for the label of the class."""
        return self.getOrDefault(self.predictedLabelCol)

    def getBatchSize(self) -> int:
        """Returns the number of series that are run at once; KeyError if it is not set."""
        return self.getOrDefault(self.batchSize)

    def setFeaturesCol(self: Self, value: str) -> Self:
        """Sets the column of series."""
        return self._set(featuresCol=value)

    def setRawPredictionCol(self: Self, value: str) -> Self:
        """Sets the column for logits."""
        return self._set(rawPredictionCol=value)

    def setProbabilityCol(self: Self, value: str) -> Self:
        """Sets the column for class probabilities."""
        return self._set(probabilityCol=value)

    def setPredictionCol(self: Self, value: str) -> Self:
        """Sets the column for the index of the most probable class."""
        return self._set(predictionCol=value)

    def setPredictedLabelCol(self: Self, value: str) -> Self:
        """Sets the column for the label of the most probable class."""
        return self._set(predictedLabelCol=value)

    def setBatchSize(self: Self, value: int) -> Self:
        """Sets the number of series that are run at once."""
        return self._set(batchSize=value)

    def setHandleInvalid(self: Self, value: str) -> Self:
        """Sets what becomes of rows that cannot be scored: error, skip or keep."""
        return self._set(handleInvalid=value)
