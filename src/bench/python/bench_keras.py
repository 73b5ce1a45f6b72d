"""Times Keras on one shape: a line of JSON a measurement, milliseconds a batch.

usage: bench_keras.py VARIABLESxLENGTHxBATCHxCELLS [SECONDS] [predict|train|matmul ...]
"""
import functools
import json
import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf

import keras_model

MATMUL_SIZE = 2048


def time_it(seconds, run):
    """Milliseconds of each run, after a warm-up of at least two runs and a third of the time."""
    def runs(least, until):
        end = time.perf_counter() + until
        taken = []
        while len(taken) < least or time.perf_counter() < end:
            start = time.perf_counter()
            run()
            taken.append((time.perf_counter() - start) * 1e3)
        return taken

    runs(2, seconds / 3)
    return runs(3, seconds)


def report(kind, variant, shape, times):
    print(json.dumps({"side": "keras", "kind": kind, "variant": variant, **sizes(shape), **summary(times)}), flush=True)


def summary(times):
    times = sorted(times)
    return {"milliseconds": statistics.median(times), "low": times[len(times) // 10],
            "high": times[-1 - len(times) // 10], "runs": len(times)}


def sizes(shape):
    return dict(zip(("variables", "length", "batch", "cells"), shape))


def data(shape):
    variables, length, batch, _ = shape
    random = np.random.default_rng(2)
    x = random.standard_normal((batch, variables, length)).astype("float32")
    y = np.eye(keras_model.CLASSES, dtype="float32")[random.integers(0, keras_model.CLASSES, batch)]
    return x, y


def compiled(shape, jit):
    variables, length, _, cells = shape
    model = keras_model.lstm_fcn(length, cells) if variables == 1 else keras_model.mlstm_fcn(variables, length, cells)
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["accuracy"],
                  jit_compile=jit)
    return model


def predict(shape, seconds):
    x, _ = data(shape)
    batch = len(x)
    for variant, jit in (("keras", False), ("keras-jit", True)):
        model = compiled(shape, jit)
        report("predict", variant, shape, time_it(seconds, lambda: model.predict(x, batch_size=batch, verbose=0)))
    for variant, jit in (("raw", False), ("raw-jit", True)):
        model = compiled(shape, False)
        function = tf.function(lambda series: model(series, training=False), jit_compile=jit)
        report("predict", variant, shape, time_it(seconds, lambda: function(tf.constant(x)).numpy()))


def train(shape, seconds):
    """An epoch of one batch: fit with what it does around a step, and the bare step."""
    x, y = data(shape)
    batch = len(x)
    for variant, jit in (("keras", False), ("keras-jit", True)):
        model = compiled(shape, jit)
        epochs = 5 if shape[1] * shape[2] < 20_000 else 2  # in one call: fit's start is not an epoch's
        fit = functools.partial(model.fit, x, y, batch_size=batch, epochs=epochs, verbose=0)
        report("train", variant, shape, [taken / epochs for taken in time_it(seconds, fit)])
        if not jit:  # once more with all that a run of ours does after an epoch
            with tempfile.TemporaryDirectory() as folder:
                times = time_it(seconds, lambda: fit(callbacks=callbacks(folder)))
            report("train", "keras-kept", shape, [taken / epochs for taken in times])
    for variant, jit in (("raw", False), ("raw-jit", True)):
        step = raw_step(compiled(shape, False), jit)
        report("train", variant, shape, time_it(seconds, lambda: step(tf.constant(x), tf.constant(y)).numpy()))


def callbacks(folder, monitor="loss"):
    """A falling rate, a line of history, and weights and optimizer kept after every epoch."""
    return [keras.callbacks.ReduceLROnPlateau(monitor=monitor, factor=.5, patience=100, min_lr=1e-4),
            keras.callbacks.CSVLogger(os.path.join(folder, "history.csv")),
            keras.callbacks.BackupAndRestore(os.path.join(folder, "backup"), save_freq="epoch")]


def raw_step(model, jit):
    model.optimizer.build(model.trainable_variables)
    loss_of = keras.losses.CategoricalCrossentropy()

    @tf.function(jit_compile=jit)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


def matmul(shape, seconds):
    x = tf.constant(np.random.default_rng(1).standard_normal((MATMUL_SIZE, MATMUL_SIZE)).astype("float32"))
    function = tf.function(lambda a: tf.reduce_sum(tf.matmul(a, a)))
    report("matmul", "keras", shape, time_it(seconds, lambda: function(x).numpy()))


def peak_memory():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main():
    shape = tuple(int(size) for size in sys.argv[1].split("x"))
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    kinds = sys.argv[3:] or ["predict", "train"]
    for kind in kinds:
        {"predict": predict, "train": train, "matmul": matmul}[kind](shape, seconds)
        print(json.dumps({"side": "keras", "kind": "memory", "variant": kind, **sizes(shape), "kilobytes": peak_memory()}),
              flush=True)


if __name__ == "__main__":
    main()
