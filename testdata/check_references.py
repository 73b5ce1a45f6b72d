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

# Input and labels, and the maps of the published scripts, which are not what the network computes.
NOT_COMPUTED = {'input', 'label_in_file', 'label_index',
                'cam_upstream_2017_unscaled', 'cam_upstream_2019_unscaled', 'cam_upstream_write_cam'}

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

    @property
    def masking(self) -> bool:
        """All networks of the multivariate original have a Masking layer, no univariate one has."""
        return 'variables' in self.facts

    @property
    def stride(self) -> int:
        return self.facts.get('subsample_stride', 1)

    @property
    def over_steps(self) -> bool:
        """The recurrence runs over the variables, unless a subsampling leaves time in their place."""
        return not self.facts.get('subsample_permuted', True)


def read_case(folder: pathlib.Path) -> Case:
    return Case(json.loads((folder / 'case.json').read_text()))


def hard_sigmoid(x: np.ndarray) -> np.ndarray:
    return np.clip(0.2 * x + 0.5, 0, 1)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def softmax(x: np.ndarray) -> np.ndarray:
    exponential = np.exp(x - x.max(axis=-1, keepdims=True))
    return exponential / exponential.sum(axis=-1, keepdims=True)


def recurrence(x: np.ndarray, mask: np.ndarray, weights: Layer, gate: Gate,
               across_batch: bool) -> Tuple[np.ndarray, np.ndarray]:
    """The output after every step from zero state, (N, S, F) -> (N, S, cells), and what the attention of the last step
    saw, (N, S, F); gates in the order i, f, c, o.

    A step outside the mask (N, S) leaves state and output as they were. The attention gives it a weight all the same.
    Across the batch, the attention sees one step only, and of all series.
    """
    h = c = np.zeros((len(x), weights['recurrent_kernel'].shape[0]))
    seen = np.zeros_like(x)
    outputs = []
    for step in range(x.shape[1]):
        z = x[:, step] @ weights['kernel'] + weights['bias'] + h @ weights['recurrent_kernel']
        counts = mask[:, step, np.newaxis]
        if 'attention_kernel' in weights:
            if across_batch:
                context = x[:, step].sum(axis=0, keepdims=True)
            else:
                weighted = attention(x, h, weights) * x
                seen = np.where(counts[:, :, np.newaxis], weighted, seen)
                context = weighted.sum(axis=1)
            z = z + context @ weights['attention_kernel']
        i, f, candidate, o = np.split(z, 4, axis=1)
        next_c = gate(f) * c + gate(i) * np.tanh(candidate)
        h, c = np.where(counts, gate(o) * np.tanh(next_c), h), np.where(counts, next_c, c)
        outputs.append(h)
    return np.stack(outputs, axis=1), seen


def attention(x: np.ndarray, h: np.ndarray, weights: Layer) -> np.ndarray:
    """Weight of every step, (N, S, 1)."""
    from_state = (h @ weights['attention_U'])[:, np.newaxis]
    energy = np.tanh(x @ weights['attention_W'] + from_state + weights['attention_b']) @ weights['attention_v']
    return np.swapaxes(softmax(np.swapaxes(energy, 1, 2)), 1, 2)


