"""Computes reference cases again in plain NumPy and compares every layer.

    python check_references.py             every case in references/, with each file in ../keras-weights/
    python check_references.py DIR...      more cases: folders that hold reference.h5, case.json and weights

One line a file; exit status 1 if one differs. Runs on Python 3.6 and later, needs h5py and numpy.
"""
import argparse
import json
import pathlib
import sys
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

import h5py
import numpy as np

from keras_arrays import Layer, LstmFcnArrays, read_arrays

HERE = pathlib.Path(__file__).resolve().parent
SHIPPED_REFERENCES = HERE / 'references'
SHIPPED_WEIGHTS = HERE.parent / 'keras-weights'

LAYER_TOLERANCE = 1e-4        # single precision, sums of up to 1280 products
PROBABILITY_TOLERANCE = 1e-5
BATCH_NORM_EPSILON = 1e-3     # Keras' default
PROBABILITY_BATCH = 128       # batches in which across-batch cases were computed
LAYER_BATCH = 64

Gate = Callable[[np.ndarray], np.ndarray]


class Case(NamedTuple):
    """What case.json says, as far as it changes the arithmetic."""
    facts: Dict

    @property
    def gate(self) -> Gate:
        """Keras changed the default of an LSTM's gates from hard sigmoid to sigmoid in 2.3."""
        version = tuple(int(part) for part in self.facts['keras'].split('.')[:2])
        return hard_sigmoid if version < (2, 3) else sigmoid

    @property
    def across_batch(self) -> bool:
        if 'attention' in self.facts:
            return self.facts['attention'] == 'across-batch'
        return self.facts['model'] == 'alstmfcn' and self.facts.get('upstream_code') == '2019'


def read_case(folder: pathlib.Path) -> Case:
    return Case(json.loads((folder / 'case.json').read_text()))


def hard_sigmoid(x: np.ndarray) -> np.ndarray:
    return np.clip(0.2 * x + 0.5, 0, 1)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def softmax(x: np.ndarray) -> np.ndarray:
    exponential = np.exp(x - x.max(axis=-1, keepdims=True))
    return exponential / exponential.sum(axis=-1, keepdims=True)


def lstm(x: np.ndarray, weights: Layer, gate: Gate, across_batch: bool) -> np.ndarray:
    """One step from zero state, (N, T) -> (N, cells); gates in the order i, f, c, o.

    The state is zero, so the forget gate and the recurrent kernel do not act; attention over one step has weight 1.
    """
    z = x @ weights['kernel'] + weights['bias']
    if 'attention_kernel' in weights:
        context = x.sum(axis=0, keepdims=True) if across_batch else x
        z = z + context @ weights['attention_kernel']
    i, _, c, o = np.split(z, 4, axis=1)
    return gate(o) * np.tanh(gate(i) * np.tanh(c))


def convolution(x: np.ndarray, weights: Layer) -> np.ndarray:
    """`same` convolution, (N, T, C) -> (N, T, filters); an even kernel pads one more on the right."""
    size = weights['kernel'].shape[0]
    before = (size - 1) // 2
    padded = np.pad(x, ((0, 0), (before, size - 1 - before), (0, 0)), 'constant')
    length = x.shape[1]
    result = sum(padded[:, k:k + length] @ weights['kernel'][k] for k in range(size))
    return result + weights['bias']


def batch_norm(x: np.ndarray, weights: Layer) -> np.ndarray:
    """In inference mode."""
    scale = weights['gamma'] / np.sqrt(weights['moving_variance'] + BATCH_NORM_EPSILON)
    return (x - weights['moving_mean']) * scale + weights['beta']


def convolution_blocks(x: np.ndarray, arrays: LstmFcnArrays) -> List[np.ndarray]:
    """ReLU outputs of the three blocks, (N, T) -> 3 x (N, T, C)."""
    outputs = []
    features = x[:, :, np.newaxis]
    for weights, norm in zip(arrays.convolutions, arrays.batch_norms):
        features = np.maximum(batch_norm(convolution(features, weights), norm), 0)
        outputs.append(features)
    return outputs


def batches(samples: int, size: int) -> Iterator[slice]:
    for start in range(0, samples, size):
        yield slice(start, min(start + size, samples))


def forward(x: np.ndarray, arrays: LstmFcnArrays, case: Case) -> Dict[str, np.ndarray]:
    """Every layer that reference.h5 holds, for input (N, T), in double precision."""
    arrays = LstmFcnArrays(*[to_double(field) for field in arrays])
    x = x.astype(np.float64)
    pooled = np.concatenate([convolution_blocks(x[part], arrays)[-1].mean(axis=1)
                             for part in batches(len(x), LAYER_BATCH)])

    def recurrent(batch_size: int) -> np.ndarray:
        return np.concatenate([lstm(x[part], arrays.recurrent, case.gate, case.across_batch)
                               for part in batches(len(x), batch_size)])

    def dense(recurrent_output: np.ndarray) -> np.ndarray:
        return np.concatenate([recurrent_output, pooled], axis=1) @ arrays.dense['kernel'] + arrays.dense['bias']

    layers = {'lstm': recurrent(LAYER_BATCH), 'gap': pooled}
    layers['logits'] = dense(layers['lstm'])
    layers['probabilities'] = softmax(dense(recurrent(PROBABILITY_BATCH)))
    first_two = convolution_blocks(x[:2], arrays)
    layers.update(relu1=first_two[0], relu2=first_two[1], relu3=first_two[2])
    layers['cam'] = np.einsum('ntc,ck->nkt', first_two[2], arrays.dense['kernel'][arrays.cells:])
    return layers


