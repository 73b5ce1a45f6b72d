"""Loads a SavedModel in Python TensorFlow and compares its answers with a reference.

    python check_saved_model.py SAVED_MODEL_DIR REFERENCE_H5
    python check_saved_model.py --manifest FILE

A line of the manifest: {"name": ..., "saved_model": ..., "reference": ...}, optionally "batch_size", "tolerance", "flat".
"""
import argparse
import os
import sys
from typing import Callable, Dict, Tuple

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import h5py
import numpy as np
import tensorflow as tf

import checks
from checks import require
from check_references import batches, softmax

SIGNATURE = 'serving_default'
OUTPUTS = ('probabilities', 'logits', 'class', 'label')
SOFTMAX_TOLERANCE = 1e-6


def signature_of(model, shape: Tuple[int, ...]) -> Callable[[np.ndarray], Dict[str, np.ndarray]]:
    """The serving signature as a function of series (N, *shape), after a look at its inputs and outputs."""
    require(SIGNATURE in model.signatures, 'no signature %s, found %s' % (SIGNATURE, sorted(model.signatures)))
    signature = model.signatures[SIGNATURE]
    inputs = signature.structured_input_signature[1]
    require(len(inputs) == 1, 'expected one input, found %s' % sorted(inputs))
    (key, spec), = inputs.items()
    require(spec.dtype == tf.float32, 'input %s: expected float32, found %s' % (key, spec.dtype.name))
    require(spec.shape.as_list() == [None, *shape],
            'input %s: expected shape (-1, %s), found %s' % (key, ', '.join(map(str, shape)), spec.shape))
    missing = sorted(set(OUTPUTS) - set(signature.structured_outputs))
    require(not missing, 'no output %s, found %s' % (', '.join(missing), sorted(signature.structured_outputs)))

    def call(series: np.ndarray) -> Dict[str, np.ndarray]:
        outputs = signature(**{key: tf.constant(series)})
        return {name: outputs[name].numpy() for name in OUTPUTS}
    return call


def answers(call, series: np.ndarray, batch_size: int) -> Dict[str, np.ndarray]:
    parts = [call(series[part]) for part in batches(len(series), batch_size)]
    return {name: np.concatenate([part[name] for part in parts]) for name in OUTPUTS}


def largest(difference: np.ndarray) -> float:
    return float(np.abs(difference).max())


def check_values(call, series: np.ndarray, probabilities: np.ndarray) -> None:
    """Multivariate series (N, M, T): NaN counts as padding does; zeros in all variables have no answer."""
    some = (series != 0).any(axis=1, keepdims=True)
    padding = ~np.logical_or.accumulate(some[:, :, ::-1], axis=2)[:, :, ::-1]  # (N, 1, T)
    padded = call(np.where(padding, np.float32(np.nan), series))
    require(largest(padded['probabilities'] - probabilities) <= SOFTMAX_TOLERANCE, 'NaN is not taken for padding')
    none = call(np.zeros_like(series[:1]))
    require(np.isnan(none['probabilities']).all() and none['class'][0] == -1 and none['label'][0] == b'',
            'expected no answer to zeros in all variables, found %s' % none)


def check(one: argparse.Namespace) -> str:
    with h5py.File(one.reference, 'r') as file:
        series, expected = file['input'][()], file['probabilities'][()]
    variables = series.shape[1]
    rows = one.flat or variables == 1
    shape = (variables * series.shape[2],) if rows else series.shape[1:]
    signature = signature_of(tf.saved_model.load(str(one.saved_model)), shape)

    def call(some: np.ndarray) -> Dict[str, np.ndarray]:
        return signature(some.reshape(-1, *shape))
    found = answers(call, series, one.batch_size or len(series))

    probabilities = found['probabilities']
    require(probabilities.shape == expected.shape,
            'probabilities: expected shape %s, found %s' % (expected.shape, probabilities.shape))
    difference = largest(probabilities - expected)
    require(difference <= one.tolerance, 'probabilities differ by %.1e' % difference)
    require(np.array_equal(found['class'].reshape(-1), probabilities.argmax(axis=1)),
            'class is not the most probable class')
    inexact = largest(softmax(found['logits'].astype(np.float64)) - probabilities)
    require(inexact <= SOFTMAX_TOLERANCE, 'softmax(logits) and probabilities differ by %.1e' % inexact)
    if variables > 1:
        check_values(call, series, probabilities)
    return '%d series (-1, %s), probabilities within %.1e' % (len(series), ', '.join(map(str, shape)), difference)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('saved_model', nargs='?', metavar='SAVED_MODEL_DIR')
    parser.add_argument('reference', nargs='?', metavar='REFERENCE_H5')
    parser.add_argument('--batch-size', type=int, metavar='N',
                        help='feed N series at a time; models with attention across the batch need 128 (default: all)')
    parser.add_argument('--flat', action='store_true', help='the variables of a series are one after another in a row')
    parser.add_argument('--tolerance', type=float, default=1e-5)
    checks.add_manifest_option(parser)
    return checks.run('saved-model', checks.planned(parser, ['saved_model', 'reference']), check)


if __name__ == '__main__':
    sys.exit(main())
