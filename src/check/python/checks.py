"""What the check scripts share: a list of checks, one line of result each. Runs on Python 3.6 and later."""
import json
import pathlib
import sys
from argparse import ArgumentParser, Namespace
from typing import Callable, Dict, List

TESTDATA = pathlib.Path(__file__).resolve().parents[3] / 'testdata'
sys.path.insert(0, str(TESTDATA))


class CheckFailed(Exception):
    """What differs, in one line."""


Check = Callable[[Namespace], str]


def require(condition: bool, message: str) -> None:
    if not condition:
        raise CheckFailed(message)


def add_manifest_option(parser: ArgumentParser) -> None:
    parser.add_argument('--manifest', type=pathlib.Path, metavar='FILE',
                        help='many checks in one process: a JSON object a line, with "name" and, by name, '
                             'the arguments of this script')


def planned(parser: ArgumentParser, required: List[str]) -> List[Namespace]:
    """The checks asked for, by arguments or by a manifest; a manifest's line overrides the options."""
    options = parser.parse_args()
    if options.manifest is None:
        if any(getattr(options, name) is None for name in required):
            parser.error('give %s, or --manifest FILE' % ' and '.join(name.upper() for name in required))
        options.name = str(getattr(options, required[0]))
        return [options]
    lines = [line for line in options.manifest.read_text().splitlines() if line.strip()]
    return [merged(options, json.loads(line)) for line in lines]


def merged(options: Namespace, line: Dict) -> Namespace:
    unknown = sorted(set(line) - set(vars(options)) - {'name'})
    if unknown:
        raise ValueError('the manifest names unknown arguments: %s' % ', '.join(unknown))
    return Namespace(**dict(vars(options), **line))


def run(kind: str, checks: List[Namespace], check: Check) -> int:
    """Prints `ok` or `FAILED`, the kind, the name and the finding of each; returns the exit status."""
    failures = 0
    for one in checks:
        try:
            print('ok      %s %s: %s' % (kind, one.name, check(one)), flush=True)
        except Exception as error:  # one broken file must not hide the others
            failures += 1
            text = str(error) if isinstance(error, CheckFailed) else '%s: %s' % (type(error).__name__, error)
            print('FAILED  %s %s: %s' % (kind, one.name, ' '.join(text.split())), flush=True)
    return 1 if failures else 0
