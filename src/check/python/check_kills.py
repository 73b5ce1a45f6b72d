"""Kills each writing command at random moments and at each rename: what it writes is the old or the new, whole.

    python check_kills.py --lstmfcn ../../../bin/lstmfcn --work DIR

A command is killed (SIGKILL, with the processes that it started) at 25 moments spread over its duration, and as soon as
it begins to write; then, where strace may be used, before each call of rename, renameat, renameat2 and link. After each
kill its output has to be that of before or that of a complete run; after the next complete run no file of a killed one
may be left. Trainings go on from one kill to the next, and have to end with the weights of an undisturbed one. The
seed of the moments is fixed.
"""
import argparse
import collections
import csv
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Dict, List, Optional

from checks import CheckFailed, require

ROOT = pathlib.Path(__file__).resolve().parents[3]
TESTDATA = ROOT / 'testdata'
MOMENTS = 25
AT_WRITING = 2
RENAMES = 'rename,renameat,renameat2,link,linkat'
UNFINISHED = re.compile(r'\..*\.lstmfcn-[0-9a-f]{8}-\d+-\d+-[0-9a-f]{8}(\.old)?')


def model(case: str) -> str:
    return str(ROOT / 'keras-weights' / case / 'weights.h5')


ONE, OTHER, WAVES, ATTENTION = (model(case) for case in (
    '2017-lstmfcn-8-CBF', '2017-alstmfcn-8-CBF', '2018-mlstmfcn-8-PhaseWaves', '2018-malstmfcn-8-PhaseWaves'))
CBF = ['--data', str(TESTDATA), '--set', 'CBF']


def digest(path: pathlib.Path) -> str:
    """Of a file its content; of a folder its files. TensorFlow writes equal graphs in different order: their size."""
    if not os.path.lexists(path):
        return 'nothing'
    if path.is_dir():
        files = sorted(each for each in path.rglob('*') if not each.is_dir() and not UNFINISHED.search(str(each)))
        return 'folder ' + ' '.join('%s %s' % (each.relative_to(path), digest(each)) for each in files)
    content = path.read_bytes()
    return '%d bytes' % len(content) if path.name == 'saved_model.pb' else hashlib.sha256(content).hexdigest()


def leftovers(folder: pathlib.Path) -> List[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob('*') if UNFINISHED.fullmatch(each.name))


