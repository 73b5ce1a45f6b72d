"""Times one way to score a folder of Parquet files, after a warm-up on another; prints a line of JSON.

usage: bench_spark.py transform|keras MODEL SERIES WARM_UP [WORKER_PROCESS...]

transform is LstmFcnModel; keras a pandas UDF that predicts with Keras, with one thread for each process of Python.
The peak is the largest resident set of an executor of those workers or, where there are none, of this Spark.
"""
import json
import os
import sys
import time
from pathlib import Path
from typing import Iterator

from pyspark.sql import DataFrame, SparkSession

BATCH = 128


def transformed(model: str):
    from lstmfcn_spark import LstmFcnModel

    loaded = LstmFcnModel.load(model).setBatchSize(BATCH)
    return loaded.transform


def by_keras(model: str):
    import pandas as pd
    from pyspark.sql.functions import pandas_udf

    @pandas_udf('array<float>')
    def probabilities(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        import keras_process    # is of the process, and so is its model

        for batch in batches:
            yield pd.Series(list(keras_process.probabilities(model, batch)))

    return lambda rows: rows.withColumn('probability', probabilities('features'))


def score(rows: DataFrame) -> None:
    rows.write.format('noop').mode('overwrite').save()


def peak(workers: list) -> int:
    """The largest peak of resident memory among the Java processes, in MB."""
    if workers:
        processes = [child for worker in workers for child in children(worker)]
    else:
        processes = [str(os.getppid())]    # spark-submit, which has started this script
    return max(high_water_mark(process) for process in processes) // 1024


def children(process: str) -> list:
    """What any thread of a process has started."""
    return [child for started in Path(f'/proc/{process}/task').glob('*/children')
            for child in started.read_text().split()]


def high_water_mark(process: str) -> int:
    lines = Path(f'/proc/{process}/status').read_text().splitlines()
    return int(next(line for line in lines if line.startswith('VmHWM')).split()[1])


if __name__ == '__main__':
    side, model, series, warm_up, *workers = sys.argv[1:]
    spark = SparkSession.builder.getOrCreate()
    way = {'transform': transformed, 'keras': by_keras}[side](model)
    score(way(spark.read.parquet(warm_up)))
    rows = spark.read.parquet(series)
    count = rows.count()
    started = time.perf_counter()
    score(way(rows))
    seconds = time.perf_counter() - started
    print(json.dumps({'side': side, 'master': spark.sparkContext.appName, 'rows': count, 'seconds': seconds,
                      'peak': peak(workers)}), flush=True)
    spark.stop()
