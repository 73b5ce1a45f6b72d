"""Joins a folder of measurements into Markdown tables.

usage: table.py FOLDER      *.jsonl: one record per line; *.jmh.json: JMH's own

A record has side (java, keras), kind (predict, train, …), variant, variables, length, batch, cells and milliseconds (the
median).
JMH's class gives the kind, its method the variant: TrainingBenchmark.step is train, step.
"""
import glob
import json
import os
import sys

KINDS = {"PredictionBenchmark": "predict", "TrainingBenchmark": "train", "MatmulBenchmark": "matmul",
         "ReadingBenchmark": "reading", "BatchSizeBenchmark": "batch-size"}
MATMUL_FLOP = 2 * 2048 ** 3
PASSES = {"predict": 1, "train": 3}  # forward; backward twice as much again
VARIANTS = {  # ours, theirs; the first of ours makes the ratios, to those of theirs that TITLES has
    "predict": (["facade", "folded", "exact"], ["keras", "keras-jit", "raw", "raw-jit"]),
    "train": (["epoch", "step"], ["keras", "keras-kept", "keras-jit", "raw", "raw-jit"])}

TITLES = {"keras": "Keras", "keras-kept": "Keras, kept"}


def records(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        with open(path) as lines:
            yield from (json.loads(line) for line in lines)
    for path in sorted(glob.glob(os.path.join(folder, "*.jmh.json"))):
        with open(path) as file:
            yield from map(record_of_jmh, json.load(file))


def record_of_jmh(result):
    name, method = result["benchmark"].split(".")[-2:]
    parameters = result.get("params", {})
    variables, length, batch, cells = map(int, parameters.get("shape", "0x0x0x0").split("x"))
    metric = result["primaryMetric"]
    unit = {"ms/op": 1, "us/op": 1e-3}[metric["scoreUnit"]]
    median = metric["scorePercentiles"]["50.0"]
    return {"side": "java", "kind": KINDS[name], "variant": method, "milliseconds": median * unit,
            "variables": variables, "length": int(parameters.get("length", length)),
            "batch": int(parameters.get("batchSize", batch)),
            "cells": cells}


def flop(kind, variables, length, batch, cells):
    """Of the convolutions and the LSTM's kernel; the rest is under a percent."""
    convolutions = 2 * (8 * variables * 128 + 5 * 128 * 256 + 3 * 256 * 128)
    return PASSES[kind] * batch * length * (convolutions + 2 * 4 * cells * variables)


def print_table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join("---" if column == 0 else "---:" for column in range(len(head))) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def number(value, form="%.1f"):
    return "–" if value is None else form % value


def shape_table(kind, found, matmul):
    ours, theirs = VARIANTS[kind]
    times = {}
    for r in found:
        if r["kind"] == kind:  # the fastest of several rounds
            key = (r["variables"], r["length"], r["batch"], r["cells"], r["side"], r["variant"])
            times[key] = min(r["milliseconds"], times.get(key, r["milliseconds"]))
    shapes = sorted({key[:4] for key in times})
    if not shapes:
        return
    print("### %s, milliseconds per batch\n" % {"predict": "Prediction", "train": "Training"}[kind])
    rows = []
    for shape in shapes:
        java = [times.get((*shape, "java", variant)) for variant in ours]
        keras = [times.get((*shape, "keras", variant)) for variant in theirs]
        best = min((time for time in java if time), default=None)
        rate = best and flop(kind, *shape) / best / 1e6
        rows.append(["%d, %d, %d, %d" % shape, *map(number, java), *map(number, keras),
                     *(number(java[0] and time and time / java[0], "%.1f ×")
                       for variant, time in zip(theirs, keras) if variant in TITLES),
                     number(rate, "%.0f"), number(rate and matmul and 100 * rate / matmul, "%.0f %%")])
    print_table(["M, T, N, cells", *ours, *(TITLES.get(variant, variant) for variant in theirs),
                 *(TITLES[variant] + " / ours" for variant in theirs if variant in TITLES), "GFLOP/s", "of matmul"], rows)


def process_table(found):
    rows = []
    titles = {"first-prediction": "start to first prediction", "import": "start to a loaded file",
              "predict-file": "%(batch)d series of length %(length)d",
              "train-process": "training, %(batch)d series of length %(length)d, 20 epochs"}
    times = {}
    for r in found:
        if r["kind"] in titles:
            times.setdefault((r["kind"], titles[r["kind"]] % r), {})[r["side"]] = r
    for (_, title), sides in times.items():
        java, keras = sides["java"], sides["keras"]
        rows.append([title, "%.2f s" % (java["milliseconds"] / 1e3), "%.2f s" % (keras["milliseconds"] / 1e3),
                     "%.1f ×" % (keras["milliseconds"] / java["milliseconds"]),
                     "%d MB" % (java["kilobytes"] / 1024), "%d MB" % (keras["kilobytes"] / 1024)])
    if rows:
        print("### Whole processes\n")
        print_table(["", "ours", "Keras", "Keras / ours", "peak, ours", "peak, Keras"], rows)


def batch_table(found):
    times = {(r["length"], r["batch"]): r["milliseconds"] for r in found if r["kind"] == "batch-size"}
    sizes = sorted({batch for _, batch in times})
    if times:
        print("### Microseconds per series, by batch size\n")
        print_table(["T", *map(str, sizes)],
                    [[str(length), *(number(times.get((length, size)) and times[length, size] * 1e3, "%.0f")
                                     for size in sizes)] for length in sorted({length for length, _ in times})])


def main():
    found = list(records(sys.argv[1]))
    products = {r["side"]: MATMUL_FLOP / r["milliseconds"] / 1e6 for r in found if r["kind"] == "matmul"}
    for side, rate in sorted(products.items()):
        print("Matrix product of 2048², %s: %.0f GFLOP/s\n" % ({"java": "ours", "keras": "Python"}[side], rate))
    for kind in VARIANTS:
        shape_table(kind, found, products.get("java"))
    process_table(found)
    reading = {r["variant"]: r["milliseconds"] for r in found if r["kind"] == "reading"}
    if reading:
        print("Reading 100 MB of UCR text: %.0f ms; its bytes read and split into fields once: %.0f ms; %.1f ×\n"
              % (reading["dataset"], reading["fields"], reading["dataset"] / reading["fields"]))
    for r in found:
        if r["kind"] == "flat-memory":
            print("Memory after 20,000 %s: %d MB, %+d kB over the last 10,000\n"
                  % ({"predict": "predictions", "training": "steps of training"}[r["variant"]], r["kilobytes"] / 1024, r["growth_kilobytes"]))
    batch_table(found)


if __name__ == "__main__":
    main()
