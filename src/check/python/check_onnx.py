"""Exports models, converts them with tf2onnx and compares what ONNX Runtime answers with the command line.

    python check_onnx.py LSTMFCN WORK_FOLDER

Each model is exported, converted as the README does, and run on the TEST split of its dataset: probabilities, labels and
the number of correct series must be those of `evaluate` on the weight file. In a univariate series a missing value must
count as 0; multivariate ones are fed with NaN after their last step.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
from argparse import Namespace
from typing import List, Tuple

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import numpy as np
import onnxruntime

import checks
from checks import TESTDATA, require

WEIGHTS = TESTDATA.parent / 'keras-weights'
TOLERANCE = 1e-5

# A model, its dataset, and options of both export and evaluate.
MODELS = [
    ('2017-lstmfcn-8-CBF/weights.h5', 'CBF', []),
    ('2017-alstmfcn-8-CBF/weights.h5', 'CBF', ['--normalize', 'sample']),
    ('keras3-lstmfcn-8-CBF/model.keras', 'CBF', ['--normalize', 'train']),
    ('2018-malstmfcn-8-SilentVoices/weights.h5', 'SilentVoices', ['--normalize', 'train']),
    ('2018-malstmfcn-8-SilentVoices-activity/weights.h5', 'SilentVoices', ['--length', '26', '--normalize', 'sample']),
]


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    require(done.returncode == 0, '%s: %s' % (command[1], done.stderr.strip().splitlines()[-1:]))
    return done.stdout


def split(one: Namespace, name: str) -> pathlib.Path:
    return next((TESTDATA / one.set).glob('*_%s.*' % name))


def read(file: pathlib.Path, length: int) -> Tuple[List[str], np.ndarray]:
    """Labels and series: (N, T) of delimited text, (N, M, length) of .ts, cut or filled up with NaN."""
    if file.suffix == '.tsv':
        table = np.loadtxt(file)
        return ['%d' % label for label in table[:, 0]], table[:, 1:].astype(np.float32)
    rows = [line.split(':') for line in file.read_text().splitlines() if line and line[0] not in '#@']
    series = np.full((len(rows), len(rows[0]) - 1, length), np.nan, np.float32)
    for row, parts in enumerate(rows):
        for variable, part in enumerate(parts[:-1]):
            steps = part.split(',')[:length]
            series[row, variable, :len(steps)] = steps
    return [parts[-1] for parts in rows], series


def converted(one: Namespace) -> onnxruntime.InferenceSession:
    saved_model, onnx = one.work / 'saved-model', one.work / 'model.onnx'
    one.work.mkdir(parents=True)
    run(one.lstmfcn, 'export', '--weights', one.weights, '--train', split(one, 'TRAIN'), '--out', saved_model,
        *one.options)
    run(sys.executable, '-m', 'tf2onnx.convert', '--saved-model', saved_model, '--output', onnx)
    return onnxruntime.InferenceSession(str(onnx), providers=['CPUExecutionProvider'])


def evaluated(one: Namespace):
    """The rows of evaluate's predictions, and its count."""
    predictions = one.work / 'predictions.csv'
    scores = json.loads(run(one.lstmfcn, 'evaluate', '--weights', one.weights, '--train', split(one, 'TRAIN'),
                            '--test', split(one, 'TEST'), '--truncate', '--json', '--predictions', predictions,
                            *one.options))
    with predictions.open() as file:
        return list(csv.DictReader(file)), '%d/%d' % (scores['correct'], scores['total'])


def check(one: Namespace) -> str:
    session = converted(one)
    (taken,) = session.get_inputs()
    labels, series = read(split(one, 'TEST'), taken.shape[-1])
    require(taken.name == 'series' and taken.shape[1:] == list(series.shape[1:]),
            'expected an input series (-1, %s), found %s %s' % (series.shape[1:], taken.name, taken.shape))
    probabilities, predicted = session.run(['probabilities', 'label'], {'series': series})

    rows, count = evaluated(one)
    expected = np.array([[float(row[name]) for name in row if name.startswith('probability_')] for row in rows])
    require(probabilities.shape == expected.shape,
            'probabilities: expected shape %s, found %s' % (expected.shape, probabilities.shape))
    difference = float(np.abs(probabilities - expected).max())
    require(difference <= TOLERANCE, 'probabilities differ by %.1e' % difference)
    require(list(predicted) == [row['predicted'] for row in rows], 'other labels than those of evaluate')
    found = '%d/%d' % (sum(a == b for a, b in zip(predicted, labels)), len(labels))
    require(found == count, 'expected %s as evaluate counts, found %s' % (count, found))

    if series.ndim == 2:
        missing, filled = series[:8].copy(), series[:8].copy()
        missing[:, 5:9], filled[:, 5:9] = np.nan, 0
        same = [session.run(['probabilities'], {'series': some})[0] for some in (missing, filled)]
        require(np.array_equal(*same), 'a missing value does not count as 0')
    return '%s, probabilities within %.1e' % (found, difference)


def main(lstmfcn: str, work: str) -> int:
    planned: List[Namespace] = [
        Namespace(name=' '.join([weights] + options), weights=WEIGHTS / weights, set=dataset, options=options,
                  lstmfcn=lstmfcn, work=pathlib.Path(work) / weights.split('/')[0])
        for weights, dataset, options in MODELS]
    return checks.run('onnx', planned, check)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
