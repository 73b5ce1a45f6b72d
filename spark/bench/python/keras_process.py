"""Keras in a process of Python that Spark has started: loads a model once and computes on one thread."""
import functools
import os

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('KERAS_BACKEND', 'tensorflow')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import keras
import numpy as np
import tensorflow as tf

BATCH = 128

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


@functools.lru_cache
def loaded(path):
    return keras.models.load_model(path)


def probabilities(path, series):
    """The class probabilities of series of one variable."""
    return loaded(path).predict(np.stack(series.to_numpy())[:, np.newaxis, :], batch_size=BATCH, verbose=0)
