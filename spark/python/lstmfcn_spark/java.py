"""The way to the Java classes, and their exceptions in one line."""
from contextlib import contextmanager
from typing import Any, Generic, Iterator, Type, TypeVar

from py4j.java_gateway import JavaClass
from py4j.protocol import Py4JJavaError
from pyspark.errors import IllegalArgumentException
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.sql import SparkSession
from pyspark.sql.utils import is_remote

Stage = TypeVar('Stage')
PACKAGE = 'io.github.lstmfcn.spark'
REFUSALS = ('io.github.lstmfcn.error.InvalidInputException', 'java.lang.IllegalStateException')


def java_class(name: str) -> JavaClass:
    """A Java class of the library.

    Raises RuntimeError if Spark has no such class, or there is no Java in this process.
    """
    if is_remote():
        raise RuntimeError('expected a classic Spark session, found Spark Connect, which knows no classes of a jar')
    found: Any = SparkSession._getActiveSessionOrCreate()._jvm
    for part in name.split('.'):
        found = getattr(found, part)
    if not isinstance(found, JavaClass):
        raise RuntimeError(f'expected {name} on the class path of Spark, found no such class; '
                           'start Spark with --jars lstm-fcn-spark-VERSION-submit.jar, or set spark.jars to it')
    return found


@contextmanager
def refusals() -> Iterator[None]:
    """Raises what the library refuses as PySpark does an illegal argument: the line without Java's stack trace."""
    try:
        yield
    except Py4JJavaError as error:
        thrown = error.java_exception
        if thrown.getClass().getName() not in REFUSALS:
            raise
        raise IllegalArgumentException(thrown.getMessage()) from None


class StageReader(JavaMLReader[Stage]):
    """Reads a stage by its Java class, whose package is not that of the Python class."""

    @classmethod
    def _load_java_obj(cls, clazz: Type[Any]) -> JavaClass:
        return java_class(cls._java_loader_class(clazz))

    @classmethod
    def _java_loader_class(cls, clazz: Type[Any]) -> str:
        return f'{PACKAGE}.{clazz.__name__}'

    def load(self, path: str) -> Stage:
        with refusals():
            return super().load(path)


class StoredStage(JavaMLReadable[Stage], JavaMLWritable, Generic[Stage]):
    """A stage that is written and read by its Java class."""

    @classmethod
    def read(cls) -> StageReader[Stage]:
        return StageReader(cls)
