"""Scores models in float32 and in bfloat16: a line of JSON for each.

    python bench_precision.py ROOT [FOLDER OF TRAININGS…]

The models are those of keras-weights/ on the datasets of testdata/, those of ../shared/reference/ucr/ on its datasets,
where it is at hand, and the trainings below the folders that are named, as those of "make reproduce". One model of each
dataset is taken. Nothing is printed where the processor has no instructions for bfloat16.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

SERIES = '128'    # at once, where the time is measured


def originals(root, weights, data):
    """Of weights in folders named as 2017-lstmfcn-8-CBF: the dataset, and what evaluate is told."""
    for file in sorted(weights.glob('20*-*lstmfcn-*/weights.h5')):
        year, kind, _, dataset = file.parent.name.split('-', 3)
        if (data / dataset).is_dir():
            told = ['--data', str(data), '--set', dataset, '--labels', 'upstream']
            told += ['--normalize', 'sample'] if year == '2019' else []
            told += ['--attention', 'across-batch'] if (year, kind) == ('2019', 'alstmfcn') else []
            yield dataset, file, told


def trainings(folder):
    for description in sorted(folder.rglob('run.json')):
        if (description.parent / 'metrics.json').exists():
            run = json.loads(description.read_text())
            yield run['set'], description.parent, ['--test', run['test']['path']]


def models(root, folders):
    shared = root / '../shared'
    yield from originals(root, root / 'keras-weights', root / 'testdata')
    yield from originals(root, shared / 'reference/ucr', shared / 'ucr/2018')
    for folder in folders:
        yield from trainings(folder)


def answers(command, *told):
    """The result as JSON, and the probabilities of each series; None if bfloat16 is refused."""
    with tempfile.TemporaryDirectory() as work:
        file = pathlib.Path(work) / 'predictions.csv'
        run = subprocess.run([*command, 'evaluate', *told, '--json', '--predictions', str(file), '--quiet'],
                             stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if run.returncode != 0:
            if 'avx512_bf16' in run.stderr:
                return None
            raise SystemExit(run.stderr)
        with open(file, newline='', encoding='utf-8') as rows:
            return json.loads(run.stdout), [
                (row['predicted'], [float(row[name]) for name in row if name.startswith('probability')])
                for row in csv.DictReader(rows)]


def milliseconds(command, weights, precision):
    run = subprocess.run([*command, 'tune', '--weights', str(weights), '--batch-sizes', SERIES, '--precision', precision,
                          '--json'], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return min(json.loads(run.stdout)[SERIES].values())


def main():
    root = pathlib.Path(sys.argv[1])
    command = [str(root / 'bin/lstmfcn')]
    seen = set()
    for dataset, weights, told in models(root, map(pathlib.Path, sys.argv[2:])):
        if dataset in seen:
            continue
        seen.add(dataset)
        told = ['--weights', str(weights), *told]
        single, half = (answers(command, *told, '--precision', precision) for precision in ('float32', 'bfloat16'))
        if half is None:
            return
        pairs = list(zip(single[1], half[1]))
        differences = [abs(a - b) for one, other in pairs for a, b in zip(one[1], other[1])]
        print(json.dumps({
            'kind': 'precision', 'dataset': dataset, 'network': '%s, %d cells' % (single[0]['kind'], single[0]['cells']),
            'total': single[0]['total'], 'float32': single[0]['correct'], 'bfloat16': half[0]['correct'],
            'others': sum(one[0] != other[0] for one, other in pairs),
            'mean': sum(differences) / len(differences), 'largest': max(differences),
            **{'milliseconds_' + precision: milliseconds(command, weights, precision)
               for precision in ('float32', 'bfloat16')}}), flush=True)


if __name__ == '__main__':
    main()
