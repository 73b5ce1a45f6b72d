#!/usr/bin/env bash
# Our accuracy beside Keras', the same recipe on the same machine; writes docs/parity.md. Takes up to two hours.
#
#   src/parity/parity.sh [OPTIONS OF parity.py]     for instance --family univariate --sets Coffee --seeds 2
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$root/src/check/python-env.sh"

data=$root/../shared/ucr
for folder in 2018 multivariate ts; do
    [ -d "$data/$folder" ] || { echo "parity: needs the datasets of ../shared/ucr/$folder" >&2; exit 1; }
done
python=$(find_python) || { echo "parity: needs Python 3.9 to 3.12; set PYTHON to name one" >&2; exit 1; }
make_venv "$python" "$root/.venv" "$root/src/check/python/requirements.txt"
"$root/bin/lstmfcn" --version >&2    # builds, if need be, before the clock runs

[ $# -gt 0 ] || set -- --out "$root/docs/parity.md"
"$root/.venv/bin/python" "$root/src/parity/parity.py" --data "$data/2018" --multivariate-data "$data" "$@"
