"""LSTM-FCN, ALSTM-FCN, MLSTM-FCN and MALSTM-FCN in Keras, from their descriptions.

The same code runs on Keras 2.0 to 2.2 (what the published weights were made with) and on tf_keras, the Keras 2 of
today's TensorFlow.

    F. Karim, S. Majumdar, H. Darabi, S. Chen: LSTM Fully Convolutional Networks for Time Series Classification.
    IEEE Access 6 (2018).
    F. Karim, S. Majumdar, H. Darabi, S. Harford: Multivariate LSTM-FCNs for Time Series Classification.
    Neural Networks 116 (2019).
    D. Bahdanau, K. Cho, Y. Bengio: Neural Machine Translation by Jointly Learning to Align and Translate. ICLR 2015.
"""
try:
    import tf_keras as keras
except ImportError:
    import keras

K = keras.backend
layers = keras.layers

PER_SERIES = 'per-series'        # attention over the steps of each series, as in the 2017 release
ACROSS_BATCH = 'across-batch'    # as the 2019 release computes it: the sum runs over the batch
FILTERS_AND_SIZES = ((128, 8), (256, 5), (128, 3))
REDUCTION = 16                   # of squeeze-and-excite
SUBSAMPLING_SIZE = 8
DROPOUT = 0.8


class AttentionLSTM(layers.Layer):
    """An LSTM that reads, beside its input, a weighted sum of all inputs: (N, steps, D) -> (N, units).

    With the state h of the step before, and for every step j of the input x:

        e_j     = v . tanh(x_j W_a + h U_a + b_a)
        alpha_j = softmax over j of e_j
        context = sum over j of alpha_j x_j
        z       = x_t W + context A + h U + b        gates i, f, c, o

    Across the batch, the attention sees one step only, and the context is alpha_t times the sum of x_t over the batch.
    A step that a mask leaves out keeps the state; the attention gives it a weight all the same.
    """

    def __init__(self, units, attention=PER_SERIES, recurrent_activation='hard_sigmoid', **kwargs):
        super(AttentionLSTM, self).__init__(**kwargs)
        if attention not in (PER_SERIES, ACROSS_BATCH):
            raise ValueError('attention must be %s or %s, found %s' % (PER_SERIES, ACROSS_BATCH, attention))
        self.units = units
        self.attention = attention
        self.supports_masking = True
        self.gate = keras.activations.get(recurrent_activation)

    def build(self, input_shape):
        width = int(input_shape[-1])
        units = self.units

        def weight(name, shape, initializer):
            return self.add_weight(name=name, shape=shape, initializer=initializer)

        # Keras saves weights in the order in which they are added.
        self.kernel = weight('kernel', (width, 4 * units), 'glorot_uniform')
        self.recurrent_kernel = weight('recurrent_kernel', (units, 4 * units), 'orthogonal')
        self.attention_kernel = weight('attention_kernel', (width, 4 * units), 'orthogonal')
        self.attention_W = weight('attention_W', (width, units), 'orthogonal')
        self.attention_U = weight('attention_U', (units, units), 'orthogonal')
        # The layer of 2017 has no bias of one for the forget gate.
        self.bias = weight('bias', (4 * units,), 'zeros' if self.attention == PER_SERIES else forget_gate_of_one)
        self.attention_b = weight('attention_b', (units,), 'zeros')
        self.attention_v = weight('attention_v', (units, 1), 'zeros')
        super(AttentionLSTM, self).build(input_shape)

    def call(self, inputs, mask=None):
        steps = K.int_shape(inputs)[1]
        h = c = K.tile(K.zeros_like(inputs[:, 0, :1]), [1, self.units])            # (N, units)
        for step in range(steps):
            after = self.step(inputs, inputs[:, step, :], h, c)
            if mask is None:
                h, c = after
            else:
                counts = K.cast(mask[:, step:step + 1], K.floatx())                # (N, 1)
                h, c = [counts * new + (1 - counts) * old for new, old in zip(after, (h, c))]
        return h

    def compute_mask(self, inputs, mask=None):
        return None

    def step(self, inputs, x, h, c):
        """inputs (N, steps, D), x (N, D), h and c (N, units)."""
        if self.attention == PER_SERIES:
            context = K.sum(self.alpha(inputs, h) * inputs, axis=1)                # (N, D)
        else:
            alpha = self.alpha(K.expand_dims(x, 1), h)[:, 0, :]                    # (N, 1), all ones
            context = alpha * K.sum(x, axis=0, keepdims=True)                      # (N, D)
        z = (K.dot(x, self.kernel) + K.dot(context, self.attention_kernel)
             + K.dot(h, self.recurrent_kernel) + self.bias)                        # (N, 4 units)
        i, f, candidate, o = [z[:, k * self.units:(k + 1) * self.units] for k in range(4)]
        c = self.gate(f) * c + self.gate(i) * K.tanh(candidate)
        return self.gate(o) * K.tanh(c), c

    def alpha(self, inputs, h):
        """Weight of every step, (N, steps, 1)."""
        from_state = K.expand_dims(K.dot(h, self.attention_U), 1)                  # (N, 1, units)
        energy = K.dot(K.tanh(K.dot(inputs, self.attention_W) + from_state + self.attention_b), self.attention_v)
        exponential = K.exp(energy - K.max(energy, axis=1, keepdims=True))
        return exponential / K.sum(exponential, axis=1, keepdims=True)

    def compute_output_shape(self, input_shape):
        return input_shape[0], self.units

    def get_config(self):
        config = super(AttentionLSTM, self).get_config()
        config.update(units=self.units, attention=self.attention,
                      recurrent_activation=keras.activations.serialize(self.gate))
        return config


