#!/usr/bin/env bash
# The default recipe beside that of 2019 and beside the last epoch; writes docs/recipes.md. Takes an hour or two of one
# processor; goes on where it was stopped.
#
#   src/recipes/recipes.sh [OPTIONS OF recipes.py]     for instance --datasets CBF Coffee --seeds 1 --epochs 200
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$root/target/recipes
data=$root/../shared/ucr/2018
[ -d "$data" ] || { echo "recipes: needs the UCR archive of 2018 in ../shared/ucr/2018" >&2; exit 1; }
"$root/bin/lstmfcn" --version >&2    # builds, if need be

jars=$root/target/lstm-fcn.jar:$root/target/lib/*
mkdir -p "$work/classes"
javac -d "$work/classes" -cp "$jars" "$root"/src/recipes/java/io/github/lstmfcn/cli/Commands.java
[ $# -gt 0 ] || set -- --out "$root/docs/recipes.md"
"${PYTHON:-python3}" "$root/src/recipes/recipes.py" --data "$data" --classpath "$work/classes:$jars" \
    --work "$work/runs" "$@"