def to_double(field):
    """A layer, or a list of layers, in double precision."""
    if isinstance(field, list):
        return [to_double(layer) for layer in field]
    return {name: array.astype(np.float64) for name, array in field.items()}


def upstream_label_index(labels: np.ndarray, classes: int) -> np.ndarray:
    """The original's encoding, with its truncation."""
    low, high = labels.min(), labels.max()
    return ((labels - low) / (high - low) * (classes - 1)).astype(np.int64)


def read_references(path: pathlib.Path) -> Dict[str, np.ndarray]:
    with h5py.File(str(path), 'r') as file:
        return {name: file[name][()] for name in file}


def check(weights_file: pathlib.Path, reference_folder: pathlib.Path) -> Tuple[List[str], Dict[str, float]]:
    """Problems found, and the largest difference of each layer."""
    case = read_case(reference_folder)
    expected = read_references(reference_folder / 'reference.h5')
    arrays = read_arrays(str(weights_file))
    found = forward(expected['input'][:, 0, :], arrays, case)
    problems, differences = [], {}
    for name in (name for name in found if name in expected):
        differences[name] = float(np.abs(found[name] - expected[name]).max())
        tolerance = PROBABILITY_TOLERANCE if name == 'probabilities' else LAYER_TOLERANCE
        scale = 1 if name == 'probabilities' else max(1, float(np.abs(expected[name]).max()))
        if not differences[name] <= tolerance * scale:
            problems.append('%s differs by %.1e' % (name, differences[name]))
    problems += check_labels(case, expected, arrays.classes)
    return problems, differences


def check_labels(case: Case, expected: Dict[str, np.ndarray], classes: int) -> List[str]:
    """The label encoding, and the count and loss in case.json."""
    problems = []
    index, probabilities = expected['label_index'], expected['probabilities']
    if 'label_in_file' in expected and not np.array_equal(
            upstream_label_index(expected['label_in_file'], classes), index):
        problems.append('label_index is not the encoding of label_in_file')
    correct = int((probabilities.argmax(axis=1) == index).sum())
    if correct != case.facts['correct']:
        problems.append('%d correct, case.json says %d' % (correct, case.facts['correct']))
    if 'loss' in case.facts:
        likelihood = np.clip(probabilities.astype(np.float64)[np.arange(len(index)), index], 1e-7, 1)
        if abs(-np.log(likelihood).mean() - case.facts['loss']) > 1e-4:
            problems.append('loss %.6f, case.json says %.6f' % (-np.log(likelihood).mean(), case.facts['loss']))
    return problems


def weight_files(folder: pathlib.Path) -> List[pathlib.Path]:
    return sorted(path for path in folder.iterdir()
                  if path.suffix in ('.h5', '.keras') and path.name != 'reference.h5')


def shipped_cases() -> List[pathlib.Path]:
    return sorted(path.parent for path in SHIPPED_REFERENCES.glob('*/reference.h5'))


def pairs(folders: List[pathlib.Path]) -> List[Tuple[pathlib.Path, pathlib.Path]]:
    """(weights file, reference folder), of the shipped cases if no folder is named."""
    if folders:
        return [(file, folder) for folder in folders for file in weight_files(folder)]
    return [(file, folder) for folder in shipped_cases() for file in weight_files(SHIPPED_WEIGHTS / folder.name)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folders', nargs='*', type=pathlib.Path, metavar='DIR',
                        help='a folder with reference.h5, case.json and weights (default: the shipped cases)')
    failures = 0
    to_check = pairs(parser.parse_args().folders)
    for file, folder in to_check:
        try:
            problems, differences = check(file, folder)
        except Exception as error:  # one broken case must not hide the others
            problems, differences = ['%s: %s' % (type(error).__name__, error)], {}
        name = '%s/%s' % (folder.name, file.name)
        if problems:
            failures += 1
            print('FAILED  references %s: %s' % (name, '; '.join(problems)))
        else:
            worst = max(value for layer, value in differences.items() if layer != 'probabilities') \
                if len(differences) > 1 else 0
            print('ok      references %s: probabilities within %.1e%s'
                  % (name, differences['probabilities'], ', layers within %.1e' % worst if worst else ''))
    if not to_check:
        print('FAILED  references: no weight file found')
    return 1 if failures or not to_check else 0


if __name__ == '__main__':
    sys.exit(main())
