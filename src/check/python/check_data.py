"""Compares how files of data are read with SciPy (.arff), aeon (.ts) and NumPy (the others).

    python check_data.py LSTMFCN WEIGHTS CASES

CASES is src/test/resources/cases/data. What the reference reads of a case is written as plain rows; the product must
predict from the case what it predicts from these rows, and the labels that the case expects must be the reference's.
Where the product refuses a case the reference must refuse it too, or the case is in STRICTER with the reason.
A line a check; exit status 1 if one fails.
"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from typing import Dict, List, Optional, Tuple

import numpy as np
from aeon.datasets import load_from_ts_file
from scipy.io import arff

import checks
from checks import CheckFailed, require

TOLERANCE = 1e-6   # of a probability: series are computed in batches of other sizes

# Read here, but not by the reference.
BEYOND = {
    'ts/comments-in-data.ts': 'aeon takes a comment after @data for a series',
    'ts/time-stamps.ts': 'aeon 1.1 drops the signs of values with time stamps',
    'ts/time-stamps-decimal.ts': 'aeon 1.1 takes a decimal time for a value',
    'ts/time-stamps-dates.ts': 'aeon 1.1 drops the signs of values with time stamps',
    'ts/time-stamps-unlabelled.ts': 'aeon 1.1 drops the signs of values with time stamps',
    'arff/comment-behind-a-row.arff': 'SciPy takes a comment behind a row for a part of the class; Weka does not',
    'arff/blank-separated.arff': 'SciPy splits at commas and tabs alone; Weka at blanks, too',
    'arff/quoted-names.arff': 'SciPy does not take a blank in a name between double quotes',
    'arff/id-left-out.arff': 'SciPy has no string attributes; here one can be left out',
}

# Refused here, but read by the reference.
STRICTER = {
    'ts/unknown-label.ts': 'aeon does not look at the classes that the header names',
    'ts/neither-true-nor-false.ts': 'aeon ignores what is neither',
    'ts/series-length.ts': 'aeon ignores @seriesLength',
    'ts/dimension.ts': 'aeon ignores @dimension',
    'ts/regression.ts': 'aeon reads regression targets; this is a classifier',
    'ts/two-dimensions.ts': 'aeon reads several dimensions',
    'ts/all-missing.ts': 'aeon fills nothing, here an empty series has no answer',
    'ts/no-label-for-training.ts': 'aeon returns no labels; training needs them',
    'ts/time-stamps-unequal.ts': 'aeon drops time stamps unseen',
    'ts/time-stamps-other-step.ts': 'aeon drops time stamps unseen',
    'ts/time-stamps-backwards.ts': 'aeon drops time stamps unseen',
    'arff/two-nominal.arff': 'SciPy does not choose a class',
    'arff/no-class.arff': 'SciPy needs no class',
    'arff/date.arff': 'SciPy reads dates; a series has numbers',
    'arff/all-missing.arff': 'SciPy fills nothing, here an empty series has no answer',
    'arff/same-label-twice.arff': 'SciPy compares labels as text: 1 and 1.0 are two',
    'arff/too-many.arff': 'SciPy ignores values behind the last attribute',
}

Read = Tuple[List[np.ndarray], Optional[List[str]]]


def options(case: pathlib.Path) -> List[List[str]]:
    file = case.with_name(case.name + '.options')
    return [line.split(' ', 1) for line in file.read_text().split('\n') if line] if file.exists() else []


def canonical(label: str) -> str:
    text = label.strip()
    try:
        number = float(text.replace(',', '.'))
        return str(int(number)) if number == int(number) else text
    except (ValueError, OverflowError):
        return text


def read_ts(case: pathlib.Path) -> Read:
    series, labels, meta = load_from_ts_file(str(case), return_meta_data=True)
    require(all(one.shape[0] == 1 for one in series), 'several dimensions')
    return [np.asarray(one)[0] for one in series], [canonical(label) for label in labels] if meta['classlabel'] else None


def read_arff(case: pathlib.Path) -> Read:
    with open(case, encoding='utf-8') as text:
        data, meta = arff.loadarff(text)
    asked = dict(option for option in options(case) if len(option) == 2).get('--label-column')
    label = asked or next((name for name, kind in zip(meta.names(), meta.types()) if kind == 'nominal'), None)
    values = [name for name in meta.names() if name != label]
    series = [np.array([float(row[name]) for name in values]) for row in data]
    plain = [row[label].decode() if isinstance(row[label], bytes) else str(row[label]) for row in data] if label else None
    return series, [canonical(one) for one in plain] if plain else None


def read_table(case: pathlib.Path, labelled: bool) -> Read:
    data = case.read_bytes()
    text = data.decode('utf-16' if data[:2] == b'\xff\xfe' else 'utf-8-sig')
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith('#')]
    separator = next((one for one in '\t;,' if one in lines[0]), None)
    rows = [line.split() if separator is None else next(csv.reader(io.StringIO(line), delimiter=separator))
            for line in lines]
    asked: Dict[str, str] = {option[0]: option[-1] for option in options(case)}
    names = rows[0]
    if '--header' in asked or not any(field.strip()[:1] in '+-.0123456789?' and field.strip() for field in names):
        rows = rows[1:]
    if separator == '\t':
        rows = [row[:-1] if row[-1] == '' else row for row in rows]
    width = max(len(row) for row in rows)
    ignored = [width - 1 if name == 'last' else int(name) - 1 for key, name in asked.items() if key == '--ignore-column']
    taken = [column for column in range(width) if column not in ignored]
    label = None
    if labelled or '--label-column' in asked:
        wanted = asked.get('--label-column', 'first')
        label = (taken[0] if wanted == 'first' else taken[-1] if wanted == 'last' else
                 names.index(wanted) if wanted in names else int(wanted) - 1)

    def value(field: str) -> float:
        plain = field.strip().replace(',', '.')
        return np.nan if plain in ('', '?', 'NA') else float(plain)

    series = [np.array([value(row[column]) for column in taken if column != label and column < len(row)])
              for row in rows]
    return series, [canonical(row[label]) for row in rows] if labelled else None


def read_numpy(case: pathlib.Path, labelled: bool) -> Read:
    loaded = np.load(case, allow_pickle=False)
    labels = None
    if isinstance(loaded, np.ndarray):
        series = loaded
        if labelled:
            labels = np.load(case.with_name('y' + case.name[1:]), allow_pickle=False)
    else:
        part = dict(option for option in options(case) if len(option) == 2).get('--part')
        arrays = {name.lower(): array for name, array in loaded.items()}
        series = arrays['x_' + part if part else 'x']
        labels = arrays['y_' + part if part else 'y']
    flat = series.reshape(len(series), -1).astype(np.float32)
    texts = None if labels is None else [one.decode() if isinstance(one, bytes) else str(one) for one in labels.ravel()]
    return list(flat), [canonical(text) for text in texts] if texts else None


def reference(case: pathlib.Path, labelled: bool) -> Read:
    beginning = case.read_bytes()[:4096]
    if case.suffix == '.arff' or b'@relation' in beginning:
        return read_arff(case)
    if case.suffix == '.ts' or b'@problemName' in beginning:
        return read_ts(case)
    if case.suffix == '.npz' or beginning.startswith(b'\x93NUMPY'):
        return read_numpy(case, labelled)
    return read_table(case, labelled)


def rows(series: List[np.ndarray]) -> str:
    return ''.join('\t'.join(repr(float(value)) for value in one) + '\n' for one in series)


def predict(lstmfcn: str, weights: str, arguments: List[str]) -> np.ndarray:
    done = subprocess.run([lstmfcn, 'predict', '--weights', weights, '--csv'] + arguments, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    require(done.returncode == 0, done.stderr.strip().split('\n')[-1])
    return np.array([[float(field) for field in row[1:]] for row in csv.reader(done.stdout.split('\n')[1:]) if row])


def said(case: pathlib.Path, labelled: bool) -> List[str]:
    """The case's own options for predict."""
    arguments = [word for option in options(case) if option[0] not in ('--part', '--labelled') for word in option]
    table = case.suffix in ('.csv', '.tsv', '.txt') and b'@' not in case.read_bytes()[:200]
    if table and labelled and '--label-column' not in arguments:
        arguments += ['--label-column', 'first']
    return arguments


