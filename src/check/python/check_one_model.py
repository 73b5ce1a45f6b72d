"""Two trainings, in every form that a model has, on series that only their own preparation makes readable.

    python check_one_model.py LSTMFCN JAR WORK_FOLDER

Trains as the README does, and on multivariate series, each normalised by itself, scales every TEST series by random
factors and offsets, and scores them through the run's folder, its weight files, a converted file, an export, the
command line's two commands and the library. All counts must be the training's own. Then Keras 3, tf_keras and
TensorFlow read what was written.
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

import checks
from checks import TESTDATA, require
from lstm_fcn_keras import build_model, build_multivariate_model

JAVA = pathlib.Path(__file__).resolve().parents[1] / 'java' / 'ScoreByLibrary.java'
TOLERANCE = 1e-5


def run(*command, given: str = '') -> str:
    done = subprocess.run([str(part) for part in command], input=given, capture_output=True, text=True)
    require(done.returncode == 0, '%s: %s' % (command[1], done.stderr.strip().splitlines()[-1:]))
    return done.stdout


class OneModel:
    """The training of a set and what became of it; made once. A series is an array (M, T) of its own length T."""
    set: str
    options: List[str]
    variables: int
    suffix: str

    def __init__(self, lstmfcn: str, jar: str, work: pathlib.Path):
        self.lstmfcn, self.jar, self.work = lstmfcn, jar, work / self.set
        self.run = self.work / 'runs' / self.set.lower()
        run(lstmfcn, 'train', '--data', TESTDATA, '--set', self.set, *self.options, '--quiet', '--out', self.run)
        test = json.loads((self.run / 'metrics.json').read_text())['test']
        self.count = '%d/%d' % (test['correct'], test['total'])
        self.export, self.converted = self.work / 'export', self.work / 'converted.h5'
        run(lstmfcn, 'export', '--weights', self.run, '--out', self.export)
        run(lstmfcn, 'convert', '--weights', self.run / 'weights-best.h5', '--out', self.converted)
        self.labels, self.series = self.scaled()
        self.length = max(one.shape[1] for one in self.series)
        self.data = self.work / 'data' / self.set / ('%s_TEST%s' % (self.set, self.suffix))
        self.data.parent.mkdir(parents=True)
        self.rows = self.write()
        self.forms = [self.run, self.run / 'weights-best.h5', self.export, self.converted]

    def read(self) -> Tuple[List[str], List[np.ndarray]]:
        """Labels and series of TEST."""
        raise NotImplementedError

    def write(self) -> str:
        """Writes labels and series into `data`; gives the series alone, one line each."""
        raise NotImplementedError

    def tensor(self) -> np.ndarray:
        """What the signature of an export takes."""
        raise NotImplementedError

    def scaled(self) -> Tuple[List[str], List[np.ndarray]]:
        """TEST with each variable of a series times a factor plus an offset of its own."""
        labels, series = self.read()
        random = np.random.default_rng(7)
        size = (len(series), self.variables, 1)
        factors, offsets = np.exp(random.uniform(-2, 4, size)), random.uniform(-100, 100, size)
        return labels, [(one * factor + offset).astype(np.float32)
                        for one, factor, offset in zip(series, factors, offsets)]

    def normalized(self) -> np.ndarray:
        """Each variable of a series by its own mean and deviation, with zeros behind its end, (N, M, T)."""
        inputs = np.zeros((len(self.series), self.variables, self.length), np.float32)
        for row, one in zip(inputs, self.series):
            wide = one.astype(np.float64)
            row[:, :one.shape[1]] = (wide - wide.mean(axis=1, keepdims=True)) / (wide.std(axis=1, keepdims=True) + 1e-8)
        return inputs

    def predict(self, model) -> List[dict]:
        lines = run(self.lstmfcn, 'predict', '--weights', model, '--json', given=self.rows).splitlines()
        return [json.loads(line) for line in lines]

    def probabilities(self, model) -> np.ndarray:
        return np.array([list(answer['probabilities'].values()) for answer in self.predict(model)])

    def score(self, predicted: List[str]) -> str:
        return '%d/%d' % (sum(a == b for a, b in zip(predicted, self.labels)), len(self.labels))


class Univariate(OneModel):
    set, options, variables, suffix = 'CBF', ['--epochs', '200'], 1, '.tsv'

    def read(self):
        table = np.loadtxt(TESTDATA / 'CBF' / 'CBF_TEST.tsv')
        return ['%d' % label for label in table[:, 0]], list(table[:, np.newaxis, 1:])

    def write(self):
        rows = ['\t'.join('%.9g' % value for value in one[0]) for one in self.series]
        self.data.write_text(''.join('%s\t%s\n' % pair for pair in zip(self.labels, rows)))
        return '\n'.join(rows) + '\n'

    def tensor(self):
        return np.concatenate(self.series)

    def in_tf_keras(self):
        return build_model('lstmfcn', 8, self.length, 3)


class Multivariate(OneModel):
    """MLSTM-FCN on series of several lengths."""
    set, options, variables, suffix = 'PhaseWaves', ['--epochs', '60', '--normalize', 'sample'], 3, '.ts'

    def read(self):
        lines = (TESTDATA / 'PhaseWaves' / 'PhaseWaves_TEST.ts').read_text().splitlines()
        rows = [line.split(':') for line in lines if line[0] not in '#@']
        return [row[-1] for row in rows], [np.array([part.split(',') for part in row[:-1]], float) for row in rows]

    def write(self):
        rows = [':'.join(','.join('%.9g' % value for value in variable) for variable in one) for one in self.series]
        header = '@problemName PhaseWaves\n@univariate false\n@classLabel true 1 2 3\n@data\n'
        self.data.write_text(header + ''.join('%s:%s\n' % pair for pair in zip(rows, self.labels)))
        return '\n'.join(rows) + '\n'

    def tensor(self):
        """NaN for the steps behind the end of a series."""
        padded = np.full((len(self.series), self.variables, self.length), np.nan, np.float32)
        for row, one in zip(padded, self.series):
            row[:, :one.shape[1]] = one
        return padded

    def in_tf_keras(self):
        return build_multivariate_model('mlstmfcn', 8, self.variables, self.length, 3)


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
    out = run('java', '-Dorg.bytedeco.javacpp.logger=slf4j', '-cp', model.jar, JAVA, model.data, *model.forms)
    return same_counts(model, out.split(), 'library')


def served(model: OneModel) -> str:
    import tensorflow as tf
    signature = tf.saved_model.load(str(model.export)).signatures['serving_default']
    labels = [label.decode() for label in signature(series=tf.constant(model.tensor()))['label'].numpy()]
    require(model.score(labels) == model.count, 'expected %s, found %s' % (model.count, model.score(labels)))
    return '%s by the labels that the signature answers' % model.count


def in_tf_keras(model: OneModel) -> str:
    return same_answers(model, model.in_tf_keras())


def in_keras3(model: OneModel) -> str:
    import keras
    layers = keras.layers
    multivariate = model.variables > 1
    x = keras.Input((model.variables, model.length))
    y = layers.Permute((2, 1))(x)
    for filters, size in ((128, 8), (256, 5), (128, 3)):
        y = layers.Conv1D(filters, size, padding='same')(y)
        y = layers.Activation('relu')(layers.BatchNormalization()(y))
        if multivariate and size > 3:
            scale = layers.Reshape((1, filters))(layers.GlobalAveragePooling1D()(y))
            scale = layers.Dense(filters // 16, activation='relu', use_bias=False)(scale)
            y = layers.multiply([y, layers.Dense(filters, activation='sigmoid', use_bias=False)(scale)])
    y = layers.GlobalAveragePooling1D()(y)
    # Keras 3 means another function by hard_sigmoid.
    recurrent = layers.LSTM(8, recurrent_activation=lambda z: keras.ops.clip(z * .2 + .5, 0, 1))(
        layers.Masking()(x) if multivariate else x)
    recurrent = layers.Dropout(.8)(recurrent)
    head = layers.Dense(3, activation='softmax')(layers.concatenate([recurrent, y]))
    return same_answers(model, keras.Model(x, head))


def same_answers(model: OneModel, network) -> str:
    network.load_weights(str(model.run / 'weights-best.h5'))
    answers = network.predict(model.normalized(), verbose=0)
    difference = float(np.abs(answers - model.probabilities(model.run)).max())
    require(difference <= TOLERANCE, 'probabilities differ by %.1e' % difference)
    return 'weights-best.h5 loads, probabilities within %.1e' % difference


def main() -> int:
    lstmfcn, jar, work = sys.argv[1:]
    steps = [evaluated, predicted, by_library, served, in_tf_keras, in_keras3]
    status = 0
    for kind in (Univariate, Multivariate):
        model = kind(lstmfcn, jar, pathlib.Path(work))
        planned = [Namespace(name='%s %s' % (model.set, step.__name__), step=step) for step in steps]
        status |= checks.run('one model', planned, lambda one: one.step(model))
    return status


if __name__ == '__main__':
    sys.exit(main())