def convolution(x: np.ndarray, weights: Layer, stride: int = 1) -> np.ndarray:
    """`same` convolution, (N, T, C) -> (N, T / stride, filters); what is odd is padded on the right."""
    size, length = weights['kernel'].shape[0], x.shape[1]
    steps = -(-length // stride)
    reach = (steps - 1) * stride + 1
    padding = max(reach - 1 + size - length, 0)
    padded = np.pad(x, ((0, 0), (padding // 2, padding - padding // 2), (0, 0)), 'constant')
    result = sum(padded[:, k:k + reach:stride] @ weights['kernel'][k] for k in range(size))
    return result + weights.get('bias', 0)


def batch_norm(x: np.ndarray, weights: Layer) -> np.ndarray:
    """In inference mode."""
    scale = weights['gamma'] / np.sqrt(weights['moving_variance'] + BATCH_NORM_EPSILON)
    return (x - weights['moving_mean']) * scale + weights['beta']


def convolutional_branch(x: np.ndarray, arrays: LstmFcnArrays) -> Dict[str, np.ndarray]:
    """Every layer of the branch, from input (N, M, T) to `gap` (N, 128)."""
    layers = {}
    features = np.swapaxes(x, 1, 2)
    for block, (weights, norm) in enumerate(zip(arrays.convolutions, arrays.batch_norms)):
        number = block + 1
        layers['conv%d' % number] = convolution(features, weights)
        layers['bn%d' % number] = batch_norm(layers['conv%d' % number], norm)
        layers['relu%d' % number] = features = np.maximum(layers['bn%d' % number], 0)
        if block < len(arrays.excitations):
            kernels = arrays.excitations[block]
            squeeze = features.mean(axis=1)
            reduced = np.maximum(squeeze @ kernels['reduce'], 0)
            scale = sigmoid(reduced @ kernels['expand'])
            features = features * scale[:, np.newaxis]
            for name, layer in (('squeeze', squeeze), ('reduced', reduced), ('scale', scale), ('output', features)):
                layers['se%d_%s' % (number, name)] = layer
    layers['gap'] = features.mean(axis=1)
    return layers


def recurrent_input(x: np.ndarray, arrays: LstmFcnArrays, case: Case) -> Tuple[np.ndarray, np.ndarray]:
    """What the recurrent layer reads of input (N, M, T), step by step (N, S, F), and which steps count, (N, S)."""
    if arrays.subsampling:
        x = np.maximum(convolution(np.swapaxes(x, 1, 2), arrays.subsampling, case.stride), 0)
        x = x if case.over_steps else np.swapaxes(x, 1, 2)
    return x, (x != 0).any(axis=2) if case.masking else np.ones(x.shape[:2], dtype=bool)


def batches(samples: int, size: int) -> Iterator[slice]:
    for start in range(0, samples, size):
        yield slice(start, min(start + size, samples))


def forward(x: np.ndarray, arrays: LstmFcnArrays, case: Case) -> Dict[str, np.ndarray]:
    """Every layer that reference.h5 may hold, for input (N, M, T), in double precision."""
    arrays = LstmFcnArrays(*[to_double(field) for field in arrays])
    x = x.astype(np.float64)
    of_batches = [convolutional_branch(x[part], arrays) for part in batches(len(x), LAYER_BATCH)]
    layers = {name: np.concatenate([branch[name] for branch in of_batches])
              for name, layer in of_batches[0].items() if layer.ndim == 2}
    steps, mask = recurrent_input(x, arrays, case)

    def recurrent(part: slice) -> Tuple[np.ndarray, np.ndarray]:
        return recurrence(steps[part], mask[part], arrays.recurrent, case.gate, case.across_batch)

    def last_outputs(batch_size: int) -> np.ndarray:
        return np.concatenate([recurrent(part)[0][:, -1] for part in batches(len(x), batch_size)])

    def dense(recurrent_output: np.ndarray) -> np.ndarray:
        joined = np.concatenate([recurrent_output, layers['gap']], axis=1)
        return joined @ arrays.dense['kernel'] + arrays.dense['bias']

    layers['mask'] = mask
    layers['lstm'] = last_outputs(LAYER_BATCH)
    layers['logits'] = dense(layers['lstm'])
    layers['probabilities'] = softmax(dense(last_outputs(PROBABILITY_BATCH)))
    layers.update({name: layer for name, layer in convolutional_branch(x[:2], arrays).items() if layer.ndim == 3})
    layers['cam'] = np.einsum('ntc,ck->nkt', layers['relu3'], arrays.dense['kernel'][arrays.cells:])
    layers['subsampled'] = steps[:2]
    layers['masked_input'] = steps[:2] * mask[:2, :, np.newaxis]
    layers['lstm_steps'], seen = recurrent(slice(2))
    # The published code of 2019 shows the output of the cell as its attention.
    layers['attention_upstream'] = layers['lstm_steps'] if case.across_batch else seen
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
    found = forward(expected['input'], arrays, case)
    problems, differences = [], {}
    for name in sorted(set(expected) - NOT_COMPUTED):
        layer = found[name].reshape(expected[name].shape)
        differences[name] = float(np.abs(layer - expected[name].astype(np.float64)).max())
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
