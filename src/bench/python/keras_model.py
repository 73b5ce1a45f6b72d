"""LSTM-FCN and MLSTM-FCN in Keras 3, layer by layer as the weight files have it."""
import sys

import keras
import numpy as np
from keras import layers

CLASSES = 5


def hard_sigmoid(x):
    """Keras 1's and 2's; Keras 3's of that name has the slope 1/6."""
    return keras.ops.clip(0.2 * x + 0.5, 0, 1)


def lstm_fcn(length, cells, classes=CLASSES, dropout=.8):
    """The model of the 2017 paper for series (N, 1, length)."""
    series = keras.Input((1, length))
    lstm = layers.LSTM(cells, recurrent_activation=hard_sigmoid, name="lstm_1")(series)
    lstm = layers.Dropout(dropout)(lstm)
    x = layers.Permute((2, 1))(series)
    for filters, kernel_size in ((128, 8), (256, 5), (128, 3)):
        x = layers.Conv1D(filters, kernel_size, padding="same", kernel_initializer="he_uniform")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
    x = layers.GlobalAveragePooling1D()(x)
    x = layers.concatenate([lstm, x])
    return keras.Model(series, layers.Dense(classes, activation="softmax")(x))


def squeeze_and_excite(x, filters):
    scale = layers.GlobalAveragePooling1D(keepdims=True)(x)
    scale = layers.Dense(filters // 16, activation="relu", use_bias=False, kernel_initializer="he_normal")(scale)
    scale = layers.Dense(filters, activation="sigmoid", use_bias=False, kernel_initializer="he_normal")(scale)
    return layers.multiply([x, scale])


def mlstm_fcn(variables, length, cells, classes=CLASSES, dropout=.8):
    """The model of the multivariate paper for series (N, variables, length)."""
    series = keras.Input((variables, length))
    lstm = layers.Masking(0.)(series)
    lstm = layers.LSTM(cells, recurrent_activation=hard_sigmoid, name="lstm_1")(lstm)
    lstm = layers.Dropout(dropout)(lstm)
    x = layers.Permute((2, 1))(series)
    for filters, kernel_size, squeezed in ((128, 8, True), (256, 5, True), (128, 3, False)):
        x = layers.Conv1D(filters, kernel_size, padding="same", kernel_initializer="he_uniform")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = squeeze_and_excite(x, filters) if squeezed else x
    x = layers.GlobalAveragePooling1D()(x)
    x = layers.concatenate([lstm, x])
    return keras.Model(series, layers.Dense(classes, activation="softmax")(x))


def write_case(length, cells, weights, series, count):
    """A weight file with random weights and a text file of random series, one a line."""
    keras.utils.set_random_seed(1)
    lstm_fcn(length, cells).save_weights(weights)
    np.savetxt(series, np.random.default_rng(2).standard_normal((count, length)), fmt="%.6f")


if __name__ == "__main__":  # LENGTH CELLS WEIGHTS SERIES COUNT
    write_case(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