def classes(labels: List[str]) -> List[str]:
    return [str(labels.index(label)) for label in labels]


def answer_of(one: Namespace) -> None:
    """Predicts from a case; what goes wrong is told by its check."""
    if one.understood and not (one.case.suffix == '.npz' and options(one.case)):
        try:
            one.found = predict(one.lstmfcn, one.weights, said(one.case, 'labels' in one.expected) + [str(one.case)])
        except CheckFailed as failure:
            one.found = failure


def check_read(one: Namespace) -> str:
    require(one.case_name not in BEYOND or not one.understood, 'the reference reads it, too: take it from BEYOND')
    if not one.understood:
        require(one.case_name in BEYOND, 'the reference does not read it: ' + one.problem)
        return 'read here alone: ' + BEYOND[one.case_name]
    if one.labels is not None:
        expected = [label.lower() for label in one.expected['labels']]
        found = [label.lower() for label in one.labels]
        if any('\\' in label for label in found):  # SciPy keeps the escapes, at another place: compare the classes
            expected, found = classes(expected), classes(found)
        require(expected == found,
                'labels %s expected, the reference has %s' % (expected[:4], one.labels[:4]))
    if one.case.suffix == '.npz' and options(one.case):
        return 'labels as the reference; predict does not choose a part'
    if isinstance(one.found, CheckFailed):
        raise one.found
    found = one.found
    require(found.shape == one.probabilities.shape, '%d series, the reference has %d'
            % (len(found), len(one.probabilities)))
    difference = np.abs(found - one.probabilities).max()
    require(difference <= TOLERANCE, 'probabilities differ by %g' % difference)
    return '%d series as the reference reads them' % len(found)


