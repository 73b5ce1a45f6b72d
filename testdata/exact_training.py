"""Trains the cases of `training/` once more, in double precision, in plain NumPy with the gradients written out.

    python exact_training.py        writes training/exact.json, a few minutes

Keras 2 on TensorFlow 1 may update a weight while the same step's gradient still reads it: nothing in its graph orders
the two. The one that matters is the third convolution's kernel, which the gradient through it reads late. So a run of
the original does not repeat exactly; `make_traces.py` shows it. Here both clean outcomes are computed: `ordered`, where
every gradient sees the weights that the step began with, and `overtaken`, where the gradient through the third
convolution sees its updated kernel. The losses of the traces lie between the two.

Runs on Python 3.6 and later, needs h5py and numpy.
"""
import json
import pathlib
from typing import Dict, List, NamedTuple, Tuple

import numpy as np

from check_references import BATCH_NORM_EPSILON, batches, convolution, hard_sigmoid, recurrence, softmax, to_double
from keras_arrays import LstmFcnArrays, read_arrays

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / 'training'
BATCH = 16
MOMENTUM = 0.99
BETA1, BETA2 = 0.9, 0.999

Gradients = Dict[str, np.ndarray]


class Case(NamedTuple):
    """One trace of the original."""
    name: str
    facts: Dict

    @property
    def of_2019(self) -> bool:
        return '2019' in self.name

    @classmethod
    def read(cls, name: str) -> 'Case':
        return cls(name, json.loads((FOLDER / (name + '.json')).read_text()))

    @property
    def initial_file(self) -> str:
        kind = 'alstmfcn-2019' if self.of_2019 else self.facts['model']
        return str(FOLDER / (kind + '-initial.h5'))

    @property
    def initial(self) -> LstmFcnArrays:
        return LstmFcnArrays(*[to_double(field) for field in read_arrays(self.initial_file)])

    @property
    def class_weights(self) -> np.ndarray:
        return np.array(self.facts['class_weights'] if self.facts['class_weight'] == 'balanced' else [1, 1])

    def learning_rate(self, epoch: int) -> float:
        return self.facts['lr_during_epoch'][epoch] if self.of_2019 else 1e-3

    @property
    def epsilon(self) -> float:
        return 1e-7 if self.of_2019 else 1e-8

    @property
    def steps_ahead(self) -> int:
        """By how much the counter of Keras' Adam was ahead when its steps used it; another unordered pair."""
        return 1 if self.of_2019 else 0


def all_cases() -> List[Case]:
    return [Case.read(file.stem) for file in sorted(FOLDER.glob('*lstmfcn-*.json'))]


def read_split(split: str) -> Tuple[np.ndarray, np.ndarray]:
    table = np.loadtxt(str(HERE / 'ImbalancedTones' / ('ImbalancedTones_%s.tsv' % split)))
    return table[:, 1:].astype(np.float32).astype(np.float64), (table[:, 0] > 0).astype(int)


