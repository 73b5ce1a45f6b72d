"""A Spark session on this machine for tests, with the shipped models and series."""
import os
import shutil
import struct
import tempfile
import unittest
from pathlib import Path
from typing import Any, List, Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ArrayType, DoubleType, FloatType, IntegerType, StructType

ROOT = Path(__file__).resolve().parents[3]
JAR = os.environ.get('LSTMFCN_SPARK_JAR', '')
WEIGHTS = str(ROOT / 'keras-weights' / '2017-lstmfcn-8-CBF' / 'weights.h5')
SCHEMA = (StructType().add('id', IntegerType()).add('label', DoubleType())
          .add('features', ArrayType(FloatType())))


def series_of(name: str) -> List[Sequence[Any]]:
    """Rows of id, label counted from 0, and series."""
    lines = (ROOT / 'testdata' / name.split('_')[0] / f'{name}.tsv').read_text().splitlines()
    values = [[float(field) for field in line.split('\t')] for line in lines]
    return [(index, row[0] - 1, row[1:]) for index, row in enumerate(values)]


def float32(values: Sequence[float]) -> bytes:
    """The bits of values as float32."""
    return struct.pack(f'<{len(values)}f', *values)


class SparkCase(unittest.TestCase):
    """Tests in one session of two threads."""

    spark: SparkSession

    @classmethod
    def setUpClass(cls) -> None:
        if not Path(JAR).is_file():
            raise RuntimeError('set LSTMFCN_SPARK_JAR to lstm-fcn-spark-VERSION-submit.jar')
        cls.spark = (SparkSession.builder.master('local[2]').config('spark.jars', JAR)
                     .config('spark.ui.enabled', 'false').config('spark.sql.shuffle.partitions', '2')
                     .config('spark.driver.host', '127.0.0.1').getOrCreate())
        cls.spark.sparkContext.setLogLevel('OFF')

    def setUp(self) -> None:
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name: str) -> str:
        """A path that does not exist yet."""
        return str(Path(self.folder) / name)

    def rows(self, name: str = 'CBF_TEST', partitions: int = 2) -> DataFrame:
        return self.spark.createDataFrame(series_of(name), SCHEMA).coalesce(partitions)
