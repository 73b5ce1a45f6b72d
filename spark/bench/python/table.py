"""Prints what run.sh has measured as Markdown tables.

usage: table.py FOLDER_OF_RESULTS
"""
import json
import sys
from pathlib import Path


def results(folder: str) -> list:
    lines = [line for file in sorted(Path(folder).glob('*.jsonl')) for line in file.read_text().splitlines()]
    return [json.loads(line) for line in lines if line.startswith('{')]


def speeds(measured: list, rows: int) -> None:
    def seconds(side, master):
        return next((each['seconds'] for each in measured
                     if (each['side'], each['master'], each['rows']) == (side, master, rows)), None)

    library = seconds('library', 'one thread')
    print(f'### {rows:,} series of length 128, batches of 128\n')
    print('| | series per second | × the library |\n|---|---:|---:|')
    for name, side, master in (('the library alone, one thread', 'library', 'one thread'),
                               ('`transform`, local[1]', 'transform', 'local[1]'),
                               ('`transform`, local[2]', 'transform', 'local[2]'),
                               ('`transform`, one executor of one core', 'transform', 'one executor'),
                               ('`transform`, two executors of one core', 'transform', 'two executors'),
                               ('Keras in a pandas UDF, local[1]', 'keras', 'local[1]'),
                               ('Keras in a pandas UDF, local[2]', 'keras', 'local[2]')):
        taken = seconds(side, master)
        if taken is not None:
            print(f'| {name} | {rows / taken:,.0f} | {library / taken:.2f} |')
    print()
    print("| | measured | goal |\n|---|---:|---:|")
    print(f"| Spark's overhead on local[1], of the library's time | {overhead(seconds('transform', 'local[1]'), library)} "
          '| < 15 % |')
    print(f"| Spark's overhead on one executor | {overhead(seconds('transform', 'one executor'), library)} | < 15 % |")
    print('| two executors of one core beside one '
          f"| {seconds('transform', 'one executor') / seconds('transform', 'two executors'):.2f} × | ≥ 1.8 × |")
    for master in ('local[1]', 'local[2]'):
        if seconds('keras', master) is not None:
            print(f'| `transform` beside Keras in a pandas UDF, {master} '
                  f"| {seconds('keras', master) / seconds('transform', master):.2f} × | |")
    print()


def overhead(seconds: float, library: float) -> str:
    return f'{100 * (seconds / library - 1):.1f} %'


def sizes(measured: list) -> None:
    print('### Rows, on two executors of one core\n')
    print('| rows | seconds | microseconds per row | peak memory of an executor, MB |\n|---:|---:|---:|---:|')
    for each in sorted((each for each in measured if each['side'] == 'transform' and each['master'] == 'rows'),
                       key=lambda each: each['rows']):
        print(f"| {each['rows']:,} | {each['seconds']:.1f} | {1e6 * each['seconds'] / each['rows']:.0f} "
              f"| {each['peak']:,} |")
    print()


if __name__ == '__main__':
    every = results(sys.argv[1])
    speeds(every, next(each['rows'] for each in every if each['side'] == 'library'))
    sizes(every)
