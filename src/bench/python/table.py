"""Joins a folder of measurements into Markdown tables.

usage: table.py FOLDER      *.jsonl: one record per line; *.jmh.json: JMH's own

A record has side (java, keras, onnx), kind (predict, train, …), variant, variables, length, batch, cells and milliseconds
(the median). Those of kind machine say on what a part was measured.
JMH's class gives the kind, its method the variant: TrainingBenchmark.step is train, step.
"""
import glob
import json
import os
import sys

KINDS = {"PredictionBenchmark": "predict", "TrainingBenchmark": "train", "MatmulBenchmark": "matmul",
         "ReadingBenchmark": "reading", "BatchSizeBenchmark": "batch-size", "ValidationBenchmark": "validation"}
MATMUL_FLOP = 2 * 2048 ** 3
PASSES = {"predict": 1, "train": 3}  # forward; backward twice as much again
VARIANTS = {  # ours, theirs; the first of ours makes the ratios, to those of theirs that TITLES has
    "predict": (["facade", "folded", "exact"], ["keras", "keras-jit", "raw", "raw-jit"]),
    "train": (["epoch", "step"], ["keras", "keras-kept", "keras-jit", "raw", "raw-jit"])}

PRECISIONS = "float32", "bfloat16"
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
            "cells": cells, "sizes": parameters.get("sizes")}


def flop(kind, variables, length, batch, cells):
    """Of the convolutions and the LSTM's kernel; the rest is under a percent."""
    convolutions = 2 * (8 * variables * 128 + 5 * 128 * 256 + 3 * 256 * 128)
    return PASSES[kind] * batch * length * (convolutions + 2 * 4 * cells * variables)


def print_head(title, part, found):
    print("### %s\n" % title)
    for r in found:
        if r["kind"] == "machine" and r["part"] == part:
            print("%s\n" % r["machine"])


def least(found, kind, *keys):
    """The least milliseconds of a kind by the values of some keys: the fastest of several rounds."""
    times = {}
    for r in found:
        if r["kind"] == kind:
            key = tuple(r[name] for name in keys)
            times[key] = min(r["milliseconds"], times.get(key, r["milliseconds"]))
    return times


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
    times = least(found, kind, "variables", "length", "batch", "cells", "side", "variant")
    shapes = sorted({key[:4] for key in times})
    if not shapes:
        return
    print_head("%s, milliseconds per batch" % {"predict": "Prediction", "train": "Training"}[kind], "shapes", found)
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


def peer_table(found):
    times = least(found, "peer", "length", "batch", "variant")
    ours = ["facade", "direct", "winograd-4", "winograd-6", "exact"]
    rows = []
    for length, batch in sorted({key[:2] for key in times}):
        java = [times[length, batch, variant] for variant in ours]
        onnx = times[length, batch, "onnx"]
        rows.append(["%d, %d" % (length, batch), *(number(time, "%.2f") for time in (*java, onnx)),
                     number(onnx / java[0], "%.2f ×"), number(java[0] / min(java), "%.2f ×")])
    if rows:
        print_head("Beside ONNX Runtime, milliseconds per batch", "peers", found)
        print_table(["T, N", *ours, "ONNX Runtime", "ONNX Runtime / facade", "facade / fastest of ours"], rows)


def load_table(found):
    best = {}  # the round with most predictions
    for r in found:
        if r["kind"] == "load":
            key = (r["length"], r["callers"], r["variant"])
            best[key] = max(r, best.get(key, r), key=lambda other: other["per_second"])
    variants = {"ours": "ours", "ours-caller": "ours, in the caller", "ours-batching": "ours, in batches",
                "onnx": "ONNX Runtime", "onnx-caller": "ONNX Runtime, in the caller"}
    rows = []
    for length, callers in sorted({key[:2] for key in best}):
        for variant, title in variants.items():
            r = best[length, callers, variant]
            rows.append(["%d, %d" % (length, callers), title, "%.0f" % r["per_second"],
                         "%.2f" % r["milliseconds"], "%.2f" % r["high"]])
    if rows:
        print_head("Under load: threads that predict single series with one model", "load", found)
        print_table(["T, threads", "model", "series per second", "median, ms", "99th percentile, ms"], rows)


def validation_table(found):
    times = least(found, "validation", "sizes", "variant")
    rows = []
    for sizes in sorted({key[0] for key in times}, key=lambda sizes: int(sizes.split("x")[0])):
        variants = ["validated", "unvalidated", "keras", "keras-kept", "raw"]
        ours, without, *theirs = (times.get((sizes, variant)) for variant in variants)
        rows.append([", ".join(sizes.split("x")), *map(number, (ours, without, *theirs)),
                     *(number(ours and time and time / ours, "%.1f ×") for time in theirs)])
    if rows:
        print_head("Training that is scored on TEST, milliseconds per epoch", "validation", found)
        print_table(["T, TRAIN, TEST, batch, cells", "epoch", "without TEST", "Keras", "Keras, kept", "raw", "Keras / ours",
                     "Keras, kept / ours", "raw / ours"], rows)


