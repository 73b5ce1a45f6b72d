"""Of reproduce.py: what is trained, what is stored, what is left out. python -m unittest discover -s src/reproduce"""
import argparse
import dataclasses
import json
import pathlib
import stat
import tempfile
import unittest

import reproduce

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAKE = '''#!/usr/bin/env python3
import json, pathlib, sys
arguments = sys.argv[1:]
value = lambda name: arguments[arguments.index(name) + 1]
log = pathlib.Path(__file__).with_suffix('.log')
with open(log, 'a') as file:
    print(' '.join(arguments), file=file)
if arguments[0] == 'report':
    path = pathlib.Path(value('--out'))
    path.write_text(json.dumps({'results': [], 'reported': []} if path.suffix == '.json' else ''))
elif value('--sets') == 'GunPoint':
    sys.exit(1)
else:
    sys.path.insert(0, %r)
    import test_reproduce
    test_reproduce.write_run(pathlib.Path(value('--out')), value('--sets'), value('--model'))
'''


def write_run(folder, dataset, model, status='finished', **changes):
    """A run of Coffee's or Plane's settings in a folder of train-all."""
    runs, _ = reproduce.table_one(ROOT, '2017', [model])
    run = next(run for run in runs if run.dataset == dataset)
    found = {'cells': run.cells, 'epochs': run.epochs, 'test': run.test, 'train': run.train, **changes}
    name = '%s/%s-%d-seed0' % (dataset, model, run.cells)
    (folder / name).mkdir(parents=True)
    with open(folder / 'runs.csv', 'a') as file:
        if file.tell() == 0:
            print('set,model,seed,status,seconds,folder', file=file)
        print('%s,%s,0,%s,12.345,%s' % (dataset, reproduce.MODELS[model], status, name), file=file)
    (folder / name / 'run.json').write_text(json.dumps({
        'lstmfcn': '0.1', 'threads': 1, 'cells': found['cells'], 'gates': 'hard_sigmoid', 'initial': None,
        'precision': found.get('precision', 'float32'), 'train': {'path': '/x/A_TEST.tsv', 'sha256': 'ab'},
        'test': {'path': '/x/A_TRAIN.tsv', 'sha256': 'cd'}, 'recipe': {
            **run.settings(), 'seed': 0, **found.get('recipe', {})}}))
    (folder / name / 'metrics.json').write_text(json.dumps({
        'epochs': found['epochs'], 'best_epoch': 3, 'chosen_on': 'TEST', 'classes': 2, 'train': {'total': found['train']},
        'test': {'correct': 20, 'total': found['test']}}))