def convolution_gradients(x: np.ndarray, kernel: np.ndarray, dy: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """(dx, dkernel)"""
    size, length = kernel.shape[0], x.shape[1]
    before = (size - 1) // 2
    padded = np.pad(x, ((0, 0), (before, size - 1 - before), (0, 0)), 'constant')
    dpadded, dkernel = np.zeros_like(padded), np.empty_like(kernel)
    for k in range(size):
        dkernel[k] = np.tensordot(padded[:, k:k + length], dy, axes=([0, 1], [0, 1]))
        dpadded[:, k:k + length] += dy @ kernel[k].T
    return dpadded[:, before:before + length], dkernel


class Block:
    """Convolution, batch normalisation by the batch's own statistics, ReLU."""

    def __init__(self, x, weights, norm):
        self.x, self.weights, self.norm = x, weights, norm
        conv = convolution(x, weights)
        self.mean, self.variance = conv.mean(axis=(0, 1)), conv.var(axis=(0, 1))
        self.inverse = 1 / np.sqrt(self.variance + BATCH_NORM_EPSILON)
        self.normalised = (conv - self.mean) * self.inverse
        self.output = np.maximum(self.normalised * norm['gamma'] + norm['beta'], 0)

    def before_convolution(self, doutput: np.ndarray) -> Tuple[np.ndarray, Gradients]:
        """The gradient at the convolution's output, and those of gamma and beta."""
        dy = doutput * (self.output > 0)
        dgamma, dbeta = (dy * self.normalised).sum(axis=(0, 1)), dy.sum(axis=(0, 1))
        n = dy.shape[0] * dy.shape[1]
        dconv = self.norm['gamma'] * self.inverse * (dy - dbeta / n - self.normalised * dgamma / n)
        return dconv, {'gamma': dgamma, 'beta': dbeta}


def recurrent_gradients(x, weights, across_batch, dh) -> Gradients:
    """Of the arrays that act in one step from zero state."""
    z = x @ weights['kernel'] + weights['bias']
    context = np.broadcast_to(x.sum(axis=0, keepdims=True), x.shape) if across_batch else x
    if 'attention_kernel' in weights:
        z = z + context @ weights['attention_kernel']
    zi, zf, zc, zo = np.split(z, 4, axis=1)
    i, o, g = hard_sigmoid(zi), hard_sigmoid(zo), np.tanh(zc)
    t = np.tanh(i * g)

    def slope(gate):
        return 0.2 * ((gate > -2.5) & (gate < 2.5))
    dc = dh * o * (1 - t * t)
    dz = np.concatenate([dc * g * slope(zi), np.zeros_like(zf), dc * i * (1 - g * g), dh * t * slope(zo)], axis=1)
    gradients = {'kernel': x.T @ dz, 'bias': dz.sum(axis=0)}
    if 'attention_kernel' in weights:
        gradients['attention_kernel'] = context.T @ dz
    return gradients


class Adam:
    """Moves arrays in place."""

    def __init__(self, case: Case):
        self.case, self.moments = case, {}
        self.step = self.rate = 0

    def begin_step(self, learning_rate: float):
        self.step += 1
        t = self.step + self.case.steps_ahead
        self.rate = learning_rate * np.sqrt(1 - BETA2 ** t) / (1 - BETA1 ** t)

    def move(self, layer: Gradients, name: str, gradient: np.ndarray):
        m, v = self.moments.get((id(layer), name), (0, 0))
        m, v = BETA1 * m + (1 - BETA1) * gradient, BETA2 * v + (1 - BETA2) * gradient ** 2
        self.moments[id(layer), name] = m, v
        layer[name] = layer[name] - self.rate * m / (np.sqrt(v) + self.case.epsilon)


def train_step(case: Case, arrays: LstmFcnArrays, adam: Adam, x, classes, overtaken: bool) -> Tuple[float, List[Block]]:
    """One step; the batch's loss before it."""
    blocks, features = [], x[:, :, np.newaxis]
    for weights, norm in zip(arrays.convolutions, arrays.batch_norms):
        blocks.append(Block(features, weights, norm))
        features = blocks[-1].output
    outputs, _ = recurrence(x[:, np.newaxis], np.ones((len(x), 1), dtype=bool), arrays.recurrent, hard_sigmoid,
                            case.of_2019)
    joined = np.concatenate([outputs[:, -1], features.mean(axis=1)], axis=1)
    probabilities = softmax(joined @ arrays.dense['kernel'] + arrays.dense['bias'])
    weights = case.class_weights[classes]
    rows = np.arange(len(x))
    loss = float((-np.log(probabilities[rows, classes]) * weights).mean())

    dlogits = probabilities.copy()
    dlogits[rows, classes] -= 1
    dlogits *= weights[:, np.newaxis] / len(x)
    djoined = dlogits @ arrays.dense['kernel'].T
    for name, gradient in recurrent_gradients(x, arrays.recurrent, case.of_2019, djoined[:, :arrays.cells]).items():
        adam.move(arrays.recurrent, name, gradient)
    adam.move(arrays.dense, 'kernel', joined.T @ dlogits)
    adam.move(arrays.dense, 'bias', dlogits.sum(axis=0))
    length = x.shape[1]
    dfeatures = np.repeat(djoined[:, np.newaxis, arrays.cells:] / length, length, axis=1)
    for number in (2, 1, 0):
        block = blocks[number]
        dconv, of_norm = block.before_convolution(dfeatures)
        kernel = block.weights['kernel']
        dfeatures, dkernel = convolution_gradients(block.x, kernel, dconv)
        adam.move(block.weights, 'kernel', dkernel)                  # a bias before a normalisation has no gradient
        if overtaken and number == 2:
            dfeatures, _ = convolution_gradients(block.x, block.weights['kernel'], dconv)
        for name, gradient in of_norm.items():
            adam.move(block.norm, name, gradient)
    return loss, blocks


def move_averages(case: Case, blocks: List[Block], sums: List[Gradients], step: int):
    """Keras 2.0.8 moves towards the biased variance; 2.2.5 starts from nothing and corrects for it."""
    for block, total in zip(blocks, sums):
        n = block.x.shape[0] * block.x.shape[1]
        variance = block.variance * (n / (n - 1.001) if case.of_2019 else 1)
        for name, value in (('moving_mean', block.mean), ('moving_variance', variance)):
            before = total.get(name, 0) if case.of_2019 else block.norm[name]
            total[name] = before - (before - value) * (1 - MOMENTUM)
            block.norm[name] = total[name] / (1 - MOMENTUM ** step) if case.of_2019 else total[name]


def train(case: Case, overtaken: bool) -> Dict:
    """The loss of every batch."""
    series, classes = read_split('TRAIN')
    arrays, adam, sums = case.initial, Adam(case), [{}, {}, {}]
    losses = []
    for epoch in range(case.facts['epochs']):
        for part in batches(len(series), BATCH):
            adam.begin_step(case.learning_rate(epoch))
            loss, blocks = train_step(case, arrays, adam, series[part], classes[part], overtaken)
            move_averages(case, blocks, sums, adam.step)
            losses.append(round(loss, 8))
    return {'batch_loss': losses}


def main():
    traces = {}
    for case in all_cases():
        traces[case.name] = {'ordered': train(case, False), 'overtaken': train(case, True)}
        print(case.name)
    (FOLDER / 'exact.json').write_text(json.dumps(traces, indent=1, sort_keys=True) + '\n')


if __name__ == '__main__':
    main()
