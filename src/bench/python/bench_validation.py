"""Times Keras' epochs that are scored on TEST, as the recipe of 2017 does: a line of JSON per variant, milliseconds an epoch.

usage: bench_validation.py LENGTHxTRAINxTESTxBATCHxCELLS [SECONDS]
"""
import functools
import json
import os
import sys
import tempfile

import keras
import numpy as np
import tensorflow as tf

import bench_keras

EPOCHS = 3  # in one call: fit's start is not an epoch's
SCORED_AT_ONCE = 128


def report(sizes, variant, times):
    print(json.dumps({"side": "keras", "kind": "validation", "variant": variant, "sizes": sizes,
                      **bench_keras.summary(times)}), flush=True)


def callbacks(folder):
    """Those of a training whose accuracy on TEST selects the weights."""
    return [*bench_keras.callbacks(folder, "val_accuracy"),
            keras.callbacks.ModelCheckpoint(os.path.join(folder, "best.weights.h5"), monitor="val_accuracy",
                                            save_best_only=True, save_weights_only=True)]


def raw_epoch(model, train, test, batch):
    """The bare steps of an epoch, then loss and hits on TEST, each as a tf.function."""
    step = bench_keras.raw_step(model, False)

    @tf.function
    def score(x, y):
        probabilities = model(x, training=False)
        hits = tf.equal(tf.argmax(probabilities, 1), tf.argmax(y, 1))
        return tf.reduce_sum(keras.losses.categorical_crossentropy(y, probabilities)), tf.math.count_nonzero(hits)

    def parts(data, size):
        x, y = data
        return [(tf.constant(x[start:start + size]), tf.constant(y[start:start + size]))
                for start in range(0, len(x), size)]

    def epoch():
        for x, y in parts(train, batch):
            step(x, y).numpy()
        for x, y in parts(test, max(batch, SCORED_AT_ONCE)):
            [value.numpy() for value in score(x, y)]

    return epoch


def main():
    length, trained, tested, batch, cells = (int(size) for size in sys.argv[1].split("x"))
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    train, test = (bench_keras.data((1, length, count, cells)) for count in (trained, tested))
    model = functools.partial(bench_keras.compiled, (1, length, batch, cells), False)

    fit = functools.partial(model().fit, *train, batch_size=batch, epochs=EPOCHS, verbose=0, validation_data=test)
    report(sys.argv[1], "keras", [taken / EPOCHS for taken in bench_keras.time_it(seconds, fit)])
    with tempfile.TemporaryDirectory() as folder:
        times = bench_keras.time_it(seconds, lambda: fit(callbacks=callbacks(folder)))
    report(sys.argv[1], "keras-kept", [taken / EPOCHS for taken in times])
    report(sys.argv[1], "raw", bench_keras.time_it(seconds, raw_epoch(model(), train, test, batch)))


if __name__ == "__main__":
    main()
