"""Reads the arrays of a network of the LSTM-FCN family from any file that Keras writes.

Layers are told apart by the number and rank of their arrays, and blocks by their order in the file,
so that names, which differ between Keras versions, do not matter. Runs on Python 3.6 and later.
"""
import io
import re
import zipfile
from typing import Dict, List, NamedTuple, Tuple

import h5py
import numpy as np

LSTM_ARRAYS = ('kernel', 'recurrent_kernel', 'bias')
ATTENTION_LSTM_ARRAYS = ('kernel', 'recurrent_kernel', 'attention_kernel', 'attention_W', 'attention_U',
                         'bias', 'attention_b', 'attention_v')
BATCH_NORM_ARRAYS = ('gamma', 'beta', 'moving_mean', 'moving_variance')
AFFINE_ARRAYS = ('kernel', 'bias')
EXCITATION_ARRAYS = ('reduce', 'expand')    # kernels of two dense layers without bias

Layer = Dict[str, np.ndarray]


class LstmFcnArrays(NamedTuple):
    """The arrays of one model, in the words of the papers."""
    recurrent: Layer         # 3 arrays (LSTM) or 8 (AttentionLSTM)
    convolutions: List[Layer]
    batch_norms: List[Layer]
    dense: Layer
    excitations: List[Layer]     # squeeze-and-excite of the first two blocks, or none
    subsampling: Layer       # the convolution in front of the recurrent layer; empty without one

    @property
    def has_attention(self) -> bool:
        return 'attention_kernel' in self.recurrent

    @property
    def cells(self) -> int:
        return self.recurrent['recurrent_kernel'].shape[0]

    @property
    def variables(self) -> int:
        return self.convolutions[0]['kernel'].shape[1]

    @property
    def classes(self) -> int:
        return self.dense['bias'].shape[0]

    def named(self) -> Dict[str, np.ndarray]:
        """Every array by a name that is the same for every kind of file."""
        layers = [('recurrent', self.recurrent), ('dense', self.dense), ('subsampling', self.subsampling)]
        layers += [('excitation%d' % (block + 1), layer) for block, layer in enumerate(self.excitations)]
        for block in range(3):
            layers.append(('conv%d' % (block + 1), self.convolutions[block]))
            layers.append(('norm%d' % (block + 1), self.batch_norms[block]))
        return {'%s/%s' % (layer, name): array for layer, arrays in layers for name, array in arrays.items()}


def read_arrays(path: str) -> LstmFcnArrays:
    """Reads `.h5` of Keras 2 (weights or whole model), `.weights.h5` of Keras 3, or `.keras`."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            source = io.BytesIO(archive.read('model.weights.h5'))
    else:
        source = path
    with h5py.File(source, 'r') as file:
        return arrange(path, layers_in(file))


def layers_in(file: h5py.File) -> List[List[np.ndarray]]:
    """The arrays of every layer that has any, in file order."""
    if '_layer_checkpoint_dependencies' in file or 'layers' in file:
        return keras3_layers(file['layers'])
    root = file['model_weights'] if 'model_weights' in file else file
    layers = []
    for layer in attribute(root, 'layer_names'):
        group = root[layer]
        layers.append([group[name][()] for name in attribute(group, 'weight_names')])
    return [layer for layer in layers if layer]


def keras3_layers(group: h5py.Group) -> List[List[np.ndarray]]:
    """Keras 3 keeps no order of layers; the number at the end of a name gives it."""
    layers = []
    for name in sorted(group, key=name_and_number):
        variables = group[name]['cell/vars'] if 'cell' in group[name] else group[name]['vars']
        layers.append([variables[key][()] for key in sorted(variables, key=int)])
    return [layer for layer in layers if layer]


def name_and_number(name: str) -> Tuple[str, int]:
    """`conv1d_2` -> `('conv1d', 2)`, `conv1d` -> `('conv1d', 0)`."""
    match = re.match(r'^(.*?)(?:_(\d+))?$', name)
    return match.group(1), int(match.group(2) or 0)


def attribute(group: h5py.Group, name: str) -> List[str]:
    """A list of strings, also where Keras split a long one into `name0`, `name1`, ..."""
    if name in group.attrs:
        parts = [group.attrs[name]]
    else:
        parts = []
        while '%s%d' % (name, len(parts)) in group.attrs:
            parts.append(group.attrs['%s%d' % (name, len(parts))])
    return [text.decode() if isinstance(text, bytes) else str(text) for part in parts for text in part]


def arrange(path: str, layers: List[List[np.ndarray]]) -> LstmFcnArrays:
    """Sorts layers by their arrays' number and rank."""
    recurrent, convolutions, norms, dense, subsampling, excite = [], [], [], [], [], []
    for layer in layers:
        ranks = [array.ndim for array in layer]
        if ranks == [3, 1]:
            convolutions.append(dict(zip(AFFINE_ARRAYS, layer)))
        elif ranks == [1, 1, 1, 1]:
            norms.append(dict(zip(BATCH_NORM_ARRAYS, layer)))
        elif ranks == [3]:
            subsampling.append({'kernel': layer[0]})
        elif ranks == [2]:
            excite.append(layer[0])
        elif ranks == [2, 1]:
            dense.append(dict(zip(AFFINE_ARRAYS, layer)))
        elif ranks == [2, 2, 1]:
            recurrent.append(dict(zip(LSTM_ARRAYS, layer)))
        elif ranks == [2, 2, 2, 2, 2, 1, 1, 2]:
            recurrent.append(dict(zip(ATTENTION_LSTM_ARRAYS, layer)))
        else:
            raise ValueError('%s: no layer of an LSTM-FCN has arrays of shapes %s'
                             % (path, [array.shape for array in layer]))
    found = (len(recurrent), len(convolutions), len(norms), len(dense))
    if found != (1, 3, 3, 1):
        raise ValueError('%s: expected 1 recurrent, 3 convolution, 3 batch normalisation and 1 dense layer, found %s'
                         % (path, found))
    if len(excite) not in (0, 4) or len(subsampling) > 1:
        raise ValueError('%s: expected no or 4 dense layers without bias and at most 1 convolution without one, '
                         'found %d and %d' % (path, len(excite), len(subsampling)))
    excitations = [dict(zip(EXCITATION_ARRAYS, pair)) for pair in zip(excite[::2], excite[1::2])]
    return LstmFcnArrays(recurrent[0], convolutions, norms, dense[0], excitations, (subsampling or [{}])[0])