def process_table(found):
    titles = {"first-prediction": "start to first prediction", "import": "start to a loaded file",
              "predict-file": "%(batch)d series of length %(length)d",
              "train-process": "training, %(batch)d series of length %(length)d, 20 epochs"}
    times = {}
    for r in found:
        if r["kind"] in titles:
            times.setdefault(titles[r["kind"]] % r, {})[r["side"]] = r
    rows = []
    for title, sides in times.items():
        java, keras, onnx = (sides.get(side) for side in ("java", "keras", "onnx"))
        rows.append([title, *(number(side and side["milliseconds"] / 1e3, "%.2f s") for side in (java, keras, onnx)),
                     "%.1f ×" % (keras["milliseconds"] / java["milliseconds"]),
                     *(number(side and side["kilobytes"] / 1024, "%.0f MB") for side in (java, keras, onnx))])
    if rows:
        print_head("Whole processes", "processes", found)
        print_table(["", "ours", "Keras", "ONNX Runtime", "Keras / ours", "peak, ours", "peak, Keras",
                     "peak, ONNX Runtime"], rows)


def jobs_table(found):
    times = least(found, "jobs", "variant", "runs", "epochs")
    if times:
        print_head("Trainings per hour", "jobs", found)
        print_table(["--jobs", "trainings", "epochs each", "seconds", "per hour"],
                    [[jobs, str(runs), str(epochs), number(time / 1e3), "%.0f" % (runs * 3.6e6 / time)]
                     for (jobs, runs, epochs), time in sorted(times.items())])


def precision_table(found):
    rows = [[r["dataset"], r["network"], *("%d/%d" % (r[precision], r["total"]) for precision in PRECISIONS),
             str(r["others"]), "%.5f" % r["mean"], "%.4f" % r["largest"],
             *(number(r["milliseconds_" + precision]) for precision in PRECISIONS),
             number(r["milliseconds_float32"] / r["milliseconds_bfloat16"], "%.1f ×")]
            for r in sorted(found, key=lambda r: r.get("dataset", "")) if r["kind"] == "precision"]
    if rows:
        print_head("float32 and bfloat16", "precision", found)
        print_table(["dataset", "network", "correct, float32", "bfloat16", "series of another class",
                     "mean difference of probabilities", "largest", "ms for 128 series, float32", "bfloat16",
                     "float32 / bfloat16"], rows)


def batch_table(found):
    times = {(r["length"], r["batch"]): r["milliseconds"] for r in found if r["kind"] == "batch-size"}
    sizes = sorted({batch for _, batch in times})
    if times:
        print_head("Microseconds per series, by batch size", "batch", found)
        print_table(["T", *map(str, sizes)],
                    [[str(length), *(number(times.get((length, size)) and times[length, size] * 1e3, "%.0f")
                                     for size in sizes)] for length in sorted({length for length, _ in times})])


def reading_line(found):
    reading = {r["variant"]: r["milliseconds"] for r in found if r["kind"] == "reading"}
    if reading:
        print_head("Reading", "reading", found)
        print("Reading 100 MB of UCR text: %.0f ms; its bytes read and split into fields once: %.0f ms; %.1f ×\n"
              % (reading["dataset"], reading["fields"], reading["dataset"] / reading["fields"]))


def memory_lines(found):
    kinds = {"predict": "predictions", "training": "steps of training"}
    lines = [r for r in found if r["kind"] == "flat-memory"]
    if lines:
        print_head("Memory over time", "memory", found)
    for r in lines:
        print("Memory after 20,000 %s: %d MB, %+d kB over the last 10,000\n"
              % (kinds[r["variant"]], r["kilobytes"] / 1024, r["growth_kilobytes"]))


def main():
    found = list(records(sys.argv[1]))
    products = {r["side"]: MATMUL_FLOP / r["milliseconds"] / 1e6 for r in found if r["kind"] == "matmul"}
    if products:
        print_head("Matrix product of 2048²", "shapes", found)
        print("In Java %.0f GFLOP/s, in Python %.0f\n" % (products["java"], products["keras"]))
    for kind in VARIANTS:
        shape_table(kind, found, products.get("java"))
    for table in (peer_table, load_table, validation_table, process_table, jobs_table, precision_table, reading_line,
                  memory_lines, batch_table):
        table(found)


if __name__ == "__main__":
    main()
