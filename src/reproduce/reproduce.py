"""Trains the networks of the published tables anew, stores the results and draws docs/reproduction.md from them.

    python reproduce.py --root . --data ../shared/ucr/2018

Runs are folders of train-all below --work. The result of a finished one is a line of src/reproduce/results/recipe-2017.csv
or recipe-2019.csv, which "lstmfcn report" reads; a dataset and network that has a line is not trained again. Exit status 1
if a training failed. Python's standard library is enough.
"""
import argparse
import csv
import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import platform
import re
import signal
import subprocess
import sys

MODELS = {'lstm-fcn': 'LSTM-FCN', 'alstm-fcn': 'ALSTM-FCN'}
RECIPES = '2017', '2019'
EPOCHS_2019, BATCH_SIZE_2019 = 2000, 128    # of every dataset
COLUMNS = {'2017': ('lstm_fcn', 'alstm_fcn'), '2019': ('lstm_fcn_train_loss_checkpoint', 'alstm_fcn_train_loss_checkpoint')}
FIELDS = ('dataset model cells seed epochs batch_size selected_epoch selected_on classes correct total train_series '
          'train_file test_file seconds threads processor program train_sha256').split()
CONVOLUTIONS = 2 * (8 * 128 + 5 * 128 * 256 + 3 * 256 * 128)    # operations per step
RATE = 100.    # 10⁹ operations a second, rather fewer than a core of AMD EPYC without other work at lengths of 144 and 286
FEWEST_SETS = 6    # for a test
PICTURE = '''## The published tables, trained anew

    lstmfcn report src/reproduce/results/recipe-2017.csv --published --out docs/gallery/reproduction.png --force

![Mean ranks of the networks trained here among the published columns](gallery/reproduction.png)

LSTM-FCN and ALSTM-FCN as this program trains them, among the published columns, on the datasets that all of them have:
[reproduction.md](reproduction.md). A bar joins what was not found to differ.'''


@dataclasses.dataclass(frozen=True)
class Run:
    """A training that the published table has a figure of."""
    dataset: str
    model: str
    cells: int
    epochs: int
    batch_size: int
    length: int
    train: int
    test: int
    recipe: str
    splits: str    # the archive whose TRAIN and TEST these are

    def operations(self):
        """Of the convolutions and the LSTM's kernel: a training step takes three times a prediction."""
        validated = self.test if self.recipe == '2017' else 0
        return self.epochs * (3 * self.train + validated) * self.length * (CONVOLUTIONS + 8 * self.cells)

    def hours(self, rate):
        return self.operations() / (rate * 1e9) / 3600

    def key(self, seed):
        return self.dataset, MODELS[self.model], str(seed)

    def settings(self):
        """How it was trained as published: the recipe of run.json, but for the seed."""
        first = self.recipe == '2017'
        across_batch = not first and self.model == 'alstm-fcn'
        return {
            'schedule': {'epochs': self.epochs, 'batchSize': self.batch_size, 'shuffle': True,
                         'earlyStopping': {'patience': 2 ** 31 - 1, 'minDelta': 0.}},
            'optimization': {
                'adam': {'learningRate': 1e-3, 'beta1': .9, 'beta2': .999, 'epsilon': 1e-8 if first else 1e-7},
                'reduceLrOnPlateau': {'patience': 100, 'factor': .7937005259840997, 'minLr': 1e-4, 'minDelta': 1e-4, 'cooldown': 0},
                'classWeight': 'NONE', 'freeze': 'none'},
            'layers': {'dropout': .8, 'attentionScope': 'across-batch' if across_batch else 'per-series', 'preciseBatchNorm': False},
            'selection': {'monitor': 'val_accuracy' if first else 'loss', 'saveBestOnly': True},
            'validation': {'validatedOn': 'TEST' if first else 'NONE', 'validationSplit': .2, 'fold': None},
            'inputs': {'normalization': 'NONE' if first else 'SAMPLE', 'labelEncoding': 'SORTED'},
            'kerasRelease': '2.0.8' if first else '2.2.5'}


class Damage(Exception):
    """A file that is not as it should be."""


