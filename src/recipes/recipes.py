"""Trains by several recipes on the same datasets with the same seeds and compares the accuracies on TEST.

    python recipes.py --data ../shared/ucr/2018 --lstmfcn bin/lstmfcn --work target/recipes --out docs/recipes.md

Every run is scored twice, with the weights that its recipe keeps and with those after its last epoch. A run that is in
the work folder already is not trained again. Python's standard library is enough.
"""
import argparse
import csv
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import time

DATASETS = (
    'ArrowHead Beef BeetleFly BirdChicken CBF Coffee DiatomSizeReduction ECG200 ECGFiveDays FaceFour GunPoint '
    'ItalyPowerDemand MoteStrain OliveOil Plane ShapeletSim SmoothSubspace SonyAIBORobotSurface1 '
    'SonyAIBORobotSurface2 ToeSegmentation1 ToeSegmentation2 TwoLeadECG Wine').split()

RECIPES = {'standard': ['--recipe', 'standard'], '2019': ['--recipe', '2019']}


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
    """Correct on TEST with the kept and with the last weights, series of TEST, kept epoch, seconds."""
    folder = options.work / recipe / dataset / ('seed%d' % seed)
    result = folder.with_suffix('.json')
    if result.exists():
        return json.loads(result.read_text())
    if folder.exists():
        shutil.rmtree(folder)
    started = time.monotonic()
    commands.run('train', *RECIPES[recipe], '--data', options.data, '--set', dataset, '--epochs', options.epochs,
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', type=pathlib.Path, required=True)
    parser.add_argument('--classpath', required=True)
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--out', type=pathlib.Path)
    parser.add_argument('--datasets', nargs='+', default=DATASETS)
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--epochs', type=int, default=200)
    options = parser.parse_args()
    commands = Commands(options.classpath)
    for seed in range(options.seeds):
        for dataset in options.datasets:
            for recipe in RECIPES:
                found = score(options, commands, recipe, dataset, seed)
                print(seed, dataset, recipe, found, flush=True)


if __name__ == '__main__':
    main()