def end(process: subprocess.Popen) -> bool:
    """Kills a command and what it started; whether it was still running."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return process.wait() == -signal.SIGKILL


class Command:
    """A command that writes, in a folder of its own. Each of its outputs is replaced on its own."""

    def __init__(self, options: argparse.Namespace, name: str, outputs: List[str], old: Optional[List[str]],
                 new: List[str]) -> None:
        self.name = name
        self.program = str(options.lstmfcn)
        self.folder = options.work / name.replace(' ', '-')
        self.folder.mkdir(parents=True)
        self.outputs = [self.folder / output for output in outputs]
        self.old, self.new = old, new
        self.random = random.Random(name)
        self.counts: Dict[str, int] = collections.Counter()
        self.environment = dict(os.environ, HOME=str(pathlib.Path.home()))

    def start(self, arguments: List[str], before: List[str] = ()) -> subprocess.Popen:
        return subprocess.Popen([*before, self.program, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=open(self.folder.parent / (self.folder.name + '.log'), 'w'),
                                start_new_session=True, env=self.environment)

    def complete(self, arguments: List[str], statuses=(0,)) -> float:
        begun = time.monotonic()
        process = self.start(arguments)
        status = process.wait(timeout=300)
        if status not in statuses:
            log = (self.folder.parent / (self.folder.name + '.log')).read_text().strip().splitlines()
            raise CheckFailed('status %d of %s: %s' % (status, ' '.join(arguments), log[-1] if log else 'nothing said'))
        return time.monotonic() - begun

    def kill_after(self, arguments: List[str], seconds: float) -> bool:
        """Whether the run was in progress when it was killed."""
        process = self.start(arguments)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            pass
        return self.kill(process)

    def kill_at_writing(self, arguments: List[str]) -> bool:
        process = self.start(arguments)
        while process.poll() is None and not leftovers(self.folder):
            time.sleep(.001)
        return self.kill(process)

    def kill(self, process: subprocess.Popen) -> bool:
        hit = end(process)
        self.counts['kills'] += 1
        self.counts['hit'] += hit
        self.counts['writing'] += hit and bool(leftovers(self.folder))
        return hit

    # --- What is there

    def states(self) -> List[str]:
        return [digest(output) for output in self.outputs]

    def restore(self) -> None:
        for each in self.folder.iterdir():
            if not UNFINISHED.fullmatch(each.name):
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        kept = self.folder.parent / (self.folder.name + '.old')
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def expect_old_or_new(self, when: str) -> None:
        for output, state, old, new in zip(self.outputs, self.states(), self.before, self.after):
            if state not in (old, new):
                raise CheckFailed('%s, %s is neither old nor new: %s' % (when, output.name, state[:300]))
        is_new = self.states() == self.after
        self.counts['new' if is_new else 'old'] += 1
        if self.states() != self.before:
            self.restore()

    def prepare(self) -> float:
        if self.old is not None:
            self.complete(self.old, (0, 1))
        self.before = self.states()
        shutil.copytree(self.folder, self.folder.parent / (self.folder.name + '.old'))
        seconds = self.complete(self.new, (0, 1))
        self.after = self.states()
        require(all(old != new for old, new in zip(self.before, self.after)), 'old and new are the same')
        self.restore()
        seconds = min(seconds, self.complete(self.new, (0, 1)))
        require(self.states() == self.after, 'two runs write different files')
        self.restore()
        return seconds

    def check(self) -> str:
        seconds = self.prepare()
        for moment in range(MOMENTS):
            self.kill_after(self.new, seconds * (moment + self.random.random()) / MOMENTS)
            self.expect_old_or_new('after kill %d' % (moment + 1))
        for number in range(AT_WRITING):
            self.kill_at_writing(self.new)
            self.expect_old_or_new('after kill %d while it wrote' % (number + 1))
        self.kill_at_renames()
        self.complete(self.new, (0, 1))
        require(self.states() == self.after, 'the next run does not write what it should')
        self.expect_nothing_left()
        return self.summary()

    def expect_nothing_left(self) -> None:
        require(not leftovers(self.folder), 'left after the next run: ' + ', '.join(leftovers(self.folder)))

    def summary(self) -> str:
        require(self.counts['hit'] > 0, 'no kill hit a run in progress')
        renames = '%d at renames' % self.counts['renames'] if STRACE else 'none at renames (no strace)'
        return '%d kills, %d of a run in progress, %d of one that wrote, %s; old %d times, new %d' % (
            self.counts['kills'], self.counts['hit'], self.counts['writing'], renames, self.counts['old'],
            self.counts['new'])

    # --- Renames

    def renames(self, arguments: List[str]) -> Dict[str, int]:
        """The most calls of a kind that any thread makes: strace counts calls by thread."""
        log = self.folder.parent / (self.folder.name + '.strace')
        status = self.start(arguments, ['strace', '-f', '-qq', '-o', str(log), '-e', 'trace=' + RENAMES]).wait()
        require(status in (0, 1), 'status %d under strace' % status)
        calls = collections.Counter(
            match.groups() for match in re.finditer(r'^(\d+) +(%s)\(' % RENAMES.replace(',', '|'), log.read_text(),
                                                    re.MULTILINE))
        most: Dict[str, int] = {}
        for (_, call), count in calls.items():
            most[call] = max(count, most.get(call, 0))
        return most

    def kill_at_renames(self) -> None:
        if not STRACE:
            return
        found = self.renames(self.new)
        require(self.states() == self.after, 'under strace the run writes something else')
        self.restore()
        require(bool(found), 'no rename seen')
        for call, count in sorted(found.items()):
            for number in range(1, count + 1):
                self.kill_at_rename(self.new, call, number)
                self.expect_old_or_new('killed at %s %d' % (call, number))

    def kill_at_rename(self, arguments: List[str], call: str, number: int) -> None:
        tracing = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=' + call, '-e',
                   'inject=%s:signal=KILL:when=%d' % (call, number)]
        process = self.start(arguments, tracing)
        process.wait(timeout=300)
        self.counts['renames'] += process.returncode not in (0, 1)
        end(process)


class Training(Command):
    """Goes on after each kill; the next run begins where the last was."""

    run = 'run'

    def arguments(self) -> List[str]:
        begun = (self.folder / self.run / 'run.json').exists()
        return ['train', '--resume', self.run, '--quiet'] if begun else self.new

    def result(self) -> str:
        return ' '.join(digest(self.folder / self.run / name) for name in ('weights-best.h5', 'weights-last.h5'))

    def expect_whole(self, when: str) -> None:
        for file in self.folder.rglob('*'):
            if file.is_dir() or UNFINISHED.search(str(file)):
                continue
            problem = damage(file)
            if problem:
                raise CheckFailed('%s, %s is not whole: %s' % (when, file.relative_to(self.folder), problem))

    def again(self) -> None:
        shutil.rmtree(self.folder / self.run, ignore_errors=True)

    def check(self) -> str:
        seconds = self.complete(self.new)
        expected = self.result()
        self.again()
        for moment in range(MOMENTS + AT_WRITING):
            when = 'after kill %d' % (moment + 1)
            if moment < MOMENTS:
                hit = self.kill_after(self.arguments(), seconds * (moment + self.random.random()) / MOMENTS)
            else:
                hit = self.kill_at_writing(self.arguments())
            self.expect_whole(when)
            self.counts['old' if hit else 'new'] += 1
            if not hit:
                self.finish(expected, when)
        if STRACE:
            self.again()
            self.kill_at_each_rename(expected)
        self.finish(expected, 'at the end')
        return self.summary()

    def finish(self, expected: str, when: str) -> None:
        self.complete(self.arguments())
        require(self.result() == expected, '%s, the continued run ends otherwise' % when)
        self.expect_nothing_left()
        self.again()

    def kill_at_each_rename(self, expected: str) -> None:
        found = self.renames(self.new)
        self.again()
        for call, count in sorted(found.items()):
            for number in range(1, count + 1):
                self.kill_at_rename(self.new, call, number)
                self.expect_whole('killed at %s %d' % (call, number))
                if number % 4 == 0 or number == count:
                    self.finish(expected, 'killed at %s %d' % (call, number))
                else:
                    self.again()


class Grid(Training):
    """A search, whose runs are processes of their own."""

    run = 'runs'

    def arguments(self) -> List[str]:
        return self.new

    def result(self) -> str:
        tables = []
        for name in ('runs.csv', 'choice.csv'):
            path = self.folder / self.run / name
            if path.exists():
                with open(path, newline='') as table:
                    tables += [{key: row[key] for key in row if key != 'seconds'} for row in csv.DictReader(table)]
        return json.dumps(tables)

    def kill_at_each_rename(self, expected: str) -> None:
        """Each of the first ones: later ones repeat them for the next run."""
        found = self.renames(self.new)
        self.again()
        for call, count in sorted(found.items()):
            for number in range(1, min(count, 8) + 1):
                self.kill_at_rename(self.new, call, number)
                self.expect_whole('killed at %s %d' % (call, number))
        self.finish(expected, 'after the kills at renames')


def damage(file: pathlib.Path) -> str:
    """What a file lacks; empty if it is whole. Checkpoints of the last epochs are written in place and checked by sums."""
    content = file.read_bytes()
    if file.suffix == '.json':
        json.loads(content)
    elif file.suffix == '.h5':  # the superblock has the length of the file
        version = content[8]
        offset = 12 + 16 if version >= 2 else 24 + 16
        length = struct.unpack_from('<Q', content, offset)[0]
        return '' if len(content) >= length else '%d of %d bytes' % (len(content), length)
    elif file.suffix == '.png':
        return '' if content.endswith(b'IEND\xaeB`\x82') else 'no end of the picture'
    elif file.suffix == '.html':
        return '' if content.rstrip().endswith(b'</html>') else 'no end of the page'
    elif file.suffix == '.csv' and file.name != 'history.csv':
        return '' if content.endswith(b'\n') else 'a line without end'
    return ''


def may_trace() -> bool:
    try:
        traced = subprocess.run(['strace', '-qq', '-o', '/dev/null', '-e', 'inject=getpid:signal=KILL:when=1', 'sh', '-c', 'exit 0'],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return traced.returncode in (0, -signal.SIGKILL, 128 + signal.SIGKILL)
    except OSError:
        return False


STRACE = may_trace()


def commands(options: argparse.Namespace) -> List[Command]:
    def drawing(name: str, weights: str, other: str, data: List[str], *more: str) -> Command:
        both = [[name, '--weights', each, *data, *more, '--out', 'out', '--quiet'] for each in (other, weights)]
        return Command(options, name, ['out'], both[0], [*both[1], '--force'])

    folders = [options.work / name for name in ('one', 'two')]
    for number, folder in enumerate(folders):
        folder.mkdir(parents=True)
        for case in ['2017-lstmfcn-8-CBF', '2017-alstmfcn-8-CBF'][:number + 1]:
            shutil.copy(model(case), folder / (case + '.h5'))
        (folder / 'reported.csv').write_text('weights,set,accuracy\n' + ''.join(
            '%s.h5,CBF,%s\n' % line for line in [('2017-lstmfcn-8-CBF', '126/150'), ('2017-alstmfcn-8-CBF', '1/150')][:number + 1]))
    training = [*CBF, '--batch-size', '16', '--quiet']
    waves = ['--data', str(TESTDATA), '--set', 'PhaseWaves']
    return [
        Grid(options, 'search', [], None, ['search', *CBF, '--cells', '2', '--models', 'lstm-fcn', '--epochs', '2', '--out',
                                           'runs', '--quiet']),
        Grid(options, 'train-all', [], None, ['train-all', *CBF, '--cells', '2', '--epochs', '2', '--out', 'runs',
                                              '--quiet']),
        Training(options, 'train', [], None, ['train', *training, '--cells', '2', '--epochs', '12', '--out', 'run']),
        Command(options, 'evaluate', ['p.csv'], ['evaluate', '--weights', OTHER, *CBF, '--predictions', 'p.csv'],
                ['evaluate', '--weights', ONE, *CBF, '--predictions', 'p.csv', '--force']),
        Command(options, 'report', ['r.html', 'r.csv'],
                ['report', str(options.work / 'evaluation.json'), '--out', 'r.html', '--out', 'r.csv'],
                ['report', '--published', '--out', 'r.html', '--out', 'r.csv', '--force']),
        Command(options, 'verify', ['v/verification.csv', 'v/verification.json'],
                ['verify', '--weights', str(folders[0]), '--data', str(TESTDATA), '--out', 'v', '--quiet'],
                ['verify', '--weights', str(folders[1]), '--data', str(TESTDATA), '--out', 'v', '--quiet']),
        Command(options, 'convert', ['w.h5'], ['convert', '--weights', OTHER, '--out', 'w.h5'],
                ['convert', '--weights', ONE, '--out', 'w.h5', '--force']),
        Command(options, 'export', ['m'], None, ['export', '--weights', ONE, '--out', 'm', '--quiet']),
        Command(options, 'export --force', ['m'], ['export', '--weights', OTHER, '--out', 'm', '--quiet'],
                ['export', '--weights', ONE, '--out', 'm', '--force', '--quiet']),
        drawing('cam', ONE, OTHER, CBF),
        Command(options, 'context', ['out'],
                ['context', '--weights', ATTENTION, *waves, '--samples', '1', '--out', 'out', '--quiet'],
                ['context', '--weights', ATTENTION, *waves, '--samples', '0', '--out', 'out', '--quiet', '--force']),
        drawing('filters', ONE, OTHER, CBF),
        drawing('features', ONE, OTHER, CBF),
        drawing('importance', WAVES, ATTENTION, waves, '--repeats', '2'),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--lstmfcn', type=pathlib.Path, required=True)
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--only', nargs='*', default=[], help='names of commands; default: all')
    options = parser.parse_args()
    options.lstmfcn = options.lstmfcn.resolve()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    evaluation = subprocess.run([str(options.lstmfcn), 'evaluate', '--weights', ONE, *CBF, '--json'], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    (options.work / 'evaluation.json').write_bytes(evaluation.stdout)
    chosen = [each for each in commands(options) if not options.only or each.name in options.only]
    lock = threading.Lock()

    def checked(command: Command) -> int:
        try:
            line, status = 'ok      kills %s: %s' % (command.name, command.check()), 0
        except Exception as error:  # one command must not hide the others
            line, status = 'FAILED  kills %s: %s' % (command.name, ' '.join(str(error).split())), 1
        with lock:
            print(line, flush=True)
        return status

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return max(pool.map(checked, chosen))


if __name__ == '__main__':
    sys.exit(main())
