"""The checks of check_weights.py with the Keras that the published weights were made with: 2.0.8 on TensorFlow 1.4.1.

Runs on Python 3.6 with ../../../testdata/requirements-2017.txt; same arguments as check_weights.py.
"""
import sys

import keras
import tensorflow

EXPECTED = ('2.0.8', '1.4.1')


def main() -> int:
    found = (keras.__version__, tensorflow.__version__)
    if found != EXPECTED:
        print('FAILED  weights-2017: expected Keras %s on TensorFlow %s, found %s on %s' % (EXPECTED + found))
        return 1
    import check_weights
    return check_weights.main('weights-2017')


if __name__ == '__main__':
    sys.exit(main())
