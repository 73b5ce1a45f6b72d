"""Trains the same models with lstmfcn and with Keras and asks whether their accuracies differ.

    python parity.py --data ../shared/ucr/2018 --multivariate-data ../shared/ucr --out docs/parity.md

Both sides train on the same TRAIN sets with the same seeds, keep the checkpoint of the lowest training loss, and are
scored on TEST. The seeds' accuracies are compared by Welch's two-sided t-test; the exit status is 1 if a set differs at
p < .01.

Univariate: LSTM-FCN by the recipe of 2019, each series normalised. The moving averages are today's Keras'; those of
2.2.5 forget their initial values.

Multivariate: MLSTM-FCN by the recipe of 2018, series as they are. The moving averages and Adam of today's Keras are
those of 2.1.2; its plateau is written out here.
"""
import argparse
import csv
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')
os.environ.setdefault('KERAS_BACKEND', 'tensorflow')

import keras
import numpy as np
import scipy.stats
import tensorflow as tf
import tf_keras

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'testdata'), str(ROOT / 'src' / 'bench' / 'python')]

from keras_model import mlstm_fcn  # noqa: E402
from lstm_fcn_keras import build_model  # noqa: E402

SIGNIFICANCE = .01
BATCH_SIZE = 128
LEARNING_RATE = 1e-3
FACTOR, PATIENCE, MIN_LEARNING_RATE, MIN_DELTA = 1 / np.cbrt(2), 100, 1e-4, 1e-4
PUBLISHED = ROOT / 'src/main/resources/io/github/lstmfcn/verification'


def lowest_loss(callback):
    """Keras' class of callbacks, of either Keras, that keeps the weights of the lowest training loss in memory."""
    class BestWeights(callback):
        def __init__(self):
            super().__init__()
            self.loss, self.weights = np.inf, None

        def on_epoch_end(self, epoch, logs=None):
            if logs['loss'] < self.loss:
                self.loss, self.weights = logs['loss'], self.model.get_weights()

    return BestWeights()


class LatePlateau(keras.callbacks.Callback):
    """ReduceLROnPlateau of Keras 2.1.2, which compares with the patience before it counts the epoch."""

    def __init__(self):
        super().__init__()
        self.best, self.wait = np.inf, 0

    def on_epoch_end(self, epoch, logs=None):
        if logs['loss'] < self.best - MIN_DELTA:
            self.best, self.wait = logs['loss'], 0
            return
        rate = float(self.model.optimizer.learning_rate)
        if self.wait >= PATIENCE and rate > MIN_LEARNING_RATE:
            self.model.optimizer.learning_rate = max(rate * FACTOR, MIN_LEARNING_RATE)
            self.wait = 0
        self.wait += 1


