"""Repeats the trainings of `training/` on the original Keras versions, to see how far they repeat.

    python make_traces.py [--runs N]        writes training/repeated-<Keras version>.json

Keras 2 on TensorFlow 1 may update a weight while the same step's gradient still reads it: nothing in its graph orders
the two. So each training is run `as_is`, the original unchanged, and `ordered`: no weight is updated before all
gradients have been computed, and the counter of steps of 2019 is incremented before it is used, as it was in the trace.
So that this order holds, TensorFlow's rewriting of graphs is turned off; nothing else differs.

Runs on the versions of requirements-2017.txt (the traces of 2017) or requirements-2019.txt (that of 2019).
"""
import argparse
import glob
import json
import os

import numpy as np
import tensorflow as tf

import keras
from keras import backend as K

import lstm_fcn_keras

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, 'training')
BATCH = 16
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

    def __init__(self, rates):
        super(Losses, self).__init__()
        self.rates, self.of_epochs = rates, []

    def on_epoch_begin(self, epoch, logs=None):
        K.set_value(self.model.optimizer.lr, self.rates[epoch])

    def on_epoch_end(self, epoch, logs=None):
        self.of_epochs.append(round(float(logs['loss']), DIGITS))


def read_split(split):
    """Series (N, 1, T) and their classes, one-hot."""
    table = np.loadtxt(os.path.join(HERE, 'ImbalancedTones', 'ImbalancedTones_%s.tsv' % split))
    return table[:, np.newaxis, 1:].astype(np.float32), keras.utils.to_categorical((table[:, 0] > 0).astype(int), 2)


def learning_rates(facts):
    """Of every epoch, as the trace has them."""
    return facts.get('lr_during_epoch') or [1e-3] + facts['lr_after_epoch'][:-1]


def train(name, facts, ordered):
    """One training: the mean loss of every epoch, and the probability of class 1 for every series of TEST."""
    K.clear_session()
    of_2019 = '2019' in name
    optimizer = keras.optimizers.Adam
    if ordered:
        optimizer = OrderedAdamOf2019 if of_2019 else OrderedAdam
        config = tf.ConfigProto()
        if of_2019:    # earlier, graphs are not rewritten unless asked for
            config.graph_options.rewrite_options.disable_meta_optimizer = True
        K.set_session(tf.Session(config=config))
    lstm_fcn_keras.DROPOUT = 0.
    series, targets = read_split('TRAIN')
    model = lstm_fcn_keras.build_model(facts['model'], facts['cells'], series.shape[2], 2,
                                       lstm_fcn_keras.ACROSS_BATCH if of_2019 else lstm_fcn_keras.PER_SERIES)
    initial = 'alstmfcn-2019' if of_2019 else facts['model']
    model.load_weights(os.path.join(FOLDER, initial + '-initial.h5'))
    model.compile(optimizer=optimizer(lr=1e-3), loss='categorical_crossentropy')
    losses = Losses(learning_rates(facts))
    weights = dict(enumerate(facts['class_weights'])) if facts['class_weight'] == 'balanced' else None
    model.fit(series, targets, batch_size=BATCH, epochs=facts['epochs'], shuffle=False, verbose=0,
              class_weight=weights, callbacks=[losses])
    probabilities = model.predict(read_split('TEST')[0], batch_size=BATCH)
    return {'loss': losses.of_epochs, 'probability_of_class_1': [round(float(p), DIGITS) for p in probabilities[:, 1]]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--runs', type=int, default=10)
    runs = parser.parse_args().runs
    of_2017 = keras.__version__.startswith('2.0.')
    traces = {}
    for file in sorted(glob.glob(os.path.join(FOLDER, '*lstmfcn*.json'))):
        name = os.path.splitext(os.path.basename(file))[0]
        if of_2017 == ('2019' not in name):
            with open(file) as opened:
                facts = json.load(opened)
            traces[name] = {'as_is': [train(name, facts, False) for _ in range(runs)],
                            'ordered': [train(name, facts, True) for _ in range(3)]}
            print(name)
    with open(os.path.join(FOLDER, 'repeated-%s.json' % keras.__version__), 'w') as file:
        json.dump(traces, file, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