def check_refused(one: Namespace) -> str:
    if one.understood:
        require(bool(STRICTER.get(one.case_name)), 'refused here, but the reference reads it')
        return 'refused here alone: ' + STRICTER[one.case_name]
    return 'refused by both'


def tried(case: pathlib.Path, labelled: bool) -> Tuple[Optional[Read], str]:
    try:
        return reference(case, labelled), ''
    except Exception as problem:  # whatever the reference throws is its refusal
        return None, ' '.join(('%s: %s' % (type(problem).__name__, problem)).split())[:120]


def main() -> int:
    lstmfcn, weights, folder = sys.argv[1:]
    warnings.simplefilter('ignore')
    root = pathlib.Path(folder)
    cases: List[Namespace] = []
    everything: List[np.ndarray] = []
    for answer in sorted(root.rglob('*.expected.json')):
        case = answer.with_name(answer.name[:-len('.expected.json')])
        expected = json.loads(answer.read_text())
        read, problem = tried(case, 'labels' in expected)
        name = str(case.relative_to(root))
        exempt = read is not None and name in BEYOND and name.startswith('ts/time-stamps')
        one = Namespace(name=name, case_name=name, case=case, expected=expected, lstmfcn=lstmfcn, weights=weights,
                        understood=read is not None and not exempt, problem=problem,
                        labels=read[1] if read and 'labels' in expected else None)
        if one.understood:
            one.rows = slice(len(everything), len(everything) + len(read[0]))
            everything += read[0]
        cases.append(one)
    with tempfile.TemporaryDirectory() as work:
        plain = pathlib.Path(work, 'rows.txt')
        plain.write_text(rows(everything))
        probabilities = predict(lstmfcn, weights, ['--label-column', 'none', str(plain)])
    for one in cases:
        if one.understood:
            one.probabilities = probabilities[one.rows]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(answer_of, cases))
    status = checks.run('data', cases, check_read)
    refused = []
    for answer in sorted(root.rglob('*.refused.txt')):
        case = answer.with_name(answer.name[:-len('.refused.txt')])
        if case.suffix in ('.ts', '.arff'):
            read, _ = tried(case, True)
            name = str(case.relative_to(root))
            refused.append(Namespace(name=name, case_name=name, understood=read is not None))
    return max(status, checks.run('data refused', refused, check_refused))


if __name__ == '__main__':
    sys.exit(main())
