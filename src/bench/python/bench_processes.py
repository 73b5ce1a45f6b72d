"""Times whole processes, ours and Keras' by turns: a line of JSON a measurement.

usage: bench_processes.py ROOT RUNS

Start to first prediction, start to a loaded file, and 512 series of two lengths with the peak of memory. The answers
of the two sides are compared; a difference ends the run.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-5
SERIES = 512


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


def compare(what, ours, keras, classes):
    ours, keras = probabilities(ours, classes), probabilities(keras, classes)
    worst = max((abs(a - b) for x, y in zip(ours, keras) for a, b in zip(x, y)), default=1)
    if len(ours) != len(keras) or worst > TOLERANCE:
        sys.exit("bench: %s: %d and %d answers that differ by %g" % (what, len(ours), len(keras), worst))


def measure(kind, sizes, runs, ours, keras, classes=None):
    """Both by turns, so that what else the machine does meets both."""
    taken = {"java": [], "keras": []}
    for _ in range(runs):
        outputs = {}
        for side, command in (("java", ours), ("keras", keras)):
            seconds, kilobytes, outputs[side] = run(command)
            taken[side].append((seconds * 1e3, kilobytes))
        if classes:
            compare(kind, outputs["java"], outputs["keras"], classes)
    length, batch, cells = sizes
    for side, values in taken.items():
        times = sorted(value[0] for value in values)
        print(json.dumps({
            "side": side, "kind": kind, "variant": "process", "length": length, "batch": batch, "cells": cells,
            "milliseconds": statistics.median(times), "low": times[0], "high": times[-1], "runs": runs,
            "kilobytes": int(statistics.median(value[1] for value in values))}), flush=True)


def main():
    root, runs = sys.argv[1], int(sys.argv[2])
    lstmfcn = os.path.join(root, "bin", "lstmfcn")
    python = [sys.executable, os.path.join(HERE, "predict_process.py")]
    weights = os.path.join(root, "keras-weights", "2017-lstmfcn-8-CBF", "weights.h5")
    with tempfile.TemporaryDirectory() as folder:
        one = os.path.join(folder, "one.txt")
        with open(os.path.join(root, "testdata", "CBF", "CBF_TEST.tsv")) as test, open(one, "w") as file:
            file.write(test.readline().split("\t", 1)[1])
        run([lstmfcn, "predict", "--weights", weights, one])  # what is made at a first start is there after it
        run([*python, weights, "128", "8", "3", one])
        measure("first-prediction", (128, 1, 8), runs, [lstmfcn, "predict", "--weights", weights, one],
                [*python, weights, "128", "8", "3", one], classes=3)
        measure("import", (128, 1, 8), runs, [lstmfcn, "inspect", weights], [*python, weights, "128", "8", "3"])
        for length in (128, 1639):
            case, series = os.path.join(folder, "case.weights.h5"), os.path.join(folder, "series.txt")
            run([sys.executable, os.path.join(HERE, "keras_model.py"), str(length), "8", case, series, str(SERIES)])
            measure("predict-file", (length, SERIES, 8), max(1, runs // 3),
                    [lstmfcn, "predict", "--gates", "hard_sigmoid", "--weights", case, series],
                    [*python, case, str(length), "8", "5", series], classes=5)


if __name__ == "__main__":
    main()