class Reproduce(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.said = []
        self.runs, _ = reproduce.table_one(ROOT, '2017', list(reproduce.MODELS))

    def collect(self):
        return reproduce.collect(self.folder, self.runs, 0, self.said.append)

    def test_the_table_has_85_datasets_of_both_networks_the_cheapest_first(self):
        operations = [run.operations() for run in self.runs]
        self.assertEqual(170, len(self.runs))
        self.assertEqual(sorted(operations), operations)
        self.assertEqual(['Plane'] * 2, [run.dataset for run in self.runs[:2]])
        # 200 epochs, 105 series to train on three times and 105 to score, 144 steps
        self.assertEqual(200 * 420 * 144 * (526336 + 8 * 8), self.runs[0].operations())

    def test_the_splits_are_those_that_a_figure_was_measured_on(self):
        by_recipe = {
            recipe: {run.dataset: run for run in reproduce.table_one(ROOT, recipe, ['alstm-fcn'])[0]}
            for recipe in reproduce.RECIPES}
        sizes = {(recipe, name): (by_recipe[recipe][name].train, by_recipe[recipe][name].test, by_recipe[recipe][name].splits)
                 for recipe in by_recipe for name in ('DistalPhalanxTW', 'DistalPhalanxOutlineCorrect', 'Coffee')}
        self.assertEqual((139, 400, '2015'), sizes['2017', 'DistalPhalanxTW'])
        self.assertEqual((276, 600, '2015'), sizes['2017', 'DistalPhalanxOutlineCorrect'])
        self.assertEqual((600, 276, '2018'), sizes['2019', 'DistalPhalanxOutlineCorrect'])
        self.assertEqual((28, 28, '2015'), sizes['2019', 'Coffee'])

    def test_a_finished_run_is_a_row(self):
        write_run(self.folder / 'grid', 'Coffee', 'lstm-fcn')
        row, = self.collect()
        self.assertEqual(reproduce.FIELDS, list(row))
        self.assertEqual(('Coffee', 'LSTM-FCN', 128, 500, 64, 3, 20, 28, 'A_TEST.tsv', '12.3'), tuple(row[name] for name in (
            'dataset', 'model', 'cells', 'epochs', 'batch_size', 'selected_epoch', 'correct', 'total', 'train_file', 'seconds')))

    def test_what_was_not_trained_as_published_is_left_out_with_the_reason(self):
        write_run(self.folder / 'waits', 'Plane', 'lstm-fcn', status='waiting')
        write_run(self.folder / 'short', 'Coffee', 'lstm-fcn', epochs=3)
        write_run(self.folder / 'exchanged', 'DistalPhalanxTW', 'lstm-fcn', train=400, test=139)
        write_run(self.folder / 'coarse', 'Plane', 'alstm-fcn', precision='bfloat16', recipe={
            'layers': {'dropout': 0., 'attentionScope': 'per-series', 'preciseBatchNorm': False}, 'seed': 1, 'more': 2})
        self.assertEqual([], self.collect())
        self.assertIn(': precision bfloat16 instead of float32, recipe.layers.dropout 0.0 instead of 0.8, recipe.more 2 instead of none',
                      self.said[0])
        self.assertIn('series of TRAIN 400 instead of 139, series of TEST 139 instead of 400', self.said[1])
        self.assertIn('epochs 3 instead of 500', self.said[2])
        self.assertEqual(3, len(self.said))

    def test_what_is_damaged_is_named(self):
        write_run(self.folder / 'grid', 'Coffee', 'lstm-fcn')
        for number, (name, text, message) in enumerate((('metrics.json', '{', 'expected a JSON document in .*metrics.json'),
                                                        ('metrics.json', '{}', "KeyError.'epochs'"), ('run.json', '[]', 'TypeError'))):
            document, = self.folder.rglob(name)
            document.write_text(text)
            self.assertEqual([], self.collect())
            self.assertRegex(self.said[number], 'left out .*Coffee/lstm-fcn-128-seed0: damaged: ' + message)
        (self.folder / 'runs.csv').write_text('a,b\n1,2\n')
        self.assertEqual([], self.collect())
        table = self.folder / 'recipe.csv'
        table.write_text(','.join(reproduce.FIELDS) + '\nCoffee,LST\n')
        with self.assertRaisesRegex(SystemExit, 'recipe.csv: line 2: expected 19 fields'):
            reproduce.Store(table).rows()

    def test_the_settings_are_those_that_the_program_trains_with(self):
        for recipe in reproduce.RECIPES:
            for model in reproduce.MODELS:
                run, = [dataclasses.replace(run, epochs=1) for run in reproduce.table_one(ROOT, recipe, [model])[0] if run.dataset == 'CBF']
                options = argparse.Namespace(lstmfcn=str(ROOT / 'bin/lstmfcn'), data=ROOT / 'testdata', seed=0)
                folder = self.folder / recipe / model
                self.assertTrue(reproduce.train(options, run, folder, '--epochs', '1'))
                description, metrics = (reproduce.read_json(next(folder.rglob(name))) for name in ('run.json', 'metrics.json'))
                # The shipped dataset is a small one of that name.
                run = dataclasses.replace(run, train=metrics['train']['total'], test=metrics['test']['total'])
                self.assertEqual([], reproduce.unlike(run, description, metrics))

    def test_what_is_stored_stays_and_is_not_stored_twice(self):
        store = reproduce.Store(self.folder / 'results/recipe.csv')
        write_run(self.folder / 'one', 'Plane', 'lstm-fcn')
        self.assertEqual(1, store.add(self.collect()))
        before = store.path.read_text()
        write_run(self.folder / 'two', 'Coffee', 'alstm-fcn')
        self.assertEqual(1, store.add(self.collect()))
        self.assertEqual(0, store.add(self.collect()))
        self.assertEqual(2, len(store.rows()))
        self.assertIn(before.splitlines()[1], store.path.read_text())
        self.assertEqual([store.path], list(store.path.parent.iterdir()))

    def test_only_what_is_missing_and_at_hand_and_short_is_trained(self):
        fake = self.folder / 'lstmfcn'
        fake.write_text(FAKE % str(pathlib.Path(__file__).parent))
        fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
        for name in ('Plane', 'Coffee', 'GunPoint', 'Strawberry'):
            (self.folder / 'data' / name).mkdir(parents=True)
        page = self.folder / 'page.md'
        page.write_text('before\n<!-- begin recipe 2017 -->\nold\n<!-- end recipe 2017 -->\nafter\n')
        write_run(self.folder / 'known', 'Plane', 'lstm-fcn')
        store = reproduce.Store(self.folder / 'recipe.csv')
        store.add(reproduce.collect(self.folder / 'known', self.runs, 0, self.said.append))
        arguments = ['--root', ROOT, '--data', self.folder / 'data', '--work', self.folder / 'work', '--store', store.path,
                     '--page', page, '--lstmfcn', fake, '--models', 'lstm-fcn', '--hours', '1']
        reproduce.print = lambda *texts, **_: self.said.extend(texts)
        self.addCleanup(lambda: delattr(reproduce, 'print'))

        self.assertEqual(1, reproduce.main([str(argument) for argument in arguments]))

        trained = [line for line in fake.with_suffix('.log').read_text().splitlines() if line.startswith('train-all')]
        self.assertEqual(['Coffee', 'GunPoint'], [line.split('--sets ')[1].split()[0] for line in trained])
        self.assertIn('--recipe 2017 --model lstm-fcn', trained[0])
        self.assertIn('--splits 2015 --seed 0 --jobs 1', trained[0])
        self.assertEqual({'Plane', 'Coffee'}, {key[0] for key in store.rows()})
        self.assertEqual(reproduce.processor(), store.rows()['Coffee', 'LSTM-FCN', '0']['processor'])
        self.assertTrue(any('left out Strawberry' in text for text in self.said))
        text = page.read_text()
        self.assertIn('Not trained yet: Coffee (ALSTM-FCN), GunPoint, Plane (ALSTM-FCN).', text)
        self.assertTrue(any('Coffee, LSTM-FCN, 128 cells: 0.02 h by arithmetic' in said for said in self.said))
        self.assertIn('Estimated to take more than 1 h: Strawberry (', text)
        self.assertIn('Not among the data at hand: Adiac, ', text)
        self.assertTrue(text.startswith('before\n') and text.endswith('after\n') and 'old' not in text)

        self.said.clear()
        self.assertEqual(0, reproduce.main([str(argument) for argument in [*arguments, '--list']]))
        self.assertEqual('2 of 4 results are stored; 1 to train: 0.1 h by arithmetic', self.said[-1])
        self.assertTrue(self.said[0].startswith('GunPoint, LSTM-FCN') and self.said[1].startswith('left out Strawberry'))

    def test_without_datasets_nothing_is_done(self):
        page = self.folder / 'page.md'
        page.write_text('<!-- begin recipe 2017 -->\nold\n<!-- end recipe 2017 -->\n')
        (self.folder / 'empty').mkdir()
        for data, option, message in (('none', '--list', 'name that of the UCR archive'), ('none', '--draw', 'expected a folder of datasets'),
                                      ('empty', '--seed=0', 'expected datasets of the table'),
                                      ('empty', '--collect=%s' % (self.folder / 'runs'), 'expected a folder of train-all')):
            with self.assertRaisesRegex(SystemExit, message):
                reproduce.main(['--root', str(ROOT), '--data', str(self.folder / data), '--page', str(page), option])
        self.assertIn('old', page.read_text())

    def test_the_picture_is_drawn_once_six_datasets_can_be_tested(self):
        for sets, drawn in (5, False), (6, True):
            folder = self.folder / str(sets)
            folder.mkdir()
            fake = folder / 'lstmfcn'
            row = {'method': 'LSTM-FCN', 'sets': sets, 'more': 0, 'equal': sets, 'fewer': 0, 'within_chance': sets,
                   'mean_difference': 0, 'lower': 0, 'upper': 0, 'wilcoxon': None, 'mean_per_class_error': 0,
                   'reported_mean_per_class_error': 0}
            fake.write_text(FAKE.replace("'reported': []", "'reported': [%r]" % row) % str(pathlib.Path(__file__).parent))
            fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
            (folder / 'page.md').write_text('<!-- begin recipe 2017 -->\n<!-- end recipe 2017 -->\n')
            (folder / 'gallery.md').write_text('<!-- begin reproduction -->\n<!-- end reproduction -->\n')
            (folder / 'gallery').mkdir()
            store = reproduce.Store(folder / 'recipe.csv')
            write_run(folder / 'known', 'Plane', 'lstm-fcn')
            store.add(reproduce.collect(folder / 'known', self.runs, 0, self.said.append))

            self.assertEqual(0, reproduce.main([str(argument) for argument in (
                '--root', ROOT, '--data', folder, '--work', folder / 'work', '--store', store.path, '--page',
                folder / 'page.md', '--lstmfcn', fake, '--draw')]))

            self.assertEqual(drawn, (folder / 'gallery/reproduction.png').exists())
            self.assertEqual(drawn, 'gallery/reproduction.png' in (folder / 'gallery.md').read_text())

    def test_the_tables_are_the_reports_numbers(self):
        result = {'set': 'Coffee', 'method': 'LSTM-FCN', 'reported_correct': 28, 'reported': 1., 'correct': 20, 'total': 28, 'difference': -8,
                  'chance': .0041, 'within_chance': False}
        overall = {'method': 'LSTM-FCN', 'sets': 1, 'more': 0, 'equal': 0, 'fewer': 1, 'within_chance': 0,
                   'mean_difference': -8 / 28, 'lower': None, 'upper': None, 'wilcoxon': None, 'mean_per_class_error': .1429,
                   'reported_mean_per_class_error': 0}
        text = reproduce.markdown({'results': [result], 'reported': [overall]}, self.runs, {}, {}, 0)
        self.assertIn('| Coffee | 28/28, 1.0000 | 20/28 | -8 | **0.0041** |', text)
        self.assertIn('| LSTM-FCN | 1 of 85 | 0, 0, 1 | 0 | -0.2857 |  |  | 0.1429 | 0.0000 |', text)


if __name__ == '__main__':
    unittest.main()
