"""Compares reports and result files with those of aeon's tools and of SciPy.

    python check_results.py make DIR                     result files of made-up estimators, written by tsml-eval
    python check_results.py file RESULT_CSV EVALUATION   one that `evaluate --aeon` wrote, beside what it printed as JSON
    python check_results.py report REPORT_JSON [DIR]     the numbers of a report; of DIR, too, what tsml-eval reads there

A line a check; exit status 1 if one fails.
"""
import argparse
import json
import pathlib
import sys
import warnings
from argparse import Namespace

import numpy as np
from scipy import stats

import checks
from checks import require

SIGNIFICANCE = .05
CLASSES = 3

# Two have the names of published models, on sets with as many series: the report sets them beside what was published.
ESTIMATORS = ['LSTM-FCN', 'ALSTM-FCN', 'Estimator2', 'Estimator3', 'Estimator4']
SETS = {'Adiac': 391, 'Beef': 30, 'Car': 60, 'CBF': 900, 'Coffee': 28, 'ECG200': 100, 'Fish': 175, 'GunPoint': 150,
        'Lightning2': 61, 'Lightning7': 73, 'Meat': 60, 'Plane': 105, 'Symbols': 995, 'Trace': 100}


def make(folder: pathlib.Path) -> None:
    from tsml_eval.evaluation.storage import ClassifierResults
    rng = np.random.default_rng(7)
    for name, series in SETS.items():
        truth = rng.integers(0, CLASSES, series)
        for number, estimator in enumerate(ESTIMATORS):
            noise = .25 + .1 * number + .2 * rng.random()
            scores = np.eye(CLASSES)[truth] + noise * rng.normal(size=(series, CLASSES))
            probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
            ClassifierResults(
                dataset_name=name, classifier_name=estimator, split='test', resample_id=0,
                class_labels=truth, predictions=probabilities.argmax(axis=1), probabilities=probabilities,
                description='made up, by a seed').save_to_file(str(folder), full_path=False)


def load(file: pathlib.Path):
    """A result file as aeon's tools load it; they compare its accuracy with its lines."""
    from tsml_eval.evaluation.storage.classifier_results import load_classifier_results
    from tsml_eval.utils.results_validation import validate_results_file
    require(validate_results_file(str(file)), 'tsml-eval does not take %s for a result file' % file)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return load_classifier_results(str(file))


def check_file(options: Namespace) -> str:
    evaluation = json.loads(options.evaluation.read_text())
    results = load(options.file)
    require(results.accuracy == evaluation['correct'] / evaluation['total'],
            'accuracy %r, but evaluate counted %d/%d' % (results.accuracy, evaluation['correct'], evaluation['total']))
    require(results.n_cases == evaluation['total'], '%d lines' % results.n_cases)
    require(results.dataset_name == evaluation['set'] and results.estimator_name == evaluation['estimator'],
            'names %s and %s' % (results.dataset_name, results.estimator_name))
    confusion = np.zeros_like(np.array(evaluation['confusion']))
    np.add.at(confusion, (results.class_labels.astype(int), results.predictions.astype(int)), 1)
    require((confusion == evaluation['confusion']).all(), 'another confusion matrix')
    require(abs(results.log_loss - evaluation['loss']) < 1e-5, 'loss %r' % results.log_loss)
    return 'accuracy %s, as evaluate counted %d/%d' % (results.accuracy, evaluation['correct'], evaluation['total'])


def near(found: float, expected: float, what: str, tolerance: float = 1e-9) -> None:
    require(abs(found - expected) <= tolerance * max(1, abs(expected)), '%s %r, not %r' % (what, found, expected))


def check_intervals(report: dict) -> None:
    for result in report['results']:
        interval = stats.binomtest(result['correct'], result['total']).proportion_ci(1 - SIGNIFICANCE, 'wilson')
        near(result['lower'], interval.low, 'lower end')
        near(result['upper'], min(1, interval.high), 'upper end')
        if result['chance'] is not None:
            correct, other, total = result['correct'], result['reported_correct'], result['total']
            table = [[correct, total - correct], [other, total - other]]
            near(result['chance'], stats.fisher_exact(table).pvalue, 'chance')


def wilcoxon(differences: np.ndarray) -> float:
    changes = differences[differences != 0]
    return stats.wilcoxon(changes).pvalue if len(changes) else 1


