"""LSTM-FCN on Apache Spark from Python: wrappers of the Java classes in io.github.lstmfcn.spark.

The jar of the Java classes has to be given to Spark: spark.jars, or --jars of spark-submit.
"""
import sys

from lstmfcn_spark.classifier import LstmFcnClassifier
from lstmfcn_spark.model import LstmFcnModel

__all__ = ['LstmFcnClassifier', 'LstmFcnModel']

# PySpark finds the Python class of a Java stage by importing the name of its Java package, in which it replaces
# org.apache.spark alone. Under that name it finds this package, so that PipelineModel.load and Pipeline.load of a
# program that has imported it return these classes.
sys.modules['io.github.lstmfcn.spark'] = sys.modules[__name__]
