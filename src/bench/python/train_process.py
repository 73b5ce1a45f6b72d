"""What bin/lstmfcn train does, in Keras: start, load a weight file, train on a file of a set, write the weights.

usage: train_process.py WEIGHTS LENGTH CELLS CLASSES TRAIN EPOCHS OUT      prints the loss of each epoch
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np

import keras_model

weights, train, out = sys.argv[1], sys.argv[5], sys.argv[7]
length, cells, classes = map(int, sys.argv[2:5])
model = keras_model.lstm_fcn(length, cells, classes, dropout=0)  # chance is not the same on both sides
model.load_weights(weights)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
table = np.loadtxt(train, dtype="float32", ndmin=2)
labels = np.eye(classes, dtype="float32")[table[:, 0].astype(int)]
history = model.fit(table[:, np.newaxis, 1:], labels, batch_size=128, epochs=int(sys.argv[6]), verbose=0)
model.save_weights(out)
for loss in history.history["loss"]:
    print("%.9g" % loss)
