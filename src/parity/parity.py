"""Trains the same models with lstmfcn and with Keras and asks whether their accuracies differ.

    python parity.py --data ../shared/ucr/2018 --out docs/parity.md

Both sides train LSTM-FCN by the recipe of 2019 (each series normalised, the checkpoint of the lowest training loss) on
the same TRAIN sets with the same seeds, and are scored on TEST. The moving averages are today's Keras'; those of 2.2.5
forget their initial values. The seeds' accuracies are compared by Welch's two-sided
t-test; the exit status is 1 if a set differs at p < .01.
"""
import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import numpy as np
import scipy.stats
import tensorflow as tf
import tf_keras

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'testdata'))

from lstm_fcn_keras import build_model  # noqa: E402

SIGNIFICANCE = .01
BATCH_SIZE = 128


class BestWeights(tf_keras.callbacks.Callback):
    """Keeps the weights of the epoch with the lowest training loss, in memory."""

    def __init__(self):
        super().__init__()
        self.loss, self.weights = np.inf, None

    def on_epoch_end(self, epoch, logs=None):
        if logs['loss'] < self.loss:
            self.loss, self.weights = logs['loss'], self.model.get_weights()


def read_set(folder, name, part):
    """Class indices (N) and normalised series (N, 1, T)."""
    table = np.loadtxt(folder / name / ('%s_%s.tsv' % (name, part)))
    series = np.nan_to_num(table[:, 1:])
    series = (series - series.mean(axis=1, keepdims=True)) / (series.std(axis=1, keepdims=True) + 1e-8)
    return np.unique(table[:, 0], return_inverse=True)[1], series[:, np.newaxis, :].astype(np.float32)


def train_keras(options, name, seed):
    """Accuracy on TEST."""
    tf_keras.backend.clear_session()
    tf_keras.utils.set_random_seed(seed)
    labels, series = read_set(options.data, name, 'TRAIN')
    test_labels, test_series = read_set(options.data, name, 'TEST')
    classes = labels.max() + 1
    model = build_model('lstmfcn', options.cells, series.shape[2], classes)
    model.compile(optimizer=tf_keras.optimizers.legacy.Adam(1e-3, epsilon=1e-7), loss='categorical_crossentropy',
                  metrics=['accuracy'])
    best = BestWeights()
    plateau = tf_keras.callbacks.ReduceLROnPlateau(monitor='loss', factor=1 / np.cbrt(2), patience=100, min_lr=1e-4)
    model.fit(series, tf_keras.utils.to_categorical(labels, classes), batch_size=BATCH_SIZE, epochs=options.epochs,
              verbose=0, callbacks=[best, plateau])
    model.set_weights(best.weights)
    predicted = model.predict(test_series, batch_size=BATCH_SIZE, verbose=0).argmax(axis=1)
    return float((predicted == test_labels).mean())


def train_lstmfcn(options, name, seed, folder):
    subprocess.run(
        [str(ROOT / 'bin' / 'lstmfcn'), 'train', '--recipe', '2019', '--keras-release', '3', '--model', 'lstm-fcn', '--cells', str(options.cells),
         '--data', str(options.data), '--set', name, '--epochs', str(options.epochs), '--batch-size', str(BATCH_SIZE),
         '--seed', str(seed), '--out', folder, '--quiet'],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, 'metrics.json')) as file:
        return json.load(file)['test']['accuracy']


def p_value(ours, keras):
    if np.ptp(ours) == 0 and np.ptp(keras) == 0:
        return 1. if ours[0] == keras[0] else 0.    # the t-test is undefined without any spread
    return float(scipy.stats.ttest_ind(ours, keras, equal_var=False).pvalue)


def measure(options, name):
    ours, keras = [], []
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(train_lstmfcn(options, name, seed, os.path.join(folder, 'run')))
        keras.append(train_keras(options, name, seed))
        print('%s seed %d: lstmfcn %.4f, Keras %.4f' % (name, seed, ours[-1], keras[-1]), flush=True)
    return {'set': name, 'ours': ours, 'keras': keras, 'p': p_value(ours, keras)}


def spread(accuracies):
    return '%.4f ± %.4f' % (np.mean(accuracies), np.std(accuracies, ddof=1))


def report(options, rows):
    lines = ['# Accuracy beside Keras', '',
             'LSTM-FCN with %d cells, recipe of 2019 with the moving averages of today\'s Keras, %d epochs, batches of %d, %d seeds:'
             % (options.cells, options.epochs, BATCH_SIZE, options.seeds),
             'mean and standard deviation of the accuracy on TEST, p of Welch\'s two-sided t-test. The papers train 2000 epochs: this compares two programs,',
             'not their accuracy with the published one.', '',
             'tf_keras %s on TensorFlow %s, %s, %d cores.'
             % (tf_keras.__version__, tf.__version__, platform.machine(), os.cpu_count()), '',
             '| dataset | lstmfcn | Keras | difference | p |', '|---|---|---|---|---|']
    for row in rows:
        lines.append('| %s | %s | %s | %+.4f | %.3f |'
                     % (row['set'], spread(row['ours']), spread(row['keras']),
                        np.mean(row['ours']) - np.mean(row['keras']), row['p']))
    lines += ['', 'Made by `make parity`, which fails if a dataset differs at p < %s.' % SIGNIFICANCE]
    return '\n'.join(lines) + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--data', type=pathlib.Path, required=True, metavar='DIR', help='the 2018 archive')
    parser.add_argument('--sets', nargs='+', metavar='NAME',
                        default=['Coffee', 'ECGFiveDays', 'ItalyPowerDemand', 'SonyAIBORobotSurface1', 'TwoLeadECG'])
    parser.add_argument('--seeds', type=int, default=5)
    parser.add_argument('--epochs', type=int, default=200)
    parser.add_argument('--cells', type=int, default=8)
    parser.add_argument('--out', type=pathlib.Path, metavar='FILE', help='where the table is written')
    options = parser.parse_args()
    rows = [measure(options, name) for name in options.sets]
    text = report(options, rows)
    print('\n' + text)
    if options.out:
        options.out.write_text(text)
    different = [row['set'] for row in rows if row['p'] < SIGNIFICANCE]
    if different:
        print('differ at p < %s: %s' % (SIGNIFICANCE, ', '.join(different)), file=sys.stderr)
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
