"""Trains by the default recipe and by that of 2019 on the same datasets and compares the accuracies on TEST.

    python recipes.py --data ../shared/ucr/2018 --classpath ... --work target/recipes --out docs/recipes.md

Every run is scored twice: with the weights that its recipe keeps, and with those after its last epoch. A run whose
score is in the work folder is not trained again. Exit status 1 if the default is worse than the better of the recipe of
2019 and its last epoch by more than chance (Wilcoxon's signed-rank test over the datasets, p < .05), or ends more than
.15 below a last epoch on any dataset. Python's standard library is enough.
"""
import argparse
import itertools
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

# The 20 smallest of the archive at hand by series x length, but for those with missing values.
DATASETS = (
    'SonyAIBORobotSurface1 ItalyPowerDemand MoteStrain SonyAIBORobotSurface2 TwoLeadECG SmoothSubspace ECGFiveDays CBF '
    'DiatomSizeReduction GunPoint Coffee FaceFour ArrowHead ECG200 ShapeletSim BeetleFly BirdChicken ToeSegmentation1 '
    'ToeSegmentation2 Wine').split()
RECIPES = 'standard', '2019'
METHODS = {
    'standard': ('standard', 'kept'), "standard's last epoch": ('standard', 'last'),
    '2019': ('2019', 'kept'), "2019's last epoch": ('2019', 'last')}
SIGNIFICANCE = .05
FAR = .15


class Commands:
    """The command line, in one process for all commands."""

    def __init__(self, classpath):
        self.process = subprocess.Popen(
            ['java', '-XX:+UseSerialGC', '-cp', classpath, 'io.github.lstmfcn.cli.Commands'], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=dict(os.environ, TF_NUM_INTRAOP_THREADS='1', TF_CPP_MIN_LOG_LEVEL='3'))

    def run(self, *arguments):
        """What the command prints."""
        self.process.stdin.write('\t'.join(map(str, arguments)) + '\n')
        self.process.stdin.flush()
        exit_code, lines = self.process.stdout.readline().split()
        printed = ''.join(self.process.stdout.readline() for _ in range(int(lines)))
        if exit_code != '0':
            raise SystemExit('%s\n%s' % (' '.join(map(str, arguments)), printed))
        return printed


def score(options, commands, recipe, dataset, seed):
    """Correct on TEST with the kept and with the last weights, of how many; the kept epoch, accuracy on TRAIN, time."""
    folder = options.work / ('%d-epochs' % options.epochs) / recipe / dataset / ('seed%d' % seed)
    result = folder.with_suffix('.json')
    if result.exists():
        return json.loads(result.read_text())
    if folder.exists():
        shutil.rmtree(folder)
    started = time.monotonic()
    commands.run('train', '--recipe', recipe, '--data', options.data, '--set', dataset, '--epochs', options.epochs,
                 '--seed', seed, '--quiet', '--out', folder)
    seconds = time.monotonic() - started
    metrics = json.loads((folder / 'metrics.json').read_text())
    last = json.loads(commands.run('evaluate', '--weights', folder / 'weights-last.h5', '--data', options.data, '--set',
                                   dataset, '--normalize', 'sample', '--json'))
    found = {
        'kept': metrics['test']['correct'], 'last': last['correct'], 'total': metrics['test']['total'],
        'epoch': metrics['best_epoch'], 'epochs': metrics['epochs'], 'train': metrics['train']['accuracy'],
        'seconds': seconds,
    }
    result.write_text(json.dumps(found))
    shutil.rmtree(folder)
    return found


def signed_rank(differences):
    """Two-sided p of Wilcoxon's test: exact, given the ranks, of differences that are not 0."""
    values = sorted((d for d in differences if d), key=abs)
    ranks = average_ranks([abs(d) for d in values])
    doubled = [round(2 * rank) for rank in ranks]    # whole numbers in spite of ties
    counts = [1] + [0] * sum(doubled)    # of the 2 ** n choices of signs, how many have each sum
    for rank in doubled:
        for total in range(len(counts) - 1, rank - 1, -1):
            counts[total] += counts[total - rank]
    positive = sum(rank for rank, d in zip(doubled, values) if d > 0)
    tail = min(positive, sum(doubled) - positive)
    return min(1., 2 * sum(counts[:tail + 1]) / 2 ** len(doubled))


def average_ranks(values):
    """From 1 for the least; equal values share the mean of their ranks."""
    ordered = sorted(values)
    return [statistics.mean((ordered.index(v) + 1, len(ordered) - ordered[::-1].index(v))) for v in values]


