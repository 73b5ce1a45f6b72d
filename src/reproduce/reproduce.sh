#!/usr/bin/env bash
# Trains the networks of the published tables anew, each dataset at hand by the published recipe, and writes
# docs/reproduction.md. Takes days of a processor; goes on where it was stopped, and leaves out what
# src/reproduce/results/ has.
#
#   src/reproduce/reproduce.sh [OPTIONS OF reproduce.py]
#
#   --models lstm-fcn --sets Coffee Plane    some of the runs
#   --recipe 2019                            those of the table of checkpoints selected by the training loss
#   --hours 10                               also runs that are estimated to take up to ten hours
#   --list                                   what would be trained, and how long it should take
#   --collect FOLDER                         store the finished runs of a folder of train-all, and train nothing
#   --draw                                   draw the page from what is stored, and train nothing
#   DATA                                     another folder than ../shared/ucr/2018, from the environment
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
data=${DATA:-$root/../shared/ucr/2018}
python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null; then
  echo "reproduce: expected Python 3, found none: $python; name it by PYTHON in the environment" >&2
  exit 1
fi
"$root/bin/lstmfcn" --version >&2    # builds, if need be

exec "$python" "$root/src/reproduce/reproduce.py" --root "$root" --data "$data" "$@"
