"""What bin/lstmfcn predict does, in Keras: start, load a weight file, answer the series of a file.

usage: predict_process.py WEIGHTS LENGTH CELLS CLASSES [SERIES]      without SERIES it loads and ends
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np

import keras_model

model = keras_model.lstm_fcn(*map(int, sys.argv[2:5]))
model.load_weights(sys.argv[1])
if len(sys.argv) > 5:
    x = np.loadtxt(sys.argv[5], dtype="float32", ndmin=2)[:, np.newaxis, :]
    for row in model.predict(x, batch_size=128, verbose=0):
        print(*("%.6f" % probability for probability in row))