def forget_gate_of_one(shape, dtype=None, **_):
    """Bias of zeros, with ones for the forget gate."""
    units = int(shape[0]) // 4
    return K.concatenate([K.zeros((units,)), K.ones((units,)), K.zeros((2 * units,))])


def build_model(kind, cells, length, classes, attention=PER_SERIES, recurrent_activation='hard_sigmoid'):
    """`kind` is `lstmfcn` or `alstmfcn`; input (N, 1, length), output (N, classes)."""
    series = layers.Input(shape=(1, length))
    recurrent = recurrent_layer(kind, cells, attention, recurrent_activation)(series)
    return joined(series, recurrent, classes, excite=False)


def build_multivariate_model(kind, cells, variables, length, classes, stride=1, over_steps=False,
                             recurrent_activation='hard_sigmoid'):
    """`kind` is `lstmfcn`, `alstmfcn`, `mlstmfcn` or `malstmfcn`; input (N, variables, length), output (N, classes).

    The recurrent layer takes the variables one after another. With a stride above 1 a convolution subsamples them
    before, to variables // stride filters and length / stride steps, rounded up; the recurrent layer takes the filters
    one after another or, over steps, the steps.
    """
    series = layers.Input(shape=(variables, length))
    steps = series
    if stride > 1:
        steps = layers.Permute((2, 1))(steps)                                      # (N, length, variables)
        steps = layers.Conv1D(variables // stride, SUBSAMPLING_SIZE, strides=stride, padding='same', activation='relu',
                              use_bias=False, kernel_initializer='he_uniform')(steps)
        if not over_steps:
            steps = layers.Permute((2, 1))(steps)
    steps = layers.Masking()(steps)
    recurrent = recurrent_layer(kind, cells, PER_SERIES, recurrent_activation)(steps)
    return joined(series, recurrent, classes, excite=kind.startswith('m'))


def recurrent_layer(kind, cells, attention, recurrent_activation):
    if kind.endswith('alstmfcn'):
        return AttentionLSTM(cells, attention, recurrent_activation)
    return layers.LSTM(cells, recurrent_activation=recurrent_activation)


def joined(series, recurrent, classes, excite):
    """The model of input (N, M, T) with the recurrent layer's output (N, cells)."""
    recurrent = layers.Dropout(DROPOUT)(recurrent)
    features = layers.Permute((2, 1))(series)                                      # (N, T, M)
    for filters, size in FILTERS_AND_SIZES:
        last = (filters, size) == FILTERS_AND_SIZES[-1]
        features = layers.Conv1D(filters, size, padding='same', kernel_initializer='he_uniform')(features)
        features = layers.BatchNormalization()(features)
        features = layers.Activation('relu')(features)
        if excite and not last:
            features = squeeze_and_excite(features, filters)
    pooled = layers.GlobalAveragePooling1D()(features)                             # (N, 128)
    both = layers.concatenate([recurrent, pooled])
    return keras.models.Model(series, layers.Dense(classes, activation='softmax')(both))


def squeeze_and_excite(features, filters):
    """Scales every filter of (N, T, filters) by a number between 0 and 1 that follows from the means over T."""
    scale = layers.Reshape((1, filters))(layers.GlobalAveragePooling1D()(features))
    for units, activation in ((filters // REDUCTION, 'relu'), (filters, 'sigmoid')):
        scale = layers.Dense(units, activation=activation, kernel_initializer='he_normal', use_bias=False)(scale)
    return layers.multiply([features, scale])


def layers_of(model, class_name):
    """The model's layers of one class, in the order in which they were made."""
    found = [layer for layer in model.layers if type(layer).__name__ == class_name]
    return sorted(found, key=lambda layer: [int(part) for part in layer.name.split('_') if part.isdigit()])
