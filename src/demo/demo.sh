#!/usr/bin/env bash
# The main job on what the repository ships: verify, export, predict. Each command is printed before it runs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
out=$root/target/demo

run() {
    printf '\n$ %s\n' "$*"
    bash -c "$*"
}

heading() {
    printf '\n== %s\n' "$1"
}

lstmfcn() { bin/lstmfcn "$@"; }
export -f lstmfcn

bin/lstmfcn --version    # builds first if needed
rm -rf "$out"

heading "Do the weights that Keras wrote give the accuracies that Keras reported?"
printf 'Short trainings on synthetic data: what counts is not the accuracy but that both programs give the same.\n'
run "lstmfcn verify --weights keras-weights --data testdata --quiet"

heading "Write one of them as a SavedModel for TensorFlow Serving"
run "lstmfcn export --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 --out target/demo/cbf --train testdata/CBF/CBF_TRAIN.tsv"

heading "Classify series with the SavedModel: the most probable label, then the probability of each class"
run "head -n 5 testdata/CBF/CBF_TEST.tsv | cut -f 2- | lstmfcn predict --weights target/demo/cbf"
printf '\nTheir labels in the file: %s\n' "$(head -n 5 testdata/CBF/CBF_TEST.tsv | cut -f 1 | tr '\n' ' ')"

heading "Classify multivariate series, whose variables stand between colons"
run "tail -n 5 testdata/PhaseWaves/PhaseWaves_TEST.ts | lstmfcn predict --quiet --weights keras-weights/2018-malstmfcn-8-PhaseWaves/weights.h5 --train testdata/PhaseWaves/PhaseWaves_TRAIN.ts"
printf '\nTheir labels in the file: %s\n' "$(tail -n 5 testdata/PhaseWaves/PhaseWaves_TEST.ts | sed 's/.*://' | tr '\n' ' ')"