class Univariate:
    """LSTM-FCN on the 2018 archive of the UCR."""

    sets = ['Coffee', 'ECGFiveDays', 'ItalyPowerDemand', 'SonyAIBORobotSurface1', 'TwoLeadECG']
    epochs = {None: 200}
    recipe = ['--recipe', '2019', '--keras-release', '3', '--model', 'lstm-fcn']

    def __init__(self, data, name):
        self.data, self.name = data, name
        self.labels, self.series = self.read('TRAIN')
        self.test_labels, self.test_series = self.read('TEST')

    def read(self, part):
        """Class indices (N) and normalised series (N, 1, T)."""
        table = np.loadtxt(self.data / self.name / ('%s_%s.tsv' % (self.name, part)))
        series = np.nan_to_num(table[:, 1:])
        series = (series - series.mean(axis=1, keepdims=True)) / (series.std(axis=1, keepdims=True) + 1e-8)
        return np.unique(table[:, 0], return_inverse=True)[1], series[:, np.newaxis, :].astype(np.float32)

    def files(self):
        """Where lstmfcn finds the set."""
        return ['--data', str(self.data), '--set', self.name]

    def train_keras(self, cells, epochs, seed):
        """Number of series of TEST that are classified right."""
        tf_keras.backend.clear_session()
        tf_keras.utils.set_random_seed(seed)
        classes = int(self.labels.max()) + 1
        model = build_model('lstmfcn', cells, self.series.shape[2], classes)
        model.compile(optimizer=tf_keras.optimizers.legacy.Adam(LEARNING_RATE, epsilon=1e-7),
                      loss='categorical_crossentropy', metrics=['accuracy'])
        best = lowest_loss(tf_keras.callbacks.Callback)
        plateau = tf_keras.callbacks.ReduceLROnPlateau(
            monitor='loss', factor=FACTOR, patience=PATIENCE, min_lr=MIN_LEARNING_RATE, min_delta=MIN_DELTA)
        model.fit(self.series, tf_keras.utils.to_categorical(self.labels, classes), batch_size=BATCH_SIZE,
                  epochs=epochs, verbose=0, callbacks=[best, plateau])
        model.set_weights(best.weights)
        predicted = model.predict(self.test_series, batch_size=BATCH_SIZE, verbose=0).argmax(axis=1)
        return int((predicted == self.test_labels).sum())

    @staticmethod
    def table(options, rows):
        """Lines of the page."""
        lines = ['LSTM-FCN with %d cells, recipe of 2019 with the moving averages of today\'s Keras, %d epochs, batches of %d, %d seeds:'
                 % (options.cells, rows[0]['epochs'], BATCH_SIZE, options.seeds),
                 'mean and standard deviation of the accuracy on TEST, p of Welch\'s two-sided t-test. The papers train 2000 epochs: this compares two programs,',
                 'not their accuracy with the published one.', '',
                 machine('tf_keras %s' % tf_keras.__version__), '',
                 '| dataset | lstmfcn | Keras | difference | p |', '|---|---|---|---|---|']
        for row in rows:
            ours, others = accuracies(row)
            lines.append('| %s | %s | %s | %+.4f | %.3f |'
                         % (row['set'], spread(ours), spread(others), np.mean(ours) - np.mean(others), row['p']))
        return lines


