"""Trains LSTM-FCN or ALSTM-FCN for a few epochs with original Keras versions and writes a reference case.

    python make_references.py --model alstmfcn --cells 8 --set CBF --epochs 5 --out DIR

writes weights.h5, reference.h5 and case.json into DIR, as README.md describes them. Runs on the versions of
requirements-2017.txt or requirements-2019.txt; defaults follow the release of that year.
"""
import argparse
import json
import os
import time

import h5py
import numpy as np
import tensorflow as tf

import keras
from keras import backend as K
from keras.callbacks import ModelCheckpoint, ReduceLROnPlateau

from lstm_fcn_keras import ACROSS_BATCH, PER_SERIES, build_model, layers_of

HERE = os.path.dirname(os.path.abspath(__file__))
PROBABILITY_BATCH = 128    # matters to attention across the batch only
LAYER_BATCH = 64


def read_set(folder, name, part):
    """Labels (N) and series (N, T) of `<name>_<part>.tsv`."""
    table = np.loadtxt(os.path.join(folder, name, '%s_%s.tsv' % (name, part)))
    return table[:, 0], table[:, 1:]


def label_index(labels, classes):
    """The releases' encoding of labels, with its truncation."""
    low, high = labels.min(), labels.max()
    return ((labels - low) / (high - low) * (classes - 1)).astype(np.int64)


def normalise(how, train, test):
    """`none`, each series by itself (`sample`), or all by TRAIN's mean and deviation (`train`)."""
    if how == 'sample':
        return [(x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-8) for x in (train, test)]
    if how == 'train':
        return [(x - train.mean()) / (train.std() + 1e-8) for x in (train, test)]
    return [train, test]


def train(model, inputs, targets, validation, options, weights_file):
    """Adam with a falling rate; keeps the best epoch's weights, as Keras saves them."""
    mode = 'max' if options.checkpoint == 'val_acc' else 'min'
    model.compile(optimizer=keras.optimizers.Adam(lr=1e-3), loss='categorical_crossentropy', metrics=['accuracy'])
    callbacks = [ModelCheckpoint(weights_file, monitor=options.checkpoint, mode=mode,
                                 save_best_only=True, save_weights_only=True),
                 ReduceLROnPlateau(monitor=options.checkpoint, mode=mode, factor=1 / np.cbrt(2),
                                   patience=100, min_lr=1e-4)]
    model.fit(inputs, targets, batch_size=options.batch_size, epochs=options.epochs, verbose=2,
              callbacks=callbacks, validation_data=validation)
    model.load_weights(weights_file)


def fetch(model, tensor, inputs, batch_size=LAYER_BATCH):
    """A layer's output for all inputs, in inference mode."""
    function = K.function([model.input, K.learning_phase()], [tensor])
    return np.concatenate([function([inputs[start:start + batch_size], 0])[0]
                           for start in range(0, len(inputs), batch_size)])


def recurrent_output(model):
    return (layers_of(model, 'LSTM') + layers_of(model, 'AttentionLSTM'))[0].output


def references(model, inputs):
    """Every layer, for inputs (N, 1, T)."""
    dense_kernel, dense_bias = [array.astype(np.float64) for array in model.layers[-1].get_weights()]
    recurrent = fetch(model, recurrent_output(model), inputs)
    pooled = fetch(model, layers_of(model, 'GlobalAveragePooling1D')[0].output, inputs)
    logits = np.concatenate([recurrent, pooled], axis=1).astype(np.float64).dot(dense_kernel) + dense_bias
    arrays = {'input': inputs, 'lstm': recurrent, 'gap': pooled, 'logits': logits.astype(np.float32),
              'probabilities': fetch(model, model.output, inputs, PROBABILITY_BATCH)}
    for block, layer in enumerate(layers_of(model, 'Activation')):
        arrays['relu%d' % (block + 1)] = fetch(model, layer.output, inputs[:2])
    maps = np.einsum('ntc,ck->nkt', arrays['relu3'].astype(np.float64), dense_kernel[recurrent.shape[1]:])
    arrays['cam'] = maps.astype(np.float32)
    return arrays


def parse_options():
    keras_2017 = keras.__version__.startswith('2.0.')
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0],
                                     formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument('--model', choices=('lstmfcn', 'alstmfcn'), required=True)
    parser.add_argument('--cells', type=int, default=8)
    parser.add_argument('--set', required=True, metavar='NAME', help='a set in the data folder')
    parser.add_argument('--data', default=HERE, metavar='DIR', help='the data folder')
    parser.add_argument('--epochs', type=int, default=5)
    parser.add_argument('--batch-size', type=int, default=128)
    parser.add_argument('--attention', choices=(PER_SERIES, ACROSS_BATCH), default=PER_SERIES)
    parser.add_argument('--normalisation', choices=('none', 'sample', 'train'),
                        default='none' if keras_2017 else 'sample')
    parser.add_argument('--checkpoint', choices=('val_acc', 'loss'), default='val_acc' if keras_2017 else 'loss')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--out', required=True, metavar='DIR', help='where the case is written')
    return parser.parse_args()


def main():
    options = parse_options()
    np.random.seed(options.seed)
    tf.set_random_seed(options.seed)
    if not os.path.isdir(options.out):
        os.makedirs(options.out)
    weights_file = os.path.join(options.out, 'weights.h5')

    train_labels, train_series = read_set(options.data, options.set, 'TRAIN')
    test_labels, test_series = read_set(options.data, options.set, 'TEST')
    classes = len(np.unique(train_labels))
    train_inputs, test_inputs = [x[:, np.newaxis, :].astype(np.float32)
                                 for x in normalise(options.normalisation, train_series, test_series)]
    train_targets, test_targets = [keras.utils.to_categorical(label_index(labels, classes), classes)
                                   for labels in (train_labels, test_labels)]

    model = build_model(options.model, options.cells, train_series.shape[1], classes, options.attention)
    start = time.time()
    train(model, train_inputs, train_targets, (test_inputs, test_targets), options, weights_file)
    seconds = time.time() - start
    loss, accuracy = model.evaluate(test_inputs, test_targets, batch_size=PROBABILITY_BATCH, verbose=0)

    arrays = references(model, test_inputs)
    arrays.update(label_in_file=test_labels, label_index=label_index(test_labels, classes))
    with h5py.File(os.path.join(options.out, 'reference.h5'), 'w') as file:
        for name in sorted(arrays):
            file.create_dataset(name, data=arrays[name], compression='gzip')

    case = {'model': options.model, 'cells': options.cells, 'dataset': options.set, 'classes': classes,
            'length': train_series.shape[1], 'train': len(train_labels), 'test': len(test_labels),
            'epochs': options.epochs, 'batch_size': options.batch_size, 'checkpoint': options.checkpoint,
            'normalisation': options.normalisation, 'seed': options.seed, 'attention': options.attention,
            'keras': keras.__version__, 'tensorflow': tf.__version__, 'train_seconds': round(seconds, 1),
            'loss': float(loss), 'accuracy': float(accuracy),
            'correct': int((arrays['probabilities'].argmax(axis=1) == arrays['label_index']).sum())}
    with open(os.path.join(options.out, 'case.json'), 'w') as file:
        json.dump(case, file, indent=1, sort_keys=True)
        file.write('\n')
    print('%s: %d of %d correct' % (options.out, case['correct'], case['test']))


if __name__ == '__main__':
    main()