def shape(data, name):
    """Series, length and classes of TRAIN."""
    rows = [line.split('\t') for line in (data / name / (name + '_TRAIN.tsv')).read_text().splitlines()]
    return len(rows), len(rows[0]) - 1, len({row[0] for row in rows})


def markdown(options, scores):
    """The page, and whether the default is good enough."""
    accuracies = {
        method: {
            dataset: statistics.mean(run[which] / run['total'] for run in scores[recipe, dataset])
            for dataset in options.datasets}
        for method, (recipe, which) in METHODS.items()}
    ranks = {method: [] for method in METHODS}
    for dataset in options.datasets:
        for method, rank in zip(METHODS, average_ranks([-accuracies[method][dataset] for method in METHODS])):
            ranks[method].append(rank)
    means = {method: statistics.mean(accuracies[method].values()) for method in METHODS}
    lines = ['| dataset | TRAIN | length | classes | ' + ' | '.join(METHODS) + ' | kept epochs | 2019 kept |',
             '|---' * (len(METHODS) + 6) + '|']
    for dataset in options.datasets:
        lines.append('| %s | %d | %d | %d | %s | %s | %s |' % (
            dataset, *shape(options.data, dataset),
            ' | '.join('%.4f' % accuracies[method][dataset] for method in METHODS),
            *(', '.join(str(run['epoch']) for run in scores[recipe, dataset]) for recipe in RECIPES)))
    lines += ['', '| | mean accuracy | mean rank | wins, ties, losses of standard | p |', '|---|---|---|---|---|']
    p = {}
    for method in METHODS:
        differences = [round(accuracies['standard'][d] - accuracies[method][d], 9) for d in options.datasets]
        p[method] = signed_rank(differences)
        beside = '| | |' if method == 'standard' else '| %d, %d, %d | %.2g |' % (
            sum(d > 0 for d in differences), sum(d == 0 for d in differences), sum(d < 0 for d in differences), p[method])
        lines.append('| %s | %.4f | %.3f %s' % (method, means[method], statistics.mean(ranks[method]), beside))
    falls = {
        (dataset, method): accuracies[method][dataset] - accuracies['standard'][dataset]
        for dataset, method in itertools.product(options.datasets, METHODS) if 'last' in method}
    (dataset, method), fall = max(falls.items(), key=lambda item: item[1])
    lines += ['', 'Furthest below a last epoch: %s, by %.4f (%s).' % (dataset, max(fall, 0), method)]
    seconds = {recipe: sum(run['seconds'] for dataset in options.datasets for run in scores[recipe, dataset])
               for recipe in RECIPES}
    lines += ['', 'Time of all runs: standard %.2f times that of 2019.' % (seconds['standard'] / seconds['2019'])]
    better = max(('2019', "2019's last epoch"), key=means.get)
    worse = means['standard'] < means[better] and p[better] < SIGNIFICANCE
    return '\n'.join(lines) + '\n', not worse and fall <= FAR


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', type=pathlib.Path, required=True)
    parser.add_argument('--classpath', required=True)
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--out', type=pathlib.Path, help='a page whose last table and all behind it are replaced')
    parser.add_argument('--datasets', nargs='+', default=DATASETS)
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--epochs', type=int, default=100)
    options = parser.parse_args()
    commands = Commands(options.classpath)
    scores = {}
    for seed, dataset, recipe in itertools.product(range(options.seeds), options.datasets, RECIPES):
        found = score(options, commands, recipe, dataset, seed)
        scores.setdefault((recipe, dataset), []).append(found)
        print('%s, seed %d, %s: epoch %d of %d, %d/%d; last epoch %d' % (
            dataset, seed, recipe, found['epoch'], found['epochs'], found['kept'], found['total'], found['last']),
            file=sys.stderr, flush=True)
    table, good = markdown(options, scores)
    print(table)
    if options.out:
        head = options.out.read_text().rsplit('\n| dataset |', 1)[0]
        machine = 'Measured on: %s, %d processors; %s; Python %s.\n' % (
            processor(), os.cpu_count(), ', '.join(commands.run('--version').splitlines()[1:]),
            platform.python_version())
        head = '\n'.join(line for line in head.splitlines() if not line.startswith('Measured on: ')).rstrip('\n')
        options.out.write_text(head + '\n\n' + machine + '\n' + table)
    return 0 if good else 1


def processor():
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            return line.split(':')[1].strip()
    return platform.machine()


if __name__ == '__main__':
    sys.exit(main())
