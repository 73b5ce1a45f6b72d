"""Trains once more with Keras 2.0.8, updates behind the last gradient, and compares with `training/repeated-2.0.8.json`.

Runs on Python 3.6 with ../../../testdata/requirements-2017.txt.
"""
import json
import sys
from argparse import Namespace

from checks import require, run    # first: it finds testdata

import make_traces
from exact_training import FOLDER, Case

KERAS = '2.0.8'
EPOCHS = 3
TOLERANCE = 5e-4    # relative: another number of threads rounds otherwise, and steps of Adam make it larger


def check(one: Namespace) -> str:
    require(make_traces.keras.__version__ == KERAS,
            'expected Keras %s, found %s' % (KERAS, make_traces.keras.__version__))
    case = Case.read(one.name)
    case.facts['epochs'] = EPOCHS
    traces = json.loads((FOLDER / ('repeated-%s.json' % KERAS)).read_text())
    expected = traces[one.name]['ordered'][0]['loss'][:EPOCHS]
    found = make_traces.train(case, ordered=True)['loss']
    worst = max(abs(a / b - 1) for a, b in zip(found, expected))
    require(len(found) == EPOCHS and worst <= TOLERANCE, 'expected losses %s, found %s' % (expected, found))
    return 'mean losses of %d epochs within %.1e' % (EPOCHS, worst)


def main() -> int:
    return run('traces-2017', [Namespace(name='lstmfcn-balanced'), Namespace(name='alstmfcn-unweighted')], check)


if __name__ == '__main__':
    sys.exit(main())