class Multivariate:
    """MLSTM-FCN on the arrays that the original was released with, and on BasicMotions of the UEA archive."""

    sets = ['JapaneseVowels', 'BasicMotions', 'Libras', 'LP1', 'LP2', 'LP3', 'LP4', 'LP5']
    epochs = {None: 250, 'Libras': 100}    # Libras takes longest
    recipe = ['--recipe', '2018', '--model', 'mlstm-fcn']

    def __init__(self, data, name):
        self.folder = name.lower() if name.startswith('LP') else name
        self.is_array = (data / 'multivariate' / self.folder).is_dir()
        self.data = data / ('multivariate' if self.is_array else 'ts')
        self.labels, self.series = self.read('train')
        self.test_labels, self.test_series = self.read('test')
        self.model = None

    def read(self, part):
        """Class indices (N) and series as they are (N, M, T)."""
        if self.is_array:
            labels = np.load(self.data / self.folder / ('y_%s.npy' % part)).ravel()
            series = np.load(self.data / self.folder / ('X_%s.npy' % part))
        else:
            text = (self.data / ('%s_%s.ts' % (self.folder, part.upper()))).read_text()
            lines = [line.split(':') for line in text[text.index('@data'):].splitlines()[1:] if line.strip()]
            labels = np.array([line[-1].strip() for line in lines])
            series = np.array([[dimension.split(',') for dimension in line[:-1]] for line in lines], np.float64)
        return np.unique(labels, return_inverse=True)[1], series.astype(np.float32)

    def files(self):
        """Where lstmfcn finds the set."""
        return ['--data', str(self.data), '--set', self.folder]

    def train_keras(self, cells, epochs, seed):
        """Number of series of TEST that are classified right."""
        classes = int(self.labels.max()) + 1
        keras.utils.set_random_seed(seed)
        fresh = mlstm_fcn(self.series.shape[1], self.series.shape[2], cells, classes)
        if self.model is None:
            self.model = fresh
            # Keras 2 compiles nothing to XLA either.
            fresh.compile(optimizer=keras.optimizers.Adam(LEARNING_RATE, epsilon=1e-8),
                          loss='categorical_crossentropy', jit_compile=False)
            fresh.optimizer.build(fresh.trainable_variables)
        # One model for all seeds: compiling takes longer than training on a small set.
        for layer, beginning in zip(self.model.layers, fresh.layers):
            for variable, value in zip(layer.variables, beginning.variables):
                variable.assign(value)
        for variable in self.model.optimizer.variables:
            variable.assign(np.zeros(variable.shape))
        self.model.optimizer.learning_rate = LEARNING_RATE
        best = lowest_loss(keras.callbacks.Callback)
        self.model.fit(self.series, keras.utils.to_categorical(self.labels, classes), batch_size=BATCH_SIZE,
                       epochs=epochs, verbose=0, callbacks=[best, LatePlateau()])
        self.model.set_weights(best.weights)
        predicted = self.model.predict(self.test_series, batch_size=BATCH_SIZE, verbose=0).argmax(axis=1)
        return int((predicted == self.test_labels).sum())

    @staticmethod
    def table(options, rows):
        """Lines of the page."""
        figures = reported()
        lines = ['MLSTM-FCN with %d cells, recipe of 2018 (Keras 2.1.2, the checkpoint of the lowest training loss), batches of %d, %d seeds.'
                 % (options.cells, BATCH_SIZE, options.seeds),
                 'M variables, T steps, N series in TRAIN / TEST. For each program: how many series of TEST each seed classifies right, and the mean and standard',
                 'deviation of the accuracy; p as above. Nothing is normalised, on either side: BasicMotions is as in the UEA archive, the others are the arrays',
                 'that the original was released with. *Reported* is the figure of the original\'s README; (UEA): of the table on the UEA archive.', '',
                 machine('Keras %s' % keras.__version__), '',
                 '| dataset | M | T | N | epochs | lstmfcn, right | lstmfcn | Keras, right | Keras | difference | p | reported |',
                 '|---|---:|---:|---:|---:|---|---|---|---|---|---|---|']
        for row in rows:
            ours, others = accuracies(row)
            lines.append('| %s | %d | %d | %d / %d | %d | %s | %s | %s | %s | %+.4f | %.3f | %s |'
                         % (row['set'], row['variables'], row['length'], row['train'], row['test'], row['epochs'],
                            ' '.join(map(str, row['ours'])), spread(ours), ' '.join(map(str, row['keras'])),
                            spread(others), np.mean(ours) - np.mean(others), row['p'], figures.get(row['set'], '')))
        return lines


FAMILIES = {'univariate': Univariate, 'multivariate': Multivariate}


def reported():
    """Printed accuracy of MLSTM-FCN by set, those of the original before those of others."""
    figures = {}
    for file, mark in (('uea-reported-accuracy.csv', ' (UEA)'), ('multivariate-reported-accuracy.csv', '')):
        with open(PUBLISHED / file, newline='') as lines:
            figures.update((row['dataset'], row['mlstm_fcn'] + mark) for row in csv.DictReader(lines))
    return figures


def machine(keras_name):
    names = [line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')] \
        if os.path.exists('/proc/cpuinfo') else []
    return '%s on TensorFlow %s, %s, %d cores.' % (
        keras_name, tf.__version__, ' '.join(names[:1] + [platform.machine()]), os.cpu_count())


def train_lstmfcn(options, family, epochs, seed, folder):
    """Number of series of TEST that are classified right."""
    subprocess.run(
        [str(ROOT / 'bin' / 'lstmfcn'), 'train', *family.recipe, '--cells', str(options.cells), *family.files(),
         '--epochs', str(epochs), '--batch-size', str(BATCH_SIZE), '--seed', str(seed), '--out', folder, '--quiet'],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, 'metrics.json')) as file:
        return json.load(file)['test']['correct']


def p_value(ours, keras):
    if np.ptp(ours) == 0 and np.ptp(keras) == 0:
        return 1. if ours[0] == keras[0] else 0.    # the t-test is undefined without any spread
    return float(scipy.stats.ttest_ind(ours, keras, equal_var=False).pvalue)


