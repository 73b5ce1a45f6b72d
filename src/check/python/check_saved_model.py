"""Loads a SavedModel in Python TensorFlow and compares its answers with a reference.

    python check_saved_model.py SAVED_MODEL_DIR REFERENCE_H5
    python check_saved_model.py --manifest FILE

A line of the manifest: {"name": ..., "saved_model": ..., "reference": ...}, optionally "batch_size", "tolerance".
"""
import argparse
import os
import sys
from typing import Callable, Dict

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import h5py
import numpy as np
import tensorflow as tf

import checks
from checks import require
from check_references import batches, softmax

SIGNATURE = 'serving_default'
OUTPUTS = ('probabilities', 'logits', 'class')
SOFTMAX_TOLERANCE = 1e-6


def signature_of(model, length: int) -> Callable[[np.ndarray], Dict[str, np.ndarray]]:
    """The serving signature as a function of series (N, length), after a look at its inputs and outputs."""
    require(SIGNATURE in model.signatures, 'no signature %s, found %s' % (SIGNATURE, sorted(model.signatures)))
    signature = model.signatures[SIGNATURE]
    inputs = signature.structured_input_signature[1]
    require(len(inputs) == 1, 'expected one input, found %s' % sorted(inputs))
    (key, spec), = inputs.items()
    require(spec.dtype == tf.float32, 'input %s: expected float32, found %s' % (key, spec.dtype.name))
    require(spec.shape.as_list() == [None, length],
            'input %s: expected shape (-1, %d), found %s' % (key, length, spec.shape))
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


def check(one: argparse.Namespace) -> str:
    with h5py.File(one.reference, 'r') as file:
        series, expected = file['input'][:, 0, :], file['probabilities'][()]
    model = tf.saved_model.load(str(one.saved_model))
    found = answers(signature_of(model, series.shape[1]), series, one.batch_size or len(series))

    probabilities = found['probabilities']
    require(probabilities.shape == expected.shape,
            'probabilities: expected shape %s, found %s' % (expected.shape, probabilities.shape))
    difference = largest(probabilities - expected)
    require(difference <= one.tolerance, 'probabilities differ by %.1e' % difference)
    require(np.array_equal(found['class'].reshape(-1), probabilities.argmax(axis=1)),
            'class is not the most probable class')
    inexact = largest(softmax(found['logits'].astype(np.float64)) - probabilities)
    require(inexact <= SOFTMAX_TOLERANCE, 'softmax(logits) and probabilities differ by %.1e' % inexact)
    return '%d series, probabilities within %.1e' % (len(series), difference)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('saved_model', nargs='?', metavar='SAVED_MODEL_DIR')
    parser.add_argument('reference', nargs='?', metavar='REFERENCE_H5')
    parser.add_argument('--batch-size', type=int, metavar='N',
                        help='feed N series at a time; models with attention across the batch need 128 (default: all)')
    parser.add_argument('--tolerance', type=float, default=1e-5)
    checks.add_manifest_option(parser)
    return checks.run('saved-model', checks.planned(parser, ['saved_model', 'reference']), check)


if __name__ == '__main__':
    sys.exit(main())
