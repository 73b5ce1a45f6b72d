"""Repeats the trainings of `training/` on the original Keras versions, to see how far they repeat.

    python make_traces.py [--runs N]        writes training/repeated-<Keras version>.json

Keras 2 on TensorFlow 1 may update a weight while the same step's gradient still reads it: nothing in its graph orders
the two. So each training is run `as_is`, the original unchanged, and `ordered`: no weight is updated before all
gradients have been computed, and the counter of steps of 2019 is incremented before it is used, as it was in the trace.
So that this order holds, TensorFlow's rewriting of graphs is turned off; nothing else differs.

Runs on the versions of requirements-2017.txt (the traces of 2017) or requirements-2019.txt (that of 2019).
"""
import argparse
import json

import numpy as np
import tensorflow as tf

import keras
from keras import backend as K

import lstm_fcn_keras
from exact_training import BATCH, FOLDER, all_cases, read_split

DIGITS = 6


class OrderedAdam(keras.optimizers.Adam):
    """Keras' Adam, which moves nothing before every gradient is there."""

    def get_gradients(self, loss, params):
        gradients = super(OrderedAdam, self).get_gradients(loss, params)
        with tf.control_dependencies(gradients):
            return [tf.identity(gradient) for gradient in gradients]


class OrderedAdamOf2019(OrderedAdam):
    """The same, and its counter is incremented before it is used."""

    def get_updates(self, loss, params):
        counter, update_add = self.iterations, K.update_add
        increment = update_add(counter, 1)
        with tf.control_dependencies([increment]):
            self.iterations = counter.read_value()
        K.update_add = lambda *_: increment
        try:
            return super(OrderedAdamOf2019, self).get_updates(loss, params)
        finally:
            self.iterations, K.update_add = counter, update_add


class Losses(keras.callbacks.Callback):
    """The mean loss of every epoch; sets the learning rate of the one to come."""

    def __init__(self, learning_rate):
        super(Losses, self).__init__()
        self.learning_rate, self.of_epochs = learning_rate, []

    def on_epoch_begin(self, epoch, logs=None):
        K.set_value(self.model.optimizer.lr, self.learning_rate(epoch))

    def on_epoch_end(self, epoch, logs=None):
        self.of_epochs.append(round(float(logs['loss']), DIGITS))


def keras_split(split):
    """Series (N, 1, T) and their classes, one-hot."""
    series, classes = read_split(split)
    return series[:, np.newaxis, :].astype(np.float32), keras.utils.to_categorical(classes, 2)


def train(case, ordered):
    """One training: the mean loss of every epoch, and the probability of class 1 for every series of TEST."""
    K.clear_session()
    optimizer = keras.optimizers.Adam
    if ordered:
        optimizer = OrderedAdamOf2019 if case.of_2019 else OrderedAdam
        config = tf.ConfigProto()
        if case.of_2019:    # earlier, graphs are not rewritten unless asked for
            config.graph_options.rewrite_options.disable_meta_optimizer = True
        K.set_session(tf.Session(config=config))
    lstm_fcn_keras.DROPOUT = 0.
    series, targets = keras_split('TRAIN')
    model = lstm_fcn_keras.build_model(case.facts['model'], case.facts['cells'], series.shape[2], 2,
                                       lstm_fcn_keras.ACROSS_BATCH if case.of_2019 else lstm_fcn_keras.PER_SERIES)
    model.load_weights(case.initial_file)
    model.compile(optimizer=optimizer(lr=1e-3), loss='categorical_crossentropy')
    losses = Losses(case.learning_rate)
    balanced = case.facts['class_weight'] == 'balanced'
    model.fit(series, targets, batch_size=BATCH, epochs=case.facts['epochs'], shuffle=False, verbose=0,
              class_weight=dict(enumerate(case.class_weights)) if balanced else None, callbacks=[losses])
    probabilities = model.predict(keras_split('TEST')[0], batch_size=BATCH)
    return {'loss': losses.of_epochs, 'probability_of_class_1': [round(float(p), DIGITS) for p in probabilities[:, 1]]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--runs', type=int, default=10)
    runs = parser.parse_args().runs
    of_2017 = keras.__version__.startswith('2.0.')
    traces = {}
    for case in all_cases():
        if case.of_2019 != of_2017:
            traces[case.name] = {'as_is': [train(case, False) for _ in range(runs)],
                                 'ordered': [train(case, True) for _ in range(3)]}
            print(case.name)
    file = FOLDER / ('repeated-%s.json' % keras.__version__)
    file.write_text(json.dumps(traces, sort_keys=True) + '\n')


if __name__ == '__main__':
    main()