def read_csv(path):
    with open(path, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def read_json(path):
    try:
        return json.loads(path.read_text(encoding='utf-8'))
    except (OSError, ValueError) as damage:
        raise Damage('expected a JSON document in %s, found none: %s' % (path, damage)) from None


def flat(value, name):
    """The values of a document, by their names."""
    if not isinstance(value, dict):
        return {name: value}
    return {path: found for key, part in value.items() for path, found in flat(part, name + '.' + key).items()}


def table_one(root, recipe, models):
    """The trainings behind the published figures, the cheapest first, and the names of each dataset's files."""
    resources = root / 'src/main/resources/io/github/lstmfcn'
    reported = {row['id']: row for row in read_csv(resources / 'verification/reported-accuracy.csv')}
    runs, names = [], {}
    for row in read_csv(resources / 'data/ucr-datasets.csv'):
        for model, column in zip(MODELS, COLUMNS[recipe]):
            if model not in models or not reported.get(row['id'], {}).get(column):
                continue
            exchanged = row['train_test_swapped_in_2015'] == 'yes'
            # Table 1 was measured on the archive of 2015; of the other table it shows by what its figures are shares of.
            of_2018 = recipe == '2019' and exchanged and is_share(reported[row['id']][column], int(row['test_2018']))
            sizes = ('test_2018', 'train_2018') if exchanged and not of_2018 else ('train_2018', 'test_2018')
            train, test = (int(row[size]) for size in sizes)
            published = recipe == '2017'
            names[row['archive_2018_name']] = [n for n in (row['archive_2018_name'], row['archive_2015_name']) if n]
            runs.append(Run(
                row['archive_2018_name'], model, int(row['cells_' + model.replace('-', '') + '_2017']),
                int(row['epochs_2017']) if published else EPOCHS_2019,
                int(row['batch_size_2017']) if published else BATCH_SIZE_2019,
                int(row['length']), train, test, recipe, '2018' if of_2018 else '2015'))
    return sorted(runs, key=Run.operations), names


def is_share(figure, total):
    """As ReportedFigure.isShareOf: to the four digits that are printed, some truncated."""
    return abs(float(figure) - round(float(figure) * total) / total) <= 1.01e-4


def is_at_hand(data, names):
    return any((data / name).is_dir() or any(data.glob(name + '_TRAIN*')) for name in names)


class Store:
    """The stored results of a recipe."""

    def __init__(self, path):
        self.path = path

    def rows(self):
        if not self.path.exists():
            return {}
        rows = read_csv(self.path)
        for number, row in enumerate(rows, 2):
            if list(row) != FIELDS or None in row.values():
                raise SystemExit('reproduce: %s: line %d: expected %d fields as in its first line; restore it from the repository' % (
                    self.path, number, len(FIELDS)))
        return {(row['dataset'], row['model'], row['seed']): row for row in rows}

    def add(self, found):
        """Adds rows that are not stored, and says how many."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.path.parent):    # another process may add some
            rows = self.rows()
            new = [row for row in found if (row['dataset'], row['model'], row['seed']) not in rows]
            if new:
                rows.update({(row['dataset'], row['model'], row['seed']): row for row in new})
                unfinished = self.path.with_suffix('.unfinished')
                with open(unfinished, 'w', newline='', encoding='utf-8') as file:
                    table = csv.DictWriter(file, FIELDS, lineterminator='\n')
                    table.writeheader()
                    table.writerows(rows[key] for key in sorted(rows))
                os.replace(unfinished, self.path)
            return len(new)


@contextlib.contextmanager
def locked(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)    # until it is closed
        yield
    finally:
        os.close(descriptor)


def collect(folder, runs, seed, say, machine=None):
    """The results of the finished runs of all folders of train-all below a folder, which is only read."""
    wanted = {run.key(seed): run for run in runs}
    found = []
    for table in sorted(folder.rglob('runs.csv')):
        for row in read_csv(table):
            if row.get('status') != 'finished':
                continue
            path = table.parent / (row.get('folder') or '')
            run = wanted.get((row.get('set'), row.get('model'), row.get('seed')))
            if run is None:
                say('left out %s: not a training that is asked for' % path)
                continue
            try:
                result, reason = result_of(run, row, path, machine or processor())
            except (Damage, KeyError, TypeError, ValueError) as damage:
                result, reason = None, 'damaged: %s' % (damage if isinstance(damage, Damage) else repr(damage))
            if result:
                found.append(result)
            else:
                say('left out %s: %s' % (path, reason))
    return found


def result_of(run, row, path, machine):
    """The result of a finished run, or why it is none."""
    description = read_json(path / 'run.json')
    metrics = read_json(path / 'metrics.json')
    if description['recipe']['kerasRelease'] != run.settings()['kerasRelease']:
        return None, 'of another recipe'
    differences = unlike(run, description, metrics)
    if differences:
        return None, ', '.join(differences)
    return {
        'dataset': run.dataset, 'model': row['model'], 'cells': run.cells, 'seed': row['seed'],
        'epochs': metrics['epochs'], 'batch_size': run.batch_size, 'selected_epoch': metrics['best_epoch'],
        'selected_on': metrics['chosen_on'], 'classes': metrics['classes'],
        'correct': metrics['test']['correct'], 'total': metrics['test']['total'],
        'train_series': metrics['train']['total'], 'train_file': pathlib.Path(description['train']['path']).name,
        'test_file': pathlib.Path(description['test']['path']).name, 'seconds': '%.1f' % float(row['seconds']),
        'threads': description['threads'], 'processor': machine, 'program': description['lstmfcn'],
        'train_sha256': description['train']['sha256'],
    }, None


def unlike(run, description, metrics):
    """How a training differs from the published one, by its settings and by the series that it was scored on."""
    recipe = dict(description['recipe'], seed=None)
    found, published = flat(recipe, 'recipe'), flat(dict(run.settings(), seed=None), 'recipe')
    pairs = {
        'cells': (description['cells'], run.cells), 'gates': (description['gates'], 'hard_sigmoid'),
        'initial weights': (description['initial'], None), 'precision': (description.get('precision', 'float32'), 'float32'),
        **{name: (found.get(name, 'none'), published.get(name, 'none')) for name in {**published, **found}},
        'epochs': (metrics['epochs'], run.epochs),
        'selected on': (metrics['chosen_on'], 'TEST' if run.recipe == '2017' else 'TRAIN'),
        'series of TRAIN': (metrics['train']['total'], run.train),
        'series of TEST': ((metrics['test'] or {}).get('total'), run.test),
    }
    return ['%s %s instead of %s' % (name, found, expected) for name, (found, expected) in pairs.items() if found != expected]


def processor():
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines() if os.path.exists('/proc/cpuinfo') else ():
        if line.startswith('model name'):
            return line.split(':')[1].strip()
    return platform.machine()


def train(options, run, folder, *more):
    """Trains, or continues, with more options of train-all if given; says whether it went well."""
    command = ['nice', '-n', '19', options.lstmfcn, 'train-all', '--recipe', run.recipe, '--model', run.model, '--data',
               str(options.data), '--sets', run.dataset, '--splits', run.splits, '--seed', str(options.seed), '--jobs', '1',
               '--precision', 'float32', '--quiet', '--out', str(folder), *more]
    if run.recipe == '2019' and run.model == 'alstm-fcn':
        command += ['--attention', 'across-batch']    # as published
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        return process.wait() == 0
    except KeyboardInterrupt:    # the training has it as well
        process.wait()
        raise
    finally:
        if process.poll() is None:
            process.terminate()    # it ends after its epoch
            process.wait()


def report(options, store, *arguments):
    command = [options.lstmfcn, 'report', str(store.path), *arguments, '--force']
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        raise SystemExit('reproduce: the report of %s failed, as is said above' % store.path)


def draw(options, recipe, store, runs, names):
    """Replaces the part of the page that is about a recipe."""
    document = options.work / ('report-%s.json' % recipe)
    document.parent.mkdir(parents=True, exist_ok=True)
    report(options, store, '--out', str(document))
    stored = store.rows()
    left_out = missing(options, runs, names, stored)
    numbers = read_json(document)
    text = markdown(numbers, runs, stored, left_out, options.seed)
    replace(options.page, 'recipe ' + recipe, text)
    if recipe == '2017' and min((row['sets'] for row in numbers['reported']), default=0) >= FEWEST_SETS:
        picture = options.page.parent / 'gallery' / 'reproduction.png'
        report(options, store, '--published', '--out', str(picture))
        replace(options.page.parent / 'gallery.md', 'reproduction', PICTURE)


def missing(options, runs, names, stored):
    """The datasets that a network was not trained on, by the reason."""
    reasons, waiting = {}, {}
    for run in runs:
        if run.key(options.seed) in stored:
            continue
        hours = run.hours(options.rate)
        if not is_at_hand(options.data, names[run.dataset]):
            reasons.setdefault('not among the data at hand', set()).add(run.dataset)
        elif hours > options.hours:
            reasons.setdefault('estimated to take more than %g h' % options.hours, set()).add(
                '%s (%.1f h)' % (run.dataset, hours))
        else:
            waiting.setdefault(run.dataset, []).append(MODELS[run.model])
    if waiting:
        reasons['not trained yet'] = {
            name if len(titles) == len(MODELS) else '%s (%s)' % (name, titles[0]) for name, titles in waiting.items()}
    return reasons


def markdown(numbers, runs, stored, left_out, seed):
    """The tables of a recipe, from the numbers of "lstmfcn report"."""
    found = {(result['set'], result['method']): result for result in numbers['results'] if result['difference'] is not None}
    lines = ['| | datasets | more, equal, fewer correct | within chance | mean difference | 95 % interval | Wilcoxon p | MPCE '
             '| reported MPCE |', '|---|---|---|---|---|---|---|---|---|']
    titles = list(MODELS.values())
    of_model = [row for row in numbers['reported'] if row['method'] in titles]
    for row in sorted(of_model, key=lambda row: titles.index(row['method'])):
        count = len({run.dataset for run in runs if MODELS[run.model] == row['method']})
        interval = '' if row['lower'] is None else '%+.4f to %+.4f' % (row['lower'], row['upper'])
        lines.append('| %s | %d of %d | %d, %d, %d | %d | %+.4f | %s | %s | %.4f | %.4f |' % (
            row['method'], row['sets'], count, row['more'], row['equal'], row['fewer'], row['within_chance'],
            row['mean_difference'], interval, '' if row['wilcoxon'] is None else '%.4f' % row['wilcoxon'],
            row['mean_per_class_error'], row['reported_mean_per_class_error']))
    models = [title for title in titles if any(method == title for _, method in found)]
    lines += ['', '| dataset | ' + ' | '.join('%s reported | ours | difference | p' % title for title in models) + ' |',
              '|---' * (1 + 4 * len(models)) + '|']
    for dataset in sorted({name for name, _ in found}):
        cells = [cell for title in models for cell in result_cells(found.get((dataset, title)))]
        lines.append('| %s | %s |' % (dataset, ' | '.join(cells)))
    for reason, sets in sorted(left_out.items()):
        lines += ['', '%s%s: %s.' % (reason[0].upper(), reason[1:], ', '.join(sorted(sets)))]
    return '\n'.join(lines + [''] + costs(runs, stored, seed))


def result_cells(result):
    if result is None:
        return [''] * 4
    p = '%.3g' % result['chance']
    return ['%d/%d, %.4f' % (result['reported_correct'], result['total'], result['reported']), '%d/%d' % (result['correct'], result['total']),
            '%+d' % result['difference'] if result['difference'] else '0', p if result['within_chance'] else '**%s**' % p]


def costs(runs, stored, seed):
    """What the trainings took, beside the operations that they are made of."""
    lines = ['| dataset | network | length | TRAIN | TEST | epochs | batch | 10¹² operations | seconds | 10⁹ operations a second |',
             '|---|---|---|---|---|---|---|---|---|---|']
    machines = set()
    for run in runs:
        row = stored.get(run.key(seed))
        if row:
            machines.add('%s, %s thread%s' % (row['processor'], row['threads'], '' if row['threads'] == '1' else 's'))
            lines.append('| %s | %s, %d cells | %d | %d | %d | %d | %d | %.1f | %.0f | %.0f |' % (
                run.dataset, MODELS[run.model], run.cells, run.length, run.train, run.test, run.epochs, run.batch_size,
                run.operations() / 1e12, float(row['seconds']), run.operations() / 1e9 / float(row['seconds'])))
    return ['Measured on: %s.' % '; '.join(sorted(machines)), ''] + lines


def replace(page, mark, text):
    """Replaces what is between two marks of a page."""
    begin, end = ('<!-- %s %s -->' % (word, mark) for word in ('begin', 'end'))
    parts = re.split('(?s)(?<=%s\n).*(?=%s)' % (begin, end), page.read_text(encoding='utf-8'))
    if len(parts) != 2:
        raise SystemExit('reproduce: expected %s and %s in %s' % (begin, end, page))
    page.write_text(parts[0] + '\n' + text + '\n\n' + parts[1], encoding='utf-8')


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog='src/reproduce/reproduce.sh',
        description='Trains the networks of the published tables anew, the cheapest first, stores the results and draws'
                    ' docs/reproduction.md. DATA in the environment names the folder of the UCR archive of 2018;'
                    ' ../shared/ucr/2018 unless set.')
    parser.add_argument('--root', type=pathlib.Path, required=True, help=argparse.SUPPRESS)    # both given by reproduce.sh
    parser.add_argument('--data', type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument('--recipe', choices=RECIPES, default='2017', help='%(default)s unless given')
    parser.add_argument('--models', nargs='+', choices=list(MODELS), default=list(MODELS), help='both unless given')
    parser.add_argument('--sets', nargs='+', help='names of the archive of 2018; all of the table unless given')
    parser.add_argument('--hours', type=float, default=1., help='runs estimated to take longer are left out and named; %(default)g unless given')
    parser.add_argument('--rate', type=positive, default=RATE,
                        help='10⁹ operations a second that estimates count on; %(default)g unless given')
    parser.add_argument('--seed', type=int, default=0, help='%(default)s unless given')
    parser.add_argument('--work', type=pathlib.Path, help='folder of the runs; target/reproduce unless given')
    parser.add_argument('--store', type=pathlib.Path, help='table of results; src/reproduce/results/ unless given')
    parser.add_argument('--page', type=pathlib.Path, help='docs/reproduction.md unless given')
    parser.add_argument('--lstmfcn', help='another command line than bin/lstmfcn')
    parser.add_argument('--list', action='store_true', help='print what would be trained, and train nothing')
    parser.add_argument('--collect', type=pathlib.Path, metavar='FOLDER',
                        help='store the finished runs of a folder of train-all, and train nothing')
    parser.add_argument('--processor', metavar='NAME', help="the processor that the runs of --collect were computed on; this machine's unless given")
    parser.add_argument('--draw', action='store_true', help='draw the page from what is stored, and train nothing')
    options = parser.parse_args(arguments)
    options.work = options.work or options.root / 'target/reproduce'
    options.store = options.store or options.root / ('src/reproduce/results/recipe-%s.csv' % options.recipe)
    options.page = options.page or options.root / 'docs/reproduction.md'
    options.lstmfcn = options.lstmfcn or str(options.root / 'bin/lstmfcn')
    return options


def positive(text):
    number = float(text)
    if not 0 < number < float('inf'):
        raise argparse.ArgumentTypeError('expected a number above 0, found ' + text)
    return number


def check_folder(folder, content, remedy=''):
    if not folder.is_dir():
        raise SystemExit('reproduce: expected a folder %s, found none: %s%s' % (content, folder, remedy))


def title(run, rate):
    return '%s, %s, %d cells: %.2f h by arithmetic' % (run.dataset, MODELS[run.model], run.cells, run.hours(rate))


def main(arguments):
    options = parse(arguments)
    runs, names = table_one(options.root, options.recipe, options.models)
    if options.sets:
        unknown = set(options.sets) - set(names)
        if unknown:
            raise SystemExit('reproduce: expected datasets of the table, found %s' % ', '.join(sorted(unknown)))
        runs = [run for run in runs if run.dataset in options.sets]
    store = Store(options.store)

    def say(text):
        print(text, file=sys.stderr, flush=True)

    if options.collect:
        check_folder(options.collect, 'of train-all')
        added = store.add(collect(options.collect, runs, options.seed, say, options.processor))
        say('%d results added to %s' % (added, options.store))
        return 0
    check_folder(options.data, 'of datasets', '; name that of the UCR archive of 2018 by DATA in the environment')
    if not options.page.is_file():
        raise SystemExit('reproduce: expected a page %s to draw into, found none; docs/reproduction.md is one' % options.page)
    if options.draw:
        if not store.rows():
            raise SystemExit('reproduce: expected results in %s, found none' % options.store)
        everything, names = table_one(options.root, options.recipe, list(MODELS))
        draw(options, options.recipe, store, everything, names)
        return 0
    at_hand = [run for run in runs if is_at_hand(options.data, names[run.dataset])]
    if not at_hand:
        raise SystemExit('reproduce: expected datasets of the table in %s, found none' % options.data)
    stored = store.rows()
    missing_runs = [run for run in at_hand if run.key(options.seed) not in stored]
    short = [run for run in missing_runs if run.hours(options.rate) <= options.hours]
    if options.list:
        for run in missing_runs:
            print(('' if run in short else 'left out ') + title(run, options.rate))
        print('%d of %d results are stored; %d to train: %.1f h by arithmetic' % (
            len(at_hand) - len(missing_runs), len(at_hand), len(short), sum(run.hours(options.rate) for run in short)))
        return 0
    failed = False
    for run in missing_runs:
        if run not in short:
            say('left out ' + title(run, options.rate))
            continue
        say(title(run, options.rate))
        folder = options.work / ('recipe-' + run.recipe) / run.model / run.dataset
        if not train(options, run, folder):
            table = folder / 'runs.csv'
            say('failed: see the reason in %s' % table if table.exists() else 'failed before it began')
            failed = True
        store.add(collect(folder, [run], options.seed, say))
        failed |= run.key(options.seed) not in store.rows()    # what is left out has been named
    if store.rows():
        everything, names = table_one(options.root, options.recipe, list(MODELS))
        draw(options, options.recipe, store, everything, names)
    return 1 if failed else 0


if __name__ == '__main__':
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except Damage as damaged:
        sys.exit('reproduce: %s' % damaged)
    except KeyboardInterrupt:
        sys.exit(130)