def holm(p_values: np.ndarray) -> np.ndarray:
    steps = np.argsort(p_values)
    adjusted = np.empty(len(p_values))
    adjusted[steps] = np.minimum(1, np.maximum.accumulate((len(steps) - np.arange(len(steps))) * p_values[steps]))
    return adjusted


def check_tests(report: dict) -> None:
    from aeon.benchmarking.stats import check_friedman, nemenyi_test
    methods = report['ranked_methods']
    columns = [[method['method'] for method in report['methods']].index(method) for method in methods]
    rows = [row for name, row in zip(report['sets'], report['accuracies']) if name in report['ranked_sets']]
    accuracies = np.array(rows, dtype=float)[:, columns]
    ranks = stats.rankdata(-accuracies, axis=1)
    for column, rank in zip(columns, ranks.mean(axis=0)):
        near(report['methods'][column]['mean_rank'], rank, 'mean rank')
    if len(methods) > 2:
        friedman = stats.friedmanchisquare(*accuracies.T)
        near(report['friedman']['statistic'], friedman.statistic, "Friedman's statistic")
        near(report['friedman']['pValue'] / friedman.pvalue, 1, "Friedman's p-value, relative,", 1e-6)
        near(report['friedman']['pValue'], check_friedman(ranks), "Friedman's p-value by aeon")

    pairs = [(methods.index(pair['first']), methods.index(pair['second'])) for pair in report['pairs']]
    wilcoxons = np.array([wilcoxon(np.round(accuracies[:, one] - accuracies[:, other], 9)) for one, other in pairs])
    unit = np.sqrt(len(methods) * (len(methods) + 1) / 12 / len(accuracies))
    means = ranks.mean(axis=0)
    nemenyi = np.array([stats.studentized_range.sf(abs(means[one] - means[other]) / unit, len(methods), np.inf)
                        for one, other in pairs])
    expected = holm(wilcoxons) if report['post_hoc'] == 'wilcoxon-holm' else nemenyi
    for pair, one, adjusted in zip(report['pairs'], wilcoxons, expected):
        near(pair['wilcoxon'], one, "Wilcoxon's p-value")
        near(pair['adjusted'], adjusted, 'adjusted p-value', 1e-7)
    critical = stats.studentized_range.isf(SIGNIFICANCE, len(methods), np.inf) * unit
    near(report['nemenyi_critical_difference'], critical, 'critical difference', 1e-7)

    if report['post_hoc'] == 'nemenyi':
        order = np.argsort(means, kind='stable')
        alike = nemenyi_test(means[order], len(accuracies), SIGNIFICANCE)
        groups = {tuple(methods[order[at]] for at in np.flatnonzero(row)) for row in alike if row.sum() > 1}
        largest = {group for group in groups if not any(set(group) < set(other) for other in groups)}
        require({tuple(group) for group in report['groups']} == largest, 'groups %s, by aeon %s' % (
            report['groups'], sorted(largest)))


def check_report(options: Namespace) -> str:
    report = json.loads(options.report.read_text())
    check_intervals(report)
    check_tests(report)
    if options.folder:
        read = {}
        for file in options.folder.glob('*/Predictions/*/testResample0.csv'):
            results = load(file)
            read[results.estimator_name, results.dataset_name] = results.accuracy
        require({(result['method'], result['set']): result['accuracy'] for result in report['results']} == read,
                'the accuracies are not those that tsml-eval reads')
    return '%d results, %d of them beside a published one, and %d pairs by %s, as SciPy and aeon have them' % (
        len(report['results']), sum(result['chance'] is not None for result in report['results']), len(report['pairs']),
        report['post_hoc'])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    commands = parser.add_subparsers(dest='command', required=True)
    commands.add_parser('make').add_argument('folder', type=pathlib.Path, metavar='DIR')
    file = commands.add_parser('file')
    file.add_argument('file', type=pathlib.Path, metavar='RESULT_CSV')
    file.add_argument('evaluation', type=pathlib.Path, metavar='EVALUATION')
    report = commands.add_parser('report')
    report.add_argument('report', type=pathlib.Path, metavar='REPORT_JSON')
    report.add_argument('folder', type=pathlib.Path, nargs='?', metavar='DIR')
    options = parser.parse_args()
    if options.command == 'make':
        make(options.folder)
        return 0
    options.name = (options.file if options.command == 'file' else options.report).name
    if options.command == 'file':
        options.name = '/'.join(options.file.parts[-4:])
    return checks.run('results', [options], check_file if options.command == 'file' else check_report)


if __name__ == '__main__':
    sys.exit(main())
