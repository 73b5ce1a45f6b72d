"""One training, in every form that a model has, on series that only its own preparation makes readable.

    python check_one_model.py LSTMFCN JAR WORK_FOLDER

Trains as the README does, scales every TEST series by a random factor and offset, and scores them through the run's
folder, its weight files, a converted file, an export, the command line's two commands and the library. All counts must
be the training's own. Then Keras 3, tf_keras and TensorFlow read what was written.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
from argparse import Namespace
from typing import List

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import numpy as np

import checks
from checks import TESTDATA, require
from lstm_fcn_keras import PER_SERIES, build_model

JAVA = pathlib.Path(__file__).resolve().parents[1] / 'java' / 'ScoreByLibrary.java'
EPOCHS = 200
TOLERANCE = 1e-5


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    require(done.returncode == 0, '%s: %s' % (command[1], done.stderr.strip().splitlines()[-1:]))
    return done.stdout


class OneModel:
    """The training and what became of it; made once."""

    def __init__(self, lstmfcn: str, jar: str, work: pathlib.Path):
        self.lstmfcn, self.jar, self.work = lstmfcn, jar, work
        self.run = work / 'runs' / 'cbf'
        run(lstmfcn, 'train', '--data', TESTDATA, '--set', 'CBF', '--epochs', EPOCHS, '--quiet', '--out', self.run)
        test = json.loads((self.run / 'metrics.json').read_text())['test']
        self.count = '%d/%d' % (test['correct'], test['total'])
        self.export, self.converted = work / 'export', work / 'converted.h5'
        run(lstmfcn, 'export', '--weights', self.run, '--out', self.export)
        run(lstmfcn, 'convert', '--weights', self.run / 'weights-best.h5', '--out', self.converted)
        self.labels, self.series = self.scaled()
        self.forms = [self.run, self.run / 'weights-best.h5', self.export, self.converted]

    def scaled(self):
        """TEST with each series times a factor plus an offset of its own, written as a dataset and as bare series."""
        table = np.loadtxt(TESTDATA / 'CBF' / 'CBF_TEST.tsv')
        random = np.random.default_rng(7)
        factor = np.exp(random.uniform(-2, 4, len(table)))[:, None]
        series = (table[:, 1:] * factor + random.uniform(-100, 100, len(table))[:, None]).astype(np.float32)
        folder = self.work / 'data' / 'CBF'
        folder.mkdir(parents=True)
        labels = ['%d' % label for label in table[:, 0]]
        rows = ['\t'.join('%.9g' % value for value in row) for row in series]
        (folder / 'CBF_TEST.tsv').write_text(''.join('%s\t%s\n' % pair for pair in zip(labels, rows)))
        (self.work / 'series.tsv').write_text('\n'.join(rows) + '\n')
        return labels, series

    def normalized(self) -> np.ndarray:
        wide = self.series.astype(np.float64)
        scale = wide.std(axis=1, keepdims=True) + 1e-8
        return ((wide - wide.mean(axis=1, keepdims=True)) / scale).astype(np.float32)

    def predict(self, model) -> List[dict]:
        lines = run(self.lstmfcn, 'predict', '--weights', model, '--json', self.work / 'series.tsv').splitlines()
        return [json.loads(line) for line in lines]

    def probabilities(self, model) -> np.ndarray:
        return np.array([list(answer['probabilities'].values()) for answer in self.predict(model)])

    def score(self, predicted: List[str]) -> str:
        return '%d/%d' % (sum(a == b for a, b in zip(predicted, self.labels)), len(self.labels))


def same_counts(model: OneModel, found: List[str], what: str) -> str:
    require(found == [model.count] * len(model.forms),
            '%s: expected %s of every form, found %s' % (what, model.count, found))
    return '%s through the run, its weights, the export and a converted file' % model.count


def evaluated(model: OneModel) -> str:
    counts = []
    for form in model.forms:
        rows = {row[0]: row[3] for row in csv.reader(run(
            model.lstmfcn, 'evaluate', '--weights', form, '--data', model.work / 'data', '--csv').splitlines())}
        counts.append('%s/%s' % (rows['correct'], rows['total']))
    return same_counts(model, counts, 'evaluate')


def predicted(model: OneModel) -> str:
    return same_counts(model, [model.score([answer['predicted'] for answer in model.predict(form)])
                               for form in model.forms], 'predict')


def by_library(model: OneModel) -> str:
    out = run('java', '-Dorg.bytedeco.javacpp.logger=slf4j', '-cp', model.jar, JAVA,
              model.work / 'data' / 'CBF' / 'CBF_TEST.tsv', *model.forms)
    return same_counts(model, out.split(), 'library')


def served(model: OneModel) -> str:
    import tensorflow as tf
    signature = tf.saved_model.load(str(model.export)).signatures['serving_default']
    labels = [label.decode() for label in signature(series=tf.constant(model.series))['label'].numpy()]
    require(model.score(labels) == model.count, 'expected %s, found %s' % (model.count, model.score(labels)))
    return '%s by the labels that the signature answers' % model.count


def in_tf_keras(model: OneModel) -> str:
    network = build_model('lstmfcn', 8, model.series.shape[1], 3, PER_SERIES, 'hard_sigmoid')
    return same_answers(model, network)


def in_keras3(model: OneModel) -> str:
    import keras
    layers = keras.layers
    x = keras.Input((1, model.series.shape[1]))
    y = layers.Permute((2, 1))(x)
    for filters, size in ((128, 8), (256, 5), (128, 3)):
        y = layers.Conv1D(filters, size, padding='same')(y)
        y = layers.Activation('relu')(layers.BatchNormalization()(y))
    y = layers.GlobalAveragePooling1D()(y)
    # Keras 3 means another function by hard_sigmoid.
    recurrent = layers.LSTM(8, recurrent_activation=lambda z: keras.ops.clip(z * .2 + .5, 0, 1))(x)
    head = layers.Dense(3, activation='softmax')(layers.concatenate([recurrent, y]))
    return same_answers(model, keras.Model(x, head))


def same_answers(model: OneModel, network) -> str:
    network.load_weights(str(model.run / 'weights-best.h5'))
    answers = network.predict(model.normalized()[:, None, :], verbose=0)
    difference = float(np.abs(answers - model.probabilities(model.run)).max())
    require(difference <= TOLERANCE, 'probabilities differ by %.1e' % difference)
    return 'weights-best.h5 loads, probabilities within %.1e' % difference


def main() -> int:
    lstmfcn, jar, work = sys.argv[1:]
    model = OneModel(lstmfcn, jar, pathlib.Path(work))
    steps = [evaluated, predicted, by_library, served, in_tf_keras, in_keras3]
    return checks.run('one model', [Namespace(name=step.__name__, step=step) for step in steps],
                      lambda one: one.step(model))


if __name__ == '__main__':
    sys.exit(main())