def measure(options, kind, data, name):
    family = kind(data, name)
    epochs = options.epochs or family.epochs.get(name, family.epochs[None])
    row = {'set': name, 'epochs': epochs, 'variables': family.series.shape[1], 'length': family.series.shape[2],
           'train': len(family.series), 'test': len(family.test_series), 'ours': [], 'keras': []}
    for seed in range(options.seeds):
        training = {'set': name, 'epochs': epochs, 'cells': options.cells, 'seed': seed}
        ours, others = kept(options.keep, training) or train_both(options, family, training)
        print('%s seed %d: lstmfcn %d, Keras %d of %d' % (name, seed, ours, others, row['test']), flush=True)
        row['ours'].append(ours)
        row['keras'].append(others)
    row['p'] = p_value(*accuracies(row))
    return row


def kept(file, training):
    """Numbers of right series of an earlier run; None if there are none."""
    if file and file.exists():
        for line in map(json.loads, file.read_text().splitlines()):
            if line['training'] == training:
                return line['ours'], line['keras']
    return None


def train_both(options, family, training):
    with tempfile.TemporaryDirectory() as folder:
        ours = train_lstmfcn(options, family, training['epochs'], training['seed'], os.path.join(folder, 'run'))
    others = family.train_keras(options.cells, training['epochs'], training['seed'])
    if options.keep:
        with open(options.keep, 'a') as lines:
            print(json.dumps({'training': training, 'ours': ours, 'keras': others}), file=lines)
    return ours, others


def accuracies(row):
    """Of lstmfcn and of Keras."""
    return np.array(row['ours']) / row['test'], np.array(row['keras']) / row['test']


def spread(accuracies):
    return '%.4f ± %.4f' % (np.mean(accuracies), np.std(accuracies, ddof=1))


def write(page, tables):
    """Replaces what stands between the marks of each table in the page."""
    text = page.read_text()
    for name, lines in tables.items():
        start, end = '<!-- %s -->\n' % name, '<!-- end of %s -->' % name
        before, rest = text.split(start)
        text = before + start + '\n'.join(lines) + '\n' + end + rest.split(end)[1]
    page.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', type=pathlib.Path, metavar='DIR', help='the 2018 archive')
    parser.add_argument('--multivariate-data', type=pathlib.Path, metavar='DIR',
                        help='multivariate/SET/X_train.npy, … as the original was released with, and ts/SET_TRAIN.ts, …')
    parser.add_argument('--family', choices=FAMILIES, help='only one; default: all whose data are named')
    parser.add_argument('--sets', nargs='+', metavar='NAME', help='of one family only')
    parser.add_argument('--seeds', type=int, default=5)
    parser.add_argument('--epochs', type=int, help='default: 200, multivariate 250, Libras 100')
    parser.add_argument('--cells', type=int, default=8)
    parser.add_argument('--keep', type=pathlib.Path, metavar='FILE',
                        help='where the counts of each seed are kept; what it has is not trained again')
    parser.add_argument('--out', type=pathlib.Path, metavar='FILE', help='the page whose tables are replaced')
    options = parser.parse_args()
    data = {'univariate': options.data, 'multivariate': options.multivariate_data}
    chosen = [name for name in FAMILIES if data[name] and options.family in (None, name)]
    if not chosen or options.sets and len(chosen) > 1:
        parser.error('--sets needs one --family' if chosen else 'no data are named')
    rows = {name: [measure(options, FAMILIES[name], data[name], set_name)
                   for set_name in options.sets or FAMILIES[name].sets] for name in chosen}
    tables = {name: FAMILIES[name].table(options, rows[name]) for name in chosen}
    for lines in tables.values():
        print('\n' + '\n'.join(lines))
    if options.out:
        write(options.out, tables)
    different = [row['set'] for measured in rows.values() for row in measured if row['p'] < SIGNIFICANCE]
    if different:
        print('differ at p < %s: %s' % (SIGNIFICANCE, ', '.join(different)), file=sys.stderr)
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
