"""A model of the LSTM-FCN family as a transformer."""
from os import PathLike
from typing import Any, List, Optional, Sequence, Union

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.wrapper import JavaModel

from lstmfcn_spark.java import PACKAGE, StoredStage, java_class, refusals
from lstmfcn_spark.params import PredictionColumns


class LstmFcnModel(JavaModel, PredictionColumns, StoredStage['LstmFcnModel']):
    """Adds logits, class probabilities, the index and the label of the most probable class to rows with a series.

    >>> model = LstmFcnModel.load('hdfs:/models/cbf.h5').setFeaturesCol('series')
    >>> model.transform(rows).select('id', 'predictedLabel', 'probability')
    """

    truncate: 'Param[bool]' = Param(
        Params._dummy(), 'truncate', "whether longer series are cut at the model's length, not refused",
        TypeConverters.toBoolean)

    def __init__(self, java_model: Optional[Any] = None):
        super().__init__(java_model)
        if java_model is not None:
            self._transfer_params_from_java()

    @classmethod
    def load(cls, path: Union[str, PathLike], *, attention: Optional[str] = None, gates: Optional[str] = None,
             labels: Optional[Sequence[str]] = None, length: Optional[int] = None,
             normalization: Optional[str] = None, trusted: bool = False) -> 'LstmFcnModel':
        """Loads a Keras weight file, the folder of a training run, a SavedModel, or what was saved from here.

        The path is one of any file system that Spark knows. The options override the model's file:

        attention -- what the attention sums over: per-series or across-batch
        gates -- activation of the recurrent layer's gates: hard_sigmoid or sigmoid
        labels -- the labels of the classes in their order
        length -- number of steps of a series, for weights that do not tell it
        normalization -- of each series: none or sample; those of a dataset are in the model's file
        trusted -- whether a SavedModel may have operations that exporting a model never writes

        Raises IllegalArgumentException if the path is no model, is damaged or does not fit the options.
        """
        options = java_class('io.github.lstmfcn.LoadOptions').builder().trusted(trusted)
        if attention is not None:
            options.attention(constant('io.github.lstmfcn.model.AttentionScope', attention))
        if gates is not None:
            options.gates(constant('io.github.lstmfcn.model.GateActivation', gates))
        if labels is not None:
            options.labels([str(label) for label in labels])
        if length is not None:
            options.length(length)
        if normalization is not None:
            options.normalization(constant('io.github.lstmfcn.data.Normalization', normalization))
        with refusals():
            return cls._from_java(java_class(f'{PACKAGE}.LstmFcnModel').load(str(path), options.build()))

    @property
    def labels(self) -> List[str]:
        """The labels of the classes, in the order of the probabilities."""
        return self._call_java('labels')

    @property
    def numClasses(self) -> int:
        """The number of classes."""
        return self._call_java('numClasses')

    @property
    def length(self) -> int:
        """The number of steps of the model's input."""
        return self._call_java('length')

    def getTruncate(self) -> bool:
        """Returns whether longer series are cut at the model's length."""
        return self.getOrDefault(self.truncate)

    def setTruncate(self, value: bool) -> 'LstmFcnModel':
        """Sets whether longer series are cut at the model's length; false refuses them."""
        return self._set(truncate=value)


def constant(enumeration: str, name: str) -> Any:
    """The constant of a Java enumeration, with a name as the command line writes it."""
    constants = {str(each.name()).lower(): each for each in java_class(enumeration).values()}
    key = name.lower().replace('-', '_')
    if key not in constants:
        raise ValueError(f'expected one of {", ".join(constants)}, found {name}')
    return constants[key]
