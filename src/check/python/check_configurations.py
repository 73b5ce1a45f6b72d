"""Writes variations of the network with Keras 3 and tf_keras, and asks Keras and the product for the same predictions.

    python check_configurations.py --lstmfcn bin/lstmfcn --work FOLDER [--only TEXT]

Of each variation the product gives Keras' answer to 1e-5, or it ends with exit code 1 and one line that names the layer:
there is no third outcome. Some are networks of the whole family, drawn by chance: several variables, squeeze-and-excite,
masks, both orientations, subsampling, one to six blocks, either branch alone. Of each it is known whether it changes Keras' answer at all ('changed', 'same' or 'any'), and
that is checked too; what is the same must be computed, not refused, unless it is marked as 'refused'. Weights come from
the layers' names, so that only the variation itself makes a difference.
"""
import argparse
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, Iterator, List, NamedTuple, Optional, Tuple, Union

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

import numpy as np
import tensorflow as tf
import keras as keras3
import tf_keras

LENGTH, CELLS, CLASSES = 24, 8, 3
DRAWN = 72               # networks of the family
TOLERANCE = 1e-5
MOST_PENDING = 16        # files of 3 MB each
BLOCKS = ((128, 8), (256, 5), (128, 3))


def series(variables: int = 1) -> np.ndarray:
    """(N, LENGTH), or (N, variables, LENGTH) of several variables."""
    values = np.random.default_rng(7).normal(size=(12, variables, LENGTH)).astype('float32')
    values[0, variables // 2:] = 0   # what a Masking layer skips: variables and steps of zeros
    values[1, :, LENGTH // 2:] = 0
    values[2:5, -1] = 0
    values[5, 0] = 0
    return values[:, 0] if variables == 1 else values


class Network:
    """The network with one thing changed; every hook gives back what the next layer reads."""

    def __init__(self, keras):
        self.keras, self.layers = keras, keras.layers
        self.is_keras3 = keras is keras3

    # What a variation overrides.
    conv: dict = {}
    bn: dict = {}
    lstm: dict = {}
    dense: dict = {}
    pool: dict = {}
    input: dict = {}
    block = 2                                        # where conv and bn apply

    def shape(self):
        return 1, LENGTH

    def as_row(self, x):
        return x

    def as_column(self, x):
        return self.layers.Permute((2, 1), name='permute')(x)

    def activation(self, x, block):
        return self.layers.Activation('relu', name='act%d' % block)(x)

    def after_conv(self, x, block):
        return x

    def after_bn(self, x, block):
        return x

    def after_block(self, x, block):
        return x

    def normalized(self, x, block):
        kwargs = self.bn if block == self.block else {}
        return self.layers.BatchNormalization(name='bn%d' % block, **kwargs)(x)

    def convolved(self, x, block):
        filters, size = BLOCKS[block - 1]
        kwargs = dict(filters=filters, kernel_size=size, padding='same', name='conv%d' % block)
        kwargs.update(self.conv if block == self.block else {})
        return self.layers.Conv1D(**kwargs)(x)

    def recurrent(self, x):
        return self.layers.LSTM(**dict(dict(units=CELLS, name='lstm'), **self.lstm))(x)

    def after_lstm(self, x):
        return self.layers.Dropout(.8, name='dropout')(x)

    def pooled(self, x):
        return self.layers.GlobalAveragePooling1D(name='pool', **self.pool)(x)

    def joined(self, lstm, conv):
        return self.layers.Concatenate(name='join')([lstm, conv])

    def head(self, x):
        return self.layers.Dense(**dict(dict(units=CLASSES, activation='softmax', name='dense'), **self.dense))(x)

    def branch(self, x):
        for block in (1, 2, 3):
            x = self.after_conv(self.convolved(x, block), block)
            x = self.after_bn(self.normalized(x, block), block)
            x = self.after_block(self.activation(x, block), block)
        return self.pooled(x)

    def model(self):
        x = self.layers.Input(self.shape(), name='series', **self.input)
        lstm = self.after_lstm(self.recurrent(self.as_row(x)))
        return self.keras.Model(x, self.head(self.joined(lstm, self.branch(self.as_column(x)))))


class Variation(NamedTuple):
    name: str
    build: Callable[[object], object]                # of a keras, the model
    effect: str                                      # on Keras' answer: same, changed, any
    outcome: str                                     # computed, refused, either
    only: Optional[str] = None                       # keras3 or tf_keras
    container: Optional[str] = None                  # .keras, .h5, .weights.h5 or weights.h5
    everywhere: bool = False                         # from both of them, else from one
    variables: int = 1
    steps_first: bool = False                        # whether the input is (T, variables)
    states_length: bool = False                      # whether the product is told the length
    states_gates: bool = False                       # whether it is told that gates are sigmoid


def varied(name: str, effect: str, outcome: str = 'either', only=None, container=None, everywhere=False,
           states_length=False, finish=lambda keras, model: model, **hooks) -> Variation:
    attributes = {key: value if callable(value) else value for key, value in hooks.items()}

    def build(keras):
        return finish(keras, type('Varied', (Network,), attributes)(keras).model())

    return Variation(name, build, effect, outcome, only, container, everywhere, states_length=states_length)


def layer(class_name: str, *arguments, **options):
    """A hook that puts a layer behind what it is given."""
    def hook(self, x, block=None):
        if block not in (None, 2):
            return x
        return getattr(self.layers, class_name)(*arguments, name='extra', **options)(x)
    return hook


def in_block_2(class_name: str, *arguments, **options):
    """A hook that puts another layer in the place of block 2's activation."""
    def hook(self, x, block):
        if block != 2:
            return self.layers.Activation('relu', name='act%d' % block)(x)
        return getattr(self.layers, class_name)(*arguments, name='act2', **options)(x)
    return hook


def arguments_of_layers() -> List[Variation]:
    found = []

    def each(group, cases, **common):
        for name, value, effect, outcome in cases:
            only = 'tf_keras' if name.startswith('tf ') else 'keras3' if name.startswith('k3 ') else None
            found.append(varied('%s %s' % (group, name), effect, outcome, only=only, **dict(common, **{group: value})))

    l2 = {'class_name': 'L2', 'config': {'l2': 0.01}}
    each('conv', [
        ('strides', dict(strides=2), 'changed', 'refused'),
        ('dilation_rate', dict(dilation_rate=2), 'changed', 'refused'),
        ('groups', dict(groups=2), 'changed', 'refused'),
        ('padding valid', dict(padding='valid'), 'changed', 'refused'),
        ('padding causal', dict(padding='causal'), 'changed', 'refused'),
        ('use_bias', dict(use_bias=False), 'changed', 'computed'),
        ('activation relu', dict(activation='relu'), 'changed', 'refused'),
        ('activation tanh', dict(activation='tanh'), 'changed', 'refused'),
        ('activation linear', dict(activation='linear'), 'same', 'computed'),
        ('kernel_size', dict(kernel_size=7), 'changed', 'computed'),
        ('filters', dict(filters=64), 'changed', 'computed'),
        ('kernel_regularizer', dict(kernel_regularizer='l2'), 'same', 'computed'),
        ('activity_regularizer', dict(activity_regularizer='l2'), 'same', 'computed'),
        ('kernel_constraint', dict(kernel_constraint='max_norm'), 'same', 'computed'),
        ('initializers', dict(kernel_initializer='orthogonal', bias_initializer='ones'), 'same', 'computed'),
        ('trainable', dict(trainable=False), 'same', 'computed'),
        ('dtype float64', dict(dtype='float64'), 'same', 'computed'),
        ('dtype mixed_bfloat16', dict(dtype='mixed_bfloat16'), 'any', 'refused'),
        ('dtype mixed_float16', dict(dtype='mixed_float16'), 'any', 'refused')])
    each('conv', [
        ('strides in block 1', dict(strides=2), 'changed', 'refused'),
        ('padding in block 1', dict(padding='causal'), 'changed', 'refused')], block=1)
    each('conv', [
        ('dilation_rate in block 3', dict(dilation_rate=3), 'changed', 'refused'),
        ('use_bias in block 3', dict(use_bias=False), 'changed', 'computed')], block=3)
    each('bn', [
        ('axis', dict(axis=1), 'changed', 'refused'),
        ('axis 2', dict(axis=2), 'same', 'computed'),
        ('momentum', dict(momentum=.5), 'same', 'computed'),
        ('epsilon 1e-2', dict(epsilon=1e-2), 'changed', 'either'),
        ('epsilon 1e-5', dict(epsilon=1e-5), 'any', 'either'),
        ('scale', dict(scale=False), 'changed', 'computed'),
        ('center', dict(center=False), 'changed', 'computed'),
        ('neither', dict(scale=False, center=False), 'changed', 'computed'),
        ('synchronized', dict(synchronized=True), 'same', 'computed'),
        ('trainable', dict(trainable=False), 'same', 'computed'),
        ('regularizer', dict(gamma_regularizer='l2'), 'same', 'computed'),
        ('k3 renorm', dict(renorm=True), 'any', 'either')])
    each('lstm', [
        ('activation', dict(activation='relu'), 'changed', 'refused'),
        ('activation linear', dict(activation='linear'), 'changed', 'refused'),
        ('recurrent_activation hard_sigmoid', dict(recurrent_activation='hard_sigmoid'), 'changed', 'either'),
        ('recurrent_activation tanh', dict(recurrent_activation='tanh'), 'changed', 'refused'),
        ('units', dict(units=5), 'changed', 'computed'),
        ('use_bias', dict(use_bias=False), 'changed', 'computed'),
        ('unit_forget_bias', dict(unit_forget_bias=False), 'same', 'computed'),
        ('go_backwards', dict(go_backwards=True), 'same', 'either'),
        ('unroll', dict(unroll=True), 'same', 'computed'),
        ('dropout', dict(dropout=.5, recurrent_dropout=.5), 'same', 'computed'),
        ('tf implementation', dict(implementation=1), 'same', 'computed'),
        ('regularizer', dict(recurrent_regularizer='l2'), 'same', 'computed')])
    each('dense', [
        ('activation linear', dict(activation='linear'), 'changed', 'refused'),
        ('activation sigmoid', dict(activation='sigmoid'), 'changed', 'refused'),
        ('use_bias', dict(use_bias=False), 'changed', 'computed'),
        ('units', dict(units=5), 'changed', 'computed'),
        ('regularizer', dict(kernel_regularizer='l2'), 'same', 'computed')])
    return found


def layers_between() -> List[Variation]:
    found = []
    idle = [('Dropout', (.5,), {}), ('SpatialDropout1D', (.5,), {}), ('GaussianNoise', (.5,), {}),
            ('GaussianDropout', (.5,), {}), ('AlphaDropout', (.5,), {}), ('ActivityRegularization', (.1,), {}),
            ('Activation', ('linear',), {}), ('Rescaling', (1.,), {})]
    for class_name, arguments, options in idle:
        hook = layer(class_name, *arguments, **options)
        found.append(varied('idle %s in block 2' % class_name, 'same', 'computed', after_block=hook))
        if class_name != 'SpatialDropout1D':
            found.append(varied('idle %s after the LSTM' % class_name, 'same', 'computed', after_lstm=hook))
    found.append(varied('idle GaussianNoise before the LSTM', 'same', 'computed', as_row=layer('GaussianNoise', .1)))
    found.append(varied('idle Dropout after Conv1D', 'same', 'computed', after_conv=layer('Dropout', .1)))
    acting = [
        ('Rescaling', (2.,), {}, 'after_block'), ('Rescaling', (1.,), dict(offset=.5), 'after_bn'),
        ('MaxPooling1D', (2,), {}, 'after_block'), ('AveragePooling1D', (2,), {}, 'after_block'),
        ('UpSampling1D', (2,), {}, 'after_conv'), ('ZeroPadding1D', (1,), {}, 'after_conv'),
        ('Cropping1D', (1,), {}, 'after_block'), ('LayerNormalization', (), {}, 'after_block'),
        ('BatchNormalization', (), {}, 'after_block'), ('Activation', ('tanh',), {}, 'after_block'),
        ('Activation', ('tanh',), {}, 'after_conv'), ('Activation', ('relu',), {}, 'after_conv'),
        ('Rescaling', (3.,), {}, 'as_row'),
        ('Activation', ('tanh',), {}, 'after_lstm'), ('Dense', (CELLS,), {}, 'after_lstm')]
    for class_name, arguments, options, place in acting:
        hook = layer(class_name, *arguments, **options)
        name = 'acting %s %s %s' % (class_name, ' '.join(map(str, arguments)), place)
        found.append(varied(name, 'changed', 'refused', **{place: hook}))
    found.append(varied('Masking before the LSTM', 'changed', 'computed', everywhere=True, as_row=layer('Masking', 0.)))
    found.append(varied('Masking of another value', 'any', 'refused', everywhere=True, as_row=layer('Masking', -1.)))
    found.append(varied('acting Lambda', 'changed', 'refused', container='.h5', only='tf_keras',
                        after_block=lambda self, x, block:
                        self.layers.Lambda(lambda y: y * 2, name='extra%d' % block)(x)))
    found.append(varied('acting relu twice', 'same', 'computed', after_block=layer('Activation', 'relu')))
    return found


def activations() -> List[Variation]:
    found = []
    for name in ('tanh', 'elu', 'selu', 'softplus', 'sigmoid', 'gelu', 'swish'):
        found.append(varied('activation %s' % name, 'changed', 'refused', activation=in_block_2('Activation', name)))
    found.append(varied('activation none', 'changed', 'refused', activation=in_block_2('Activation', 'linear')))
    found.append(varied('activation ReLU', 'same', 'computed', everywhere=True, activation=in_block_2('ReLU')))
    for options in (dict(max_value=.5), dict(negative_slope=.3), dict(threshold=.3)):
        found.append(varied('activation ReLU %s' % list(options)[0], 'changed', 'refused', everywhere=True,
                            activation=in_block_2('ReLU', **options)))
    found.append(varied('activation LeakyReLU', 'changed', 'refused', activation=in_block_2('LeakyReLU')))
    found.append(varied('activation PReLU', 'changed', 'refused', activation=in_block_2('PReLU')))
    return found


def wirings() -> List[Variation]:
    def swapped(self, lstm, conv):
        return self.layers.Concatenate(name='join')([conv, lstm])

    def both_from_lstm(self, lstm, conv):
        return self.layers.Concatenate(name='join')([lstm, lstm, conv])

    def residual(self, x, block):
        return self.layers.Add(name='extra')([x, x]) if block == 2 else x

    def over_steps(self, x):
        return self.layers.Permute((2, 1), name='rows')(x)

    def lstm_after_conv(self):
        x = self.layers.Input(self.shape(), name='series')
        column = self.as_column(x)
        lstm = self.recurrent(self.layers.Permute((2, 1), name='rows')(self.convolved(column, 1)))
        return self.keras.Model(x, self.head(self.joined(lstm, self.pooled(column))))

    def relu_before_bn(self, x, block):
        return x

    def early_relu(self, x, block):
        return self.layers.Activation('relu', name='act%d' % block)(x)

    def reshaped(self, x):
        return self.layers.Reshape((LENGTH, 1), name='reshape')(x)

    def shared(self, x, block):
        if not hasattr(self, 'once'):
            self.once = self.layers.Activation('relu', name='act')
        return self.once(x)

    def shared_bn(self, x, block):
        if block == 2:
            return self.layers.BatchNormalization(name='bn2')(x)
        if not hasattr(self, 'odd'):
            self.odd = self.layers.BatchNormalization(name='bn1')
        return self.odd(x)

    def training_bn(self, x, block):
        return self.layers.BatchNormalization(name='bn%d' % block)(x, **({'training': True} if block == 2 else {}))

    def two_heads(self, x):
        return self.layers.Dense(CLASSES, activation='softmax', name='dense')(
            self.layers.Dense(40, activation='relu', name='hidden')(x))

    def own_softmax(self, x):
        return self.layers.Softmax(name='softmax')(self.layers.Dense(CLASSES, name='dense')(x))

    def softmax_layer(self, x):
        return self.layers.Activation('softmax', name='softmax')(self.layers.Dense(CLASSES, name='dense')(x))

    def softmax_twice(self, x):
        return self.layers.Softmax(name='softmax')(self.layers.Dense(CLASSES, activation='softmax', name='dense')(x))

    def max_pooled(self, x):
        return self.layers.GlobalMaxPooling1D(name='pool')(x)

    def kept_dims(self, x):
        return self.layers.Flatten(name='flat')(self.layers.GlobalAveragePooling1D(keepdims=True, name='pool')(x))

    def flattened(self, x):
        return self.layers.Flatten(name='flat')(self.layers.GlobalAveragePooling1D(name='pool')(x))

    def sequences(self, x):
        return self.layers.Flatten(name='flat')(self.layers.LSTM(CELLS, return_sequences=True, name='lstm')(x))

    def state(self, x):
        return self.layers.LSTM(CELLS, return_state=True, name='lstm')(x)[2]

    def other_recurrent(class_name):
        return lambda self, x: getattr(self.layers, class_name)(CELLS, name='lstm')(x)

    def bidirectional(self, x):
        return self.layers.Bidirectional(self.layers.LSTM(CELLS, name='inner'), name='lstm')(x)

    def stacked(self, x):
        return self.layers.LSTM(CELLS, name='lstm')(self.layers.LSTM(LENGTH, return_sequences=True, name='lower')(x))

    def of_a_cell(self, x):
        return self.layers.RNN(self.layers.LSTMCell(CELLS, name='cell'), name='lstm')(x)

    def two_outputs(keras, model):
        return keras.Model(model.inputs, [model.outputs[0], model.get_layer('join').output])

    def only_logits(keras, model):
        return keras.Model(model.inputs, model.get_layer('join').output)

    return [
        varied('plain', 'same', 'computed', everywhere=True),
        varied('concatenation swapped', 'changed', 'computed', everywhere=True, joined=swapped),
        varied('concatenation of three', 'changed', 'refused', joined=both_from_lstm),
        varied('concatenation axis 1', 'same', 'computed', joined=lambda self, a, b:
               self.layers.Concatenate(axis=1, name='join')([a, b])),
        varied('Add in block 2', 'changed', 'refused', after_block=residual),
        varied('LSTM over steps', 'changed', 'computed', everywhere=True, as_row=over_steps),
        varied('convolutions over channels', 'changed', 'refused', as_column=lambda self, x: x),
        varied('LSTM behind a convolution', 'changed', 'refused', model=lstm_after_conv),
        varied('relu before normalization', 'changed', 'refused', everywhere=True, after_conv=early_relu,
               activation=relu_before_bn),
        varied('no normalization in block 2', 'changed', 'refused', normalized=lambda self, x, block:
               x if block == 2 else self.layers.BatchNormalization(name='bn%d' % block)(x)),
        varied('normalization twice', 'changed', 'refused', after_bn=layer('BatchNormalization')),
        varied('input (T, 1)', 'same', 'computed', everywhere=True, shape=lambda self: (LENGTH, 1),
               as_row=lambda self, x: self.layers.Permute((2, 1), name='rows')(x), as_column=lambda self, x: x),
        varied('input (T, 1), LSTM over steps', 'changed', 'computed', everywhere=True,
               shape=lambda self: (LENGTH, 1), as_column=lambda self, x: x),
        varied('Reshape for Permute', 'same', 'computed', as_column=reshaped),
        varied('Permute (1, 2)', 'changed', 'refused', as_column=lambda self, x:
               self.layers.Permute((1, 2), name='permute')(x)),
        varied('one Activation for all blocks', 'same', 'computed', everywhere=True, activation=shared),
        varied('one normalization for two blocks', 'changed', 'either', normalized=shared_bn),
        varied('normalization in training mode', 'any', 'refused', everywhere=True, normalized=training_bn),
        varied('two Dense layers', 'changed', 'refused', head=two_heads),
        varied('Softmax layer', 'same', 'computed', everywhere=True, head=own_softmax),
        varied('softmax as Activation', 'same', 'computed', head=softmax_layer),
        varied('softmax twice', 'changed', 'refused', head=softmax_twice),
        varied('GlobalMaxPooling1D', 'changed', 'refused', everywhere=True, pooled=max_pooled),
        varied('pooling with keepdims', 'same', 'either', pooled=kept_dims),
        varied('Flatten behind the pooling', 'same', 'computed', pooled=flattened),
        varied('LSTM return_sequences', 'same', 'either', recurrent=sequences),
        varied('LSTM return_state', 'changed', 'refused', recurrent=state),
        varied('GRU', 'changed', 'refused', recurrent=other_recurrent('GRU')),
        varied('SimpleRNN', 'changed', 'refused', recurrent=other_recurrent('SimpleRNN')),
        varied('Bidirectional', 'changed', 'refused', recurrent=bidirectional),
        varied('two LSTMs', 'changed', 'refused', recurrent=stacked),
        varied('RNN of an LSTMCell', 'any', 'either', recurrent=of_a_cell),
        varied('two outputs', 'any', 'refused', finish=two_outputs),
        varied('output before the head', 'any', 'refused', finish=only_logits),
        varied('dropout in training mode', 'any', 'refused', after_lstm=lambda self, x:
               self.layers.Dropout(.8, name='dropout')(x, training=True)),
    ]


def containers() -> List[Variation]:
    def in_sequential(keras, model):
        return keras.Sequential([keras.layers.Input((1, LENGTH)), model])

    def in_model(keras, model):
        outer = keras.layers.Input((1, LENGTH), name='outer')
        return keras.Model(outer, model(outer))

    def twice(keras, model):
        return in_model(keras, in_sequential(keras, model))

    def tail(keras, model):
        outer = keras.layers.Input((1, LENGTH), name='outer')
        return keras.Model(outer, keras.layers.Activation('tanh', name='tail')(model(outer)))

    def fitted(keras, model):
        model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
        model.fit(series().reshape(-1, 1, LENGTH), np.arange(12) % CLASSES, verbose=0)
        return model

    def fitted_twice(keras, model):
        return fitted(keras, in_sequential(keras, fitted(keras, model)))

    def swapped(self, lstm, conv):
        return self.layers.Concatenate(name='join')([conv, lstm])

    def tanh(self, x, block):
        return self.layers.Activation('tanh' if block == 2 else 'relu', name='act%d' % block)(x)

    found = []
    for name, finish in (('nested in Sequential', in_sequential), ('nested in Model', in_model),
                         ('nested twice', twice), ('fitted', fitted), ('fitted, nested, fitted', fitted_twice)):
        effect = 'any' if 'fitted' in name else 'same'
        found.append(varied(name, effect, 'computed', everywhere=True, finish=finish))
        for only in ('keras3', 'tf_keras'):
            found.append(varied(name + ', weights', effect, 'computed', only=only, container='.weights.h5',
                                finish=finish))
    found.append(varied('nested, then tanh', 'changed', 'refused', everywhere=True, finish=tail))
    found.append(varied('nested, swapped', 'changed', 'computed', everywhere=True, finish=in_model, joined=swapped))
    found.append(varied('nested, tanh', 'changed', 'refused', everywhere=True, finish=in_sequential, activation=tanh))
    found.append(varied('weights', 'same', 'computed', only='tf_keras', container='weights.h5'))
    found.append(varied('weights, fitted', 'any', 'computed', only='tf_keras', container='weights.h5', finish=fitted))
    found.append(varied('weights, nested', 'same', 'computed', only='tf_keras', container='weights.h5',
                        finish=in_sequential))
    for only in ('keras3', 'tf_keras'):
        weights = dict(only=only, container='.weights.h5')
        found.append(varied('weights', 'same', 'computed', **weights))
        found.append(varied('weights, over steps', 'changed', 'computed', **weights, states_length=True,
                            as_row=lambda self, x: self.layers.Permute((2, 1), name='rows')(x)))
        found.append(varied('weights, MaxPooling1D', 'changed', 'refused', **weights,
                            after_block=layer('MaxPooling1D', 2)))
        found.append(varied('weights, GRU', 'changed', 'refused', **weights, recurrent=lambda self, x:
                            self.layers.GRU(CELLS, name='lstm')(x)))
        found.append(varied('weights, two Dense', 'changed', 'refused', **weights,
                            after_lstm=layer('Dense', CELLS)))
    return found


def attention_lstm(keras):
    """The original's layer of 2017, registered as a class of its own."""
    @keras.saving.register_keras_serializable('Custom')
    class AttentionLSTM(keras.layers.Layer):
        def __init__(self, units, recurrent_activation='sigmoid', activation='tanh', **options):
            super().__init__(**options)
            self.units = units
            self.supports_masking = True
            self.recurrent_activation = keras.activations.get(recurrent_activation)
            self.activation = keras.activations.get(activation)

        def build(self, shape):
            width, units = int(shape[-1]), self.units
            for name, size in (('kernel', (width, 4 * units)), ('recurrent_kernel', (units, 4 * units)),
                               ('attention_kernel', (width, 4 * units)), ('attention_W', (width, units)),
                               ('attention_U', (units, units)), ('bias', (4 * units,)), ('attention_b', (units,)),
                               ('attention_v', (units, 1))):
                setattr(self, name, self.add_weight(name=name, shape=size))

        def call(self, x, mask=None):
            h = c = tf.zeros((tf.shape(x)[0], self.units))
            of_input = tf.matmul(x, tf.broadcast_to(self.attention_W, (tf.shape(x)[0],) + tuple(self.attention_W.shape)))
            for step in range(int(x.shape[1])):
                upstream = tf.tanh((h @ self.attention_U)[:, None] + of_input + self.attention_b)
                weight = tf.exp(tf.reduce_sum(upstream * self.attention_v[:, 0], 2, keepdims=True))
                context = tf.reduce_sum(weight * x, 1) / tf.reduce_sum(weight, 1)
                z = x[:, step] @ self.kernel + context @ self.attention_kernel + h @ self.recurrent_kernel + self.bias
                i, f, g, o = tf.split(z, 4, 1)
                gate = self.recurrent_activation
                next_c = gate(f) * c + gate(i) * self.activation(g)
                next_h = gate(o) * self.activation(next_c)
                kept = tf.fill((tf.shape(x)[0], 1), True) if mask is None else tf.cast(mask, 'bool')[:, step:step + 1]
                h, c = tf.where(kept, next_h, h), tf.where(kept, next_c, c)
            return h

        def compute_mask(self, inputs, mask=None):
            return None

        def compute_output_shape(self, shape):
            return shape[0], self.units

        def get_config(self):
            return dict(super().get_config(), units=self.units, activation=keras.activations.serialize(self.activation),
                        recurrent_activation=keras.activations.serialize(self.recurrent_activation))
    return AttentionLSTM


ATTENTION = {keras: attention_lstm(keras) for keras in (keras3, tf_keras)}


@keras3.saving.register_keras_serializable('mine')
class LSTM3(keras3.layers.LSTM):
    def call(self, sequences, initial_state=None, mask=None, training=False):
        return 2 * super().call(sequences, initial_state, mask, training)


LSTM3.__name__ = 'LSTM'


def own_classes() -> List[Variation]:
    def attention(**options):
        return lambda self, x: ATTENTION[self.keras](CELLS, name='lstm', **options)(x)
    return [
        varied('ALSTM', 'changed', 'computed', everywhere=True, recurrent=attention()),
        varied('ALSTM hard_sigmoid', 'changed', 'either', everywhere=True,
               recurrent=attention(recurrent_activation='hard_sigmoid')),
        varied('ALSTM relu', 'changed', 'refused', everywhere=True, recurrent=attention(activation='relu')),
        varied('an own class called LSTM', 'changed', 'refused', only='keras3', recurrent=lambda self, x:
               LSTM3(CELLS, name='lstm')(x)),
    ]


class Drawn(NamedTuple):
    """A network of the family."""
    variables: int = 3
    steps_first: bool = False                        # the input is (T, variables), not (variables, T)
    over_steps: bool = False
    mask: bool = True
    recurrent: str = 'LSTM'                          # LSTM, AttentionLSTM or empty
    stride: int = 0                                  # of the subsampling; 0 for none
    blocks: Tuple[Tuple[int, int, int], ...] = ((16, 8, 2), (24, 5, 3), (16, 3, 0))   # filters, kernel, bottleneck
    idiom: int = 0                                   # of squeeze-and-excite
    pooling_first: bool = False
    length_open: bool = False                        # (None, variables)
    # What a variation of it changes.
    squeeze: dict = {}
    excite: dict = {}
    mask_value: float = 0.
    mask_for_all: bool = False
    squeeze_before: bool = False                     # of what the convolution has, not of the block's output

    @property
    def tells_axes(self) -> bool:
        return bool(self.blocks) or self.stride > 0 or self.variables == 1 or self.length_open

    def squeezed(self, layers, x, before, filters: int, bottleneck: int, block: int):
        pooled = before if self.squeeze_before else x
        kept = self.idiom == 1
        s = layers.GlobalAveragePooling1D(name='se%d' % block, **({'keepdims': True} if kept else {}))(pooled)
        if self.idiom in (0, 3):
            s = layers.Reshape((1, filters) if self.idiom == 0 else (1, -1), name='step%d' % block)(s)
        s = layers.Dense(bottleneck, **dict(dict(activation='relu', use_bias=False, name='reduce%d' % block),
                                            **self.squeeze))(s)
        s = layers.Dense(filters, **dict(dict(activation='sigmoid', use_bias=False, name='expand%d' % block),
                                         **self.excite))(s)
        if self.idiom == 4:
            s = layers.Reshape((1, filters), name='step%d' % block)(s)
        inputs = [s, x] if self.idiom in (3, 4) else [x, s]
        return layers.Multiply(name='scaled%d' % block)(inputs)

    def model(self, keras):
        layers = keras.layers
        length = None if self.length_open else LENGTH
        given = layers.Input((length, self.variables) if self.steps_first else (self.variables, LENGTH), name='series')
        x = layers.Masking(self.mask_value, name='masking')(given) if self.mask_for_all else given
        by_steps = x if self.steps_first else layers.Permute((2, 1), name='permute')(x)
        by_variables = x if not self.steps_first else layers.Permute((2, 1), name='permute_1')(x)
        branches = []
        if self.recurrent:
            lstm = by_steps if self.over_steps else by_variables
            if self.stride:
                lstm = layers.Conv1D(max(1, self.variables // self.stride), 8, strides=self.stride, padding='same',
                                     activation='relu', use_bias=False, name='subsampled')(by_steps)
                lstm = lstm if self.over_steps else layers.Permute((2, 1), name='permute_2')(lstm)
            if self.mask and not self.mask_for_all:
                lstm = layers.Masking(self.mask_value, name='masking')(lstm)
            kind = ATTENTION[keras] if self.recurrent == 'AttentionLSTM' else layers.LSTM
            branches.append(layers.Dropout(.8, name='dropout')(kind(CELLS, name='lstm')(lstm)))
        if self.blocks:
            x = by_steps
            for block, (filters, size, bottleneck) in enumerate(self.blocks, 1):
                before = layers.Conv1D(filters, size, padding='same', name='conv%d' % block)(x)
                x = layers.Activation('relu', name='act%d' % block)(
                    layers.BatchNormalization(name='bn%d' % block)(before))
                if bottleneck:
                    x = self.squeezed(layers, x, before, filters, bottleneck, block)
            branches.append(layers.GlobalAveragePooling1D(name='pool')(x))
        if self.pooling_first:
            branches.reverse()
        x = layers.Concatenate(name='join')(branches) if len(branches) > 1 else branches[0]
        return keras.Model(given, layers.Dense(CLASSES, activation='softmax', name='dense')(x))

    def __str__(self) -> str:
        changed = [(key, value) for key, value in self._asdict().items() if value != self._field_defaults[key]]
        return 'family ' + ' '.join('%s=%s' % pair for pair in changed).replace(' ', '')


def drawn(number: int) -> Drawn:
    random = np.random.default_rng(number)
    branches = random.choice(['both', 'both', 'both', 'lstm', 'fcn'])
    recurrent = '' if branches == 'fcn' else random.choice(['LSTM', 'LSTM', 'AttentionLSTM'])
    variables = int(random.choice([1, 2, 3, 5, 12, LENGTH]))
    steps_first = bool(random.integers(2))
    over_steps = bool(random.integers(2))
    stride = int(random.choice([0, 0, 2, 3])) if recurrent and variables > 2 else 0
    blocks = () if branches == 'lstm' else tuple(
        (int(random.choice([4, 6, 16])), int(random.integers(1, 10)), int(random.choice([0, 0, 1, 2, 3])))
        for _ in range(random.integers(1, 7)))
    length_open = steps_first and bool(random.integers(4) == 0) and recurrent != 'AttentionLSTM' and (
        not recurrent or (over_steps and not stride))
    return Drawn(variables, steps_first, over_steps, bool(random.integers(2)), str(recurrent), stride, blocks,
                 int(random.integers(5)), bool(random.integers(2)), length_open)


def family() -> List[Variation]:
    found = []

    def add(one: Drawn, name: str, outcome: str, only=None, container=None):
        if container:        # weights alone do not tell the order of the branches
            one = one._replace(pooling_first=False)
        square = one.variables == LENGTH and not one.tells_axes
        found.append(Variation(name, one.model, 'any', 'refused' if square else outcome, only, container, True,
                               one.variables, one.steps_first,
                               not one.tells_axes or one.length_open or container is not None,
                               container is not None and one.recurrent == 'AttentionLSTM'))

    for number in range(DRAWN):
        one = drawn(number)
        add(one, '%s (%d)' % (one, number), 'computed', only=('keras3', 'tf_keras')[number % 2])
        if number % 3 == 0:
            add(one, '%s (%d), weights' % (one, number), 'either', only=('keras3', 'tf_keras')[number // 3 % 2],
                container='.weights.h5')
        elif number % 3 == 1:
            add(one, '%s (%d), weights' % (one, number), 'either', only='tf_keras', container='weights.h5')
    plain = Drawn()
    for idiom in range(5):
        add(plain._replace(idiom=idiom), 'family, idiom %d' % idiom, 'computed')
    for only, container in (('keras3', '.weights.h5'), ('tf_keras', '.weights.h5'), ('tf_keras', 'weights.h5')):
        add(plain, 'family, weights', 'computed', only=only, container=container)
    for name, change in (
            ('Masking of another value', dict(mask_value=-1.)),
            ('a mask for convolutions too', dict(mask_for_all=True)),
            ('squeeze with bias', dict(squeeze=dict(use_bias=True))),
            ('excite with bias', dict(excite=dict(use_bias=True))),
            ('squeeze with tanh', dict(squeeze=dict(activation='tanh'))),
            ('excite with hard_sigmoid', dict(excite=dict(activation='hard_sigmoid'))),
            ('excite with softmax', dict(excite=dict(activation='softmax'))),
            ('squeeze before the normalization', dict(squeeze_before=True)),
            ('seven blocks', dict(blocks=((4, 3, 0),) * 7))):
        add(plain._replace(**change), 'family, ' + name, 'refused')
    return found


def all_variations() -> List[Variation]:
    return (family() + wirings() + containers() + own_classes() + arguments_of_layers() + layers_between() + activations())


def set_weights(model) -> None:
    """Weights that are the layers' names' own, and statistics that make each of them matter."""
    for one in model.layers:
        if getattr(one, 'layers', None):
            set_weights(one)
            continue
        arrays = []
        for index, array in enumerate(one.get_weights()):
            if not np.issubdtype(array.dtype, np.floating) and array.dtype.kind != 'V':
                arrays.append(array)
                continue
            random = np.random.default_rng(zlib.crc32(('%s %d' % (one.name, index)).encode()))
            values = random.normal(size=array.shape) * (.7 / np.sqrt(max(1, array.shape[0])) if array.ndim > 1 else .4)
            name = one.weights[index].name
            if 'gamma' in name or 'variance' in name:
                values = 1 + .5 * np.abs(random.normal(size=array.shape))
            if one.name == 'dense':
                values *= .2                         # a softmax that is saturated shows no change
            arrays.append(values.astype(array.dtype))
        one.set_weights(arrays)


def answer(model, variables: int = 1, steps_first: bool = False) -> np.ndarray:
    given = series(variables)
    if variables > 1:
        given = given.transpose(0, 2, 1) if steps_first else given
    elif len(model.inputs[0].shape) == 3:
        given = given.reshape((-1, 1, LENGTH) if model.inputs[0].shape[1] == 1 else (-1, LENGTH, 1))
    out = model(given, training=False)
    return np.asarray(out[0] if isinstance(out, (list, tuple)) else out, dtype='float64')


class Case(NamedTuple):
    variation: Variation
    framework: str
    container: str
    file: pathlib.Path
    expected: Union[np.ndarray, Exception]           # Keras' answer, or why there is none
    names: Tuple[str, ...]

    @property
    def title(self) -> str:
        return '%s, %s, %s' % (self.variation.name, self.framework, self.container)


def layer_names(model) -> List[str]:
    """Those of Keras 3's operations too, such as Masking's comparison: a configuration lists them as layers."""
    names = [model.name]
    for one in getattr(model, 'operations', model.layers):
        names += layer_names(one) if getattr(one, 'layers', None) else [one.name]
    return names


def written(variations: List[Variation], folder: pathlib.Path) -> Iterator[Case]:
    for number, variation in enumerate(variations):
        frameworks = [variation.only] if variation.only else ['keras3', 'tf_keras']
        if not variation.everywhere and not variation.only:
            frameworks = [frameworks[number % 2]]
        for framework in frameworks:
            container = variation.container or ('.keras', '.h5')[(number // 2 + frameworks.index(framework)) % 2]
            file = folder / ('%03d-%s%s' % (number, framework, container if container[0] == '.' else '.h5'))
            yield write(variation, framework, container, file)


def write(variation: Variation, framework: str, container: str, file: pathlib.Path) -> Case:
    try:
        model = variation.build(keras3 if framework == 'keras3' else tf_keras)
        if 'fitted' not in variation.name:
            set_weights(model)
        expected = answer(model, variation.variables, variation.steps_first)
        (model.save_weights if 'weights' in container else model.save)(str(file))
        return Case(variation, framework, container, file, expected, tuple(layer_names(model)))
    except Exception as error:        # one that this Keras cannot make must not hide the others
        return Case(variation, framework, container, file, error, ())


def asked(case: Case, lstmfcn: str, data: pathlib.Path) -> str:
    """What the product does: the finding, or an exception that says what is wrong with it."""
    told = ['--length', str(LENGTH)] if case.variation.states_length else []
    told += ['--gates', 'sigmoid'] if case.variation.states_gates else []
    run = subprocess.run([lstmfcn, 'predict', '--weights', str(case.file), str(data), '--csv', '--layout', 'variables-first'] + told,
                         stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    case.file.unlink()
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    if run.returncode == 0:
        rows = list(csv.DictReader(io.StringIO(run.stdout)))
        found = np.array([[float(value) for key, value in row.items() if key.startswith('probability')]
                          for row in rows])
        if found.shape != case.expected.shape:
            raise AssertionError('answers of shape %s, Keras %s' % (found.shape, case.expected.shape))
        difference = float(np.abs(found - case.expected).max())
        if not difference <= TOLERANCE:
            raise AssertionError('answered, but differs from Keras by %.1e' % difference)
        if case.variation.outcome == 'refused':
            raise AssertionError('answered as Keras, where a refusal was expected')
        return 'within %.0e' % difference if difference else 'equal'
    if run.returncode != 1 or len(lines) != 1:
        raise AssertionError('status %d and %d lines: %s' % (run.returncode, len(lines), ' / '.join(lines)[:300]))
    message = lines[0]
    named = any('layer %s:' % name in message or 'layer %s,' % name in message for name in case.names)
    if not named and not ('weights' in case.container and 'layer' in message.lower()):
        raise AssertionError('refused without the layer: %s' % message)
    if case.variation.outcome == 'computed':
        raise AssertionError('refused: %s' % message)
    return 'refused: ' + message.split(': ', 1)[1]


def check_effect(case: Case, plain: np.ndarray) -> None:
    effect = case.variation.effect
    if effect == 'any':
        return
    same = plain.shape == case.expected.shape and np.abs(plain - case.expected).max() <= TOLERANCE
    if same != (effect == 'same'):
        raise AssertionError("Keras' own answer is %s, expected %s" % ('the same' if same else 'another', effect))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--lstmfcn', required=True)
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--only', default='', metavar='PATTERN', help='variations whose name this regular expression finds')
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    data = {1: options.work / 'series.csv'}
    np.savetxt(data[1], series(), delimiter=',', fmt='%.9g')
    variations = all_variations()
    for variables in {variation.variables for variation in variations} - {1}:
        data[variables] = options.work / ('series-%d.npy' % variables)
        np.save(data[variables], series(variables))
    plain_model = varied('plain', 'same').build(keras3)
    set_weights(plain_model)
    plain = answer(plain_model)

    def check(case: Case) -> Tuple[bool, str]:
        try:
            if isinstance(case.expected, Exception):
                raise case.expected
            check_effect(case, plain)
            return True, asked(case, options.lstmfcn, data[case.variation.variables])
        except Exception as error:
            return False, '%s: %s' % (type(error).__name__, ' '.join(str(error).split()))

    failures = 0

    def report(case: Case, result: Future) -> None:
        nonlocal failures
        good, finding = result.result()
        failures += not good
        print('%-7s configurations %s: %s' % ('ok' if good else 'FAILED', case.title, finding), flush=True)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        pending = deque()
        for case in written([one for one in variations if re.search(options.only, one.name)], options.work):
            pending.append((case, pool.submit(check, case)))
            while pending and (pending[0][1].done() or len(pending) > MOST_PENDING):
                report(*pending.popleft())
        for case, result in pending:
            report(case, result)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
