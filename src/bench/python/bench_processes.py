"""Times whole processes, ours, Keras' and ONNX Runtime's by turns: a line of JSON a measurement.

usage: bench_processes.py ROOT RUNS ONNX_COMMAND ONNX_MODEL      a model of the weights 2017-lstmfcn-8-CBF

Start to first prediction, start to a loaded file, 512 series of two lengths, and a training, with the peak of memory.
The answers of the sides are compared; a difference ends the run.
"""
import csv
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-5
SERIES = 512
TRAINED_SERIES, TRAINED_LENGTH, EPOCHS = 128, 128, 20  # a step an epoch
LOSS_TOLERANCE = 1e-3  # relative: a step of Adam makes rounding larger


def run(command):
    """Seconds, peak kilobytes and standard output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("bench: exit status %d of %s" % (process.returncode, " ".join(command)))
    return time.perf_counter() - start, usage.ru_maxrss, output


def probabilities(output, classes):
    """The last numbers of each line; ours has the label before them."""
    return [[float(word) for word in line.split()[-classes:]] for line in output.splitlines()]


def compare(what, outputs, classes):
    ours = probabilities(outputs.pop("java"), classes)
    for side, output in outputs.items():
        theirs = probabilities(output, classes)
        worst = max((abs(a - b) for x, y in zip(ours, theirs) for a, b in zip(x, y)), default=1)
        if len(ours) != len(theirs) or worst > TOLERANCE:
            sys.exit("bench: %s: %d and, of %s, %d answers that differ by %g"
                     % (what, len(ours), side, len(theirs), worst))


def compare_losses(run, keras):
    """Ours as the run's history has them."""
    with open(os.path.join(run, "history.csv")) as file:
        ours = [float(row["loss"]) for row in csv.DictReader(file)]
    keras = [float(line) for line in keras.splitlines()]
    worst = max((abs(a / b - 1) for a, b in zip(ours, keras)), default=1)
    if len(ours) != EPOCHS or len(keras) != EPOCHS or worst > LOSS_TOLERANCE:
        sys.exit("bench: training: %d and %d losses that differ by %g" % (len(ours), len(keras), worst))


def measure(kind, sizes, runs, commands, check=lambda outputs: None):
    """The sides by turns, so that what else the machine does meets all; check sees the output of each."""
    taken = {side: [] for side in commands}
    for _ in range(runs):
        outputs = {}
        for side, command in commands.items():
            seconds, kilobytes, outputs[side] = run(command)
            taken[side].append((seconds * 1e3, kilobytes))
        check(outputs)
    length, batch, cells = sizes
    for side, values in taken.items():
        times = sorted(value[0] for value in values)
        print(json.dumps({
            "side": side, "kind": kind, "variant": "process", "length": length, "batch": batch, "cells": cells,
            "milliseconds": statistics.median(times), "low": times[0], "high": times[-1], "runs": runs,
            "kilobytes": int(statistics.median(value[1] for value in values))}), flush=True)


def measure_training(folder, lstmfcn, runs):
    """From the same initial weights without dropout and shuffling, so that the losses are the same."""
    initial, train = os.path.join(folder, "initial.weights.h5"), os.path.join(folder, "Bench_TRAIN.tsv")
    run_folder, out = os.path.join(folder, "run"), os.path.join(folder, "out.weights.h5")
    sizes = [str(TRAINED_LENGTH), "8", "5"]
    run([sys.executable, os.path.join(HERE, "keras_model.py"), *sizes[:2], initial, train, str(TRAINED_SERIES)])
    with open(train) as file:
        lines = ["%d\t%s" % (row % 5, line.replace(" ", "\t")) for row, line in enumerate(file)]
    for path in (train, os.path.join(folder, "Bench_TEST.tsv")):
        with open(path, "w") as file:
            file.writelines(lines)

    def check(outputs):
        compare_losses(run_folder, outputs["keras"])
        shutil.rmtree(run_folder)

    measure("train-process", (TRAINED_LENGTH, TRAINED_SERIES, 8), runs, {
        "java": [lstmfcn, "train", "--recipe", "2019", "--keras-release", "3", "--normalize", "none", "--init", initial,
                 "--gates", "hard_sigmoid", "--dropout", "0", "--no-shuffle", "--epochs", str(EPOCHS),
                 "--batch-size", "128", "--data", folder, "--set", "Bench", "--out", run_folder, "--quiet"],
        "keras": [sys.executable, os.path.join(HERE, "train_process.py"), initial, *sizes, train, str(EPOCHS), out]},
        check)


def main():
    root, runs = sys.argv[1], int(sys.argv[2])
    onnx = [*shlex.split(sys.argv[3]), sys.argv[4]]
    lstmfcn = os.path.join(root, "bin", "lstmfcn")
    python = [sys.executable, os.path.join(HERE, "predict_process.py")]
    weights = os.path.join(root, "keras-weights", "2017-lstmfcn-8-CBF", "weights.h5")
    with tempfile.TemporaryDirectory() as folder:
        one = os.path.join(folder, "one.txt")
        with open(os.path.join(root, "testdata", "CBF", "CBF_TEST.tsv")) as test, open(one, "w") as file:
            file.write(test.readline().split("\t", 1)[1])
        run([lstmfcn, "predict", "--weights", weights, one])  # what is made at a first start is there after it
        run([*python, weights, "128", "8", "3", one])
        measure("first-prediction", (128, 1, 8), runs, {
            "java": [lstmfcn, "predict", "--weights", weights, one],
            "keras": [*python, weights, "128", "8", "3", one],
            "onnx": [*onnx, one]}, lambda outputs: compare("first", outputs, 3))
        measure("import", (128, 1, 8), runs, {
            "java": [lstmfcn, "inspect", weights], "keras": [*python, weights, "128", "8", "3"]})
        for length in (128, 1639):
            case, series = os.path.join(folder, "case.weights.h5"), os.path.join(folder, "series.txt")
            run([sys.executable, os.path.join(HERE, "keras_model.py"), str(length), "8", case, series, str(SERIES)])
            measure("predict-file", (length, SERIES, 8), max(1, runs // 3), {
                "java": [lstmfcn, "predict", "--gates", "hard_sigmoid", "--weights", case, series],
                "keras": [*python, case, str(length), "8", "5", series]},
                lambda outputs: compare("series", outputs, 5))
        measure_training(folder, lstmfcn, runs)


if __name__ == "__main__":
    main()
