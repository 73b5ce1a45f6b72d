"""Makes series, scores them through the Python wrapper, and compares results; run by spark-submit.

    make FOLDER COUNT SAMPLE       COUNT series of the shipped CBF test set with noise, as 16 Parquet files of equal
                                   size, and the first ones as text, which bin/lstmfcn predict reads
    score MODEL SERIES OUT         scores a folder or pattern of Parquet files
    compare PREDICTED RESULT OTHER...
                                   a line for what bin/lstmfcn predict --csv printed of the first series and for each
                                   other result: ok if all its series have the bits they have in RESULT, and none twice
"""
import csv
import struct
import sys
from pathlib import Path

from pyspark.ml.functions import vector_to_array
from pyspark.sql import SparkSession
from pyspark.sql.functions import broadcast, col, expr

TEST = Path(__file__).resolve().parents[3] / 'testdata' / 'CBF' / 'CBF_TEST.tsv'
FILES = 16
SAMPLE = 512


def make(spark: SparkSession, folder: str, series: str, sample: str) -> None:
    """The noise follows from the number of the series and the step, so that it is the same on every machine."""
    lines = TEST.read_text().splitlines()
    originals = spark.createDataFrame(
        [(number, [float(value) for value in line.split('\t')[1:]]) for number, line in enumerate(lines)],
        'number long, original array<double>')
    rows = (spark.range(0, int(series), 1, FILES).withColumn('number', col('id') % len(lines))
            .join(broadcast(originals), 'number')    # which leaves the order of the rows as it is
            .withColumn('features', expr('transform(original, (x, i) -> '
                                         'cast(x + 0.3 * (xxhash64(id, i) / 9.3e18) as float))'))
            .select('id', 'features'))
    rows.write.parquet(folder)
    with open(sample, 'w') as file:
        for row in spark.read.parquet(folder).where(col('id') < SAMPLE).orderBy('id').collect():
            file.write('\t'.join(map(repr, row.features)) + '\n')


def score(spark: SparkSession, model: str, series: str, out: str) -> None:
    from lstmfcn_spark import LstmFcnModel

    scored = LstmFcnModel.load(model).transform(spark.read.parquet(series))
    scored.select('id', vector_to_array('rawPrediction', 'float32').alias('logits'),
                  vector_to_array('probability', 'float32').alias('probabilities'),
                  'prediction', 'predictedLabel').write.parquet(out)


def compare(spark: SparkSession, predicted: str, result: str, *others: str) -> None:
    """A row has logits, probabilities, index and label."""
    rows = spark.read.parquet(result)
    first = rows.where(col('id') < SAMPLE).orderBy('id').collect()
    with open(predicted, newline='') as file:
        expected = list(csv.reader(file))[1:]
    same = sum(line[0] == row.predictedLabel and bits(map(float, line[1:])) == bits(row.probabilities)
               for line, row in zip(expected, first))
    say(same == len(expected) == len(first) > 0, f'bin/lstmfcn predict: {same} of {len(first)} series equal')
    for other in others:
        scored = spark.read.parquet(other)
        total, distinct = scored.count(), scored.select('id').distinct().count()
        same = scored.join(rows, rows.columns).count()
        say(same == total == distinct > 0,
            f'{Path(other).name}: {same} of {total} series equal, {total - distinct} twice')


def say(is_right: bool, finding: str) -> None:
    print(f"{'ok' if is_right else 'FAILED':<7} spark, scored by {finding}")


def bits(values) -> bytes:
    values = list(values)
    return struct.pack(f'<{len(values)}f', *values)


if __name__ == '__main__':
    session = SparkSession.builder.getOrCreate()
    {'make': make, 'score': score, 'compare': compare}[sys.argv[1]](session, *sys.argv[2:])
    session.stop()
