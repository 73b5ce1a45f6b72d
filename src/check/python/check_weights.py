"""Reads a Keras 2 weights file with h5py and with Keras, and compares arrays and answers.

    python check_weights.py WEIGHTS_H5 REFERENCE_H5 [--original ORIGINAL_H5]
    python check_weights.py --manifest FILE

A line of the manifest: {"name": ..., "weights": ..., "reference": ..., "original": ...}. case.json beside the
reference tells the gates and the scope of the attention. Keras is tf_keras where it is installed, and `keras` (2.x)
otherwise: check_weights_original.py uses that.
"""
import argparse
import os
import pathlib
import sys
from typing import Dict, List

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import h5py
import numpy as np

import checks
from checks import require
from check_references import PROBABILITY_BATCH, Case, batches, hard_sigmoid, read_case
from keras_arrays import LstmFcnArrays, arrange, read_arrays
from lstm_fcn_keras import ACROSS_BATCH, K, PER_SERIES, build_model, build_multivariate_model

ROOT_ATTRIBUTES = ('layer_names', 'backend', 'keras_version')


def require_same_bits(expected: Dict[str, np.ndarray], found: Dict[str, np.ndarray], what: str) -> None:
    require(sorted(expected) == sorted(found),
            '%s: expected arrays %s, found %s' % (what, sorted(expected), sorted(found)))
    for name, array in expected.items():
        other = found[name]
        require(array.shape == other.shape and array.dtype == other.dtype and array.tobytes() == other.tobytes(),
                '%s: %s is not equal bit for bit' % (what, name))


def require_keras2_layout(path: str) -> None:
    """The attributes by which Keras 2 finds its way, and no array that they leave out."""
    with h5py.File(path, 'r') as file:
        missing = [name for name in ROOT_ATTRIBUTES if name not in file.attrs]
        require(not missing, 'no root attribute %s' % ', '.join(missing))
        listed = {'/%s/%s' % (layer, weight) for layer in texts(file.attrs['layer_names'])
                  for weight in texts(file[layer].attrs['weight_names'])}
        arrays = set()
        file.visititems(lambda name, item: arrays.add('/' + name) if isinstance(item, h5py.Dataset) else None)
        require(listed == arrays, 'weight_names and arrays differ: %s' % sorted(listed ^ arrays))


def texts(attribute) -> List[str]:
    return [text.decode() if isinstance(text, bytes) else str(text) for text in attribute]


def predictions(model, inputs: np.ndarray) -> np.ndarray:
    """In batches of 128 in file order, as the references were made."""
    return np.concatenate([model.predict_on_batch(inputs[part]) for part in batches(len(inputs), PROBABILITY_BATCH)])


def built(case: Case, arrays: LstmFcnArrays, length: int):
    """The model of a case in Keras, with random weights."""
    gates = 'hard_sigmoid' if case.gate is hard_sigmoid else 'sigmoid'
    if case.masking:
        return build_multivariate_model(case.facts['model'], arrays.cells, arrays.variables, length, arrays.classes,
                                        case.stride, case.over_steps, gates)
    return build_model('alstmfcn' if arrays.has_attention else 'lstmfcn', arrays.cells, length, arrays.classes,
                       ACROSS_BATCH if case.across_batch else PER_SERIES, gates)


def check(one: argparse.Namespace) -> str:
    require_keras2_layout(one.weights)
    arrays = read_arrays(one.weights)
    if one.original:
        require_same_bits(read_arrays(one.original).named(), arrays.named(), 'against the original')

    with h5py.File(one.reference, 'r') as file:
        inputs, expected = file['input'][()], file['probabilities'][()]
    K.clear_session()
    model = built(read_case(pathlib.Path(one.reference).parent), arrays, inputs.shape[2])
    model.load_weights(one.weights)
    loaded = arrange(one.weights, [layer.get_weights() for layer in model.layers if layer.weights])
    require_same_bits(arrays.named(), loaded.named(), 'as Keras loads it')

    difference = float(np.abs(predictions(model, inputs) - expected).max())
    require(difference <= one.tolerance, 'probabilities differ by %.1e' % difference)
    return '%d arrays equal bit for bit, probabilities within %.1e' % (len(arrays.named()), difference)


def main(kind: str = 'weights') -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('weights', nargs='?', metavar='WEIGHTS_H5')
    parser.add_argument('reference', nargs='?', metavar='REFERENCE_H5')
    parser.add_argument('--original', metavar='ORIGINAL_H5', help='the file whose arrays these are (any Keras layout)')
    parser.add_argument('--tolerance', type=float, default=1e-5)
    checks.add_manifest_option(parser)
    return checks.run(kind, checks.planned(parser, ['weights', 'reference']), check)


if __name__ == '__main__':
    sys.exit(main())
