#!/usr/bin/env bash
# Checks the product against Python (what bin/lstmfcn writes is loaded by TensorFlow, by two Keras versions, by ONNX
# Runtime and by aeon's tools, and its statistics are SciPy's), uses the library as other projects do, runs it on a
# cluster of Spark and, where ../shared is at hand, checks against real data.
#
#   src/check/check-all.sh          needs JDK 17, Maven and Python 3.9 to 3.12 with venv and pip
#
# Makes .venv/, .venv-onnx/, .venv-results/, .venv-spark/ (and, where a Python 3.6 is found, .venv-2017/) at the first
# run and when requirements change. A line per check, a summary, exit status 1 if any failed.
# LSTMFCN and PYTHON may name another command line and another Python.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
lstmfcn=${LSTMFCN:-$root/bin/lstmfcn}
shared=$root/../shared                  # real data and cases on it, none of which is shipped
more_cases=()                           # folders of those that keras-weights/ does not have
for folder in "$shared"/reference/ucr/*/ "$shared"/reference/multivariate/{synthetic,ucr}/*/; do
    [ -f "$folder/case.json" ] && [ ! -d "$root/keras-weights/$(basename "$folder")" ] && more_cases+=("${folder%/}")
done

work=$(mktemp -d)
disk=$work/disk                         # a small file system, to fill
clean_up() {
    mountpoint -q "$disk" 2>/dev/null && umount "$disk"
    rm -rf "$work"
}
trap clean_up EXIT
results=$work/results
: > "$results"
: > "$work/saved-models.jsonl"
: > "$work/weights.jsonl"

report() {    # a line: ok, FAILED or skipped, then what
    printf '%-7s %s\n' "$1" "$2" | tee -a "$results"
}

stop() {
    echo "check-all: $1" >&2
    exit 1
}

# --- Python

. "$here/python-env.sh"

find_python36() {
    local candidate
    for candidate in python3.6 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.6.*/bin/python3.6; do
        runs_version "$candidate" 6 6 && echo "$candidate" && return
    done
    return 1
}

run_checks() {    # NAME EXPECTED COMMAND...: one line a check; a script that ends early is a failure of its own
    local name=$1 expected=$2 status
    shift 2
    # A home of its own: Keras keeps a configuration file there.
    HOME=$work KERAS_BACKEND=tensorflow CUDA_VISIBLE_DEVICES=-1 "$@" </dev/null 2>"$work/log" | tee "$work/lines"
    status=$?
    grep -E '^(ok|FAILED) ' "$work/lines" >> "$results"
    if [ "$(grep -cE '^(ok|FAILED) ' "$work/lines")" -lt "$expected" ] ||
        { [ "$status" -ne 0 ] && ! grep -q '^FAILED' "$work/lines"; }; then
        tail -n 20 "$work/log" >&2
        report FAILED "$name: ended early with status $status"
    fi
}

# --- What the product writes

product() {    # KIND NAME ARGUMENTS...: runs bin/lstmfcn, reports only a failure
    local kind=$1 name=$2
    shift 2
    "$lstmfcn" "$@" </dev/null >"$work/log" 2>&1 && return
    report FAILED "$kind $name: $(grep -v '^ *$' "$work/log" | tail -n 1)"
    return 1
}

write_case() {    # WEIGHTS REFERENCE_FOLDER: a SavedModel and a Keras 2 file, and a line in each manifest
    local weights=$1 reference=$2/reference.h5 case name out attention='' batch='' length=''
    case=$(basename "$2")
    name=$case/$(basename "$1")
    out=$work/written/$name
    mkdir -p "$out"
    case $case in
        2019-alstmfcn-*) attention='--attention across-batch' batch=', "batch_size": 128' ;;
        2018-*) length="--length $(sed -n 's/.*"length": *\([0-9]*\).*/\1/p' "$2/case.json")" ;;
    esac
    # shellcheck disable=SC2086  # $attention and $length are two words each, or none
    product export "$name" export --weights "$weights" --out "$out/saved-model" $attention $length &&
        printf '{"name": "%s", "saved_model": "%s", "reference": "%s"%s}\n' \
            "$name" "$out/saved-model" "$reference" "$batch" >> "$work/saved-models.jsonl"
    case $case in
        2018-malstmfcn-*)
            # shellcheck disable=SC2086
            product export "$name flat" export --weights "$weights" --out "$out/flat" --flat-input $length &&
                printf '{"name": "%s flat", "saved_model": "%s", "reference": "%s", "flat": true}\n' \
                    "$name" "$out/flat" "$reference" >> "$work/saved-models.jsonl" ;;
    esac
    # Not *.weights.h5: Keras takes that ending for Keras 3's layout.
    # shellcheck disable=SC2086
    product convert "$name" convert --weights "$weights" --out "$out/converted.h5" $length &&
        printf '{"name": "%s", "weights": "%s", "reference": "%s", "original": "%s"}\n' \
            "$name" "$out/converted.h5" "$reference" "$weights" >> "$work/weights.jsonl"
}

write_all() {
    local folder weights name
    for folder in "$root"/testdata/references/*/; do
        for weights in "$root/keras-weights/$(basename "$folder")"/*; do
            case $weights in *.h5 | *.keras) write_case "$weights" "${folder%/}" ;; esac
        done
    done
    for folder in "${more_cases[@]}"; do
        for name in weights.h5 model.h5 model.keras model.weights.h5; do
            [ -f "$folder/$name" ] && write_case "$folder/$name" "$folder"
        done
    done
}

check_configurations() {    # variations of the network by Keras 3 and tf_keras: their answer, or a refusal of the layer
    run_checks configurations 340 "$root/.venv/bin/python" "$here/python/check_configurations.py" \
        --lstmfcn "$lstmfcn" --work "$work/configurations"
}

check_onnx() {    # SavedModels converted by tf2onnx, in ONNX Runtime
    runs_version "$1" 10 12 || { report skipped "onnx: tf2onnx needs Python 3.10"; return; }
    make_venv "$1" "$root/.venv-onnx" "$here/python/requirements-onnx.txt" ||
        { report FAILED "onnx: could not make .venv-onnx (see above)"; return; }
    run_checks onnx 5 "$root/.venv-onnx/bin/python" "$here/python/check_onnx.py" "$lstmfcn" "$work/onnx"
}

check_results() {    # reports and result files, beside aeon's tools and SciPy
    local python=$root/.venv-results/bin/python check=$here/python/check_results.py folder=$work/results-of-others model set
    runs_version "$1" 10 12 || { report skipped "results: aeon's tools need Python 3.10"; return; }
    make_venv "$1" "$root/.venv-results" "$here/python/requirements-results.txt" ||
        { report FAILED "results: could not make .venv-results (see above)"; return; }
    for model in 2017-lstmfcn-8-CBF 2017-alstmfcn-8-CBF 2017-lstmfcn-64-SyntheticControl 2017-alstmfcn-128-ShapeletSim \
        2018-mlstmfcn-8-PhaseWaves; do
        set=${model##*-}
        "$lstmfcn" evaluate --weights "$root/keras-weights/$model/weights.h5" --data "$root/testdata" --set "$set" --json \
            --aeon "$work/aeon" --estimator "$model" </dev/null >"$work/$model.json" 2>"$work/log"
        run_checks results 1 "$python" "$check" file "$work/aeon/$model/Predictions/$set/testResample0.csv" \
            "$work/$model.json"
    done
    "$python" "$check" make "$folder" </dev/null >"$work/log" 2>&1
    product results published report --published --out "$work/published.json" &&
        run_checks results 1 "$python" "$check" report "$work/published.json"
    product results nemenyi report --published --post-hoc nemenyi --out "$work/published-nemenyi.json" &&
        run_checks results 1 "$python" "$check" report "$work/published-nemenyi.json"
    product results others report "$folder" --out "$work/others.json" &&
        run_checks results 1 "$python" "$check" report "$work/others.json" "$folder"
    product results others-nemenyi report "$folder" --post-hoc nemenyi --out "$work/others-nemenyi.json" &&
        run_checks results 1 "$python" "$check" report "$work/others-nemenyi.json" "$folder"
}

check_kills() {    # each command that writes, killed at random moments and at each rename
    run_checks kills 14 "$root/.venv/bin/python" "$here/python/check_kills.py" --lstmfcn "$lstmfcn" --work "$work/kills"
}

check_data() {    # files of data, beside the readers of SciPy, aeon and NumPy
    local cases=$root/src/test/resources/cases/data
    [ -x "$root/.venv-results/bin/python" ] || { report skipped "data: no .venv-results"; return; }
    run_checks data "$(find "$cases" -name '*.expected.json' | wc -l)" "$root/.venv-results/bin/python" \
        "$here/python/check_data.py" "$lstmfcn" "$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5" "$cases"
}

# --- Long use

check_endurance() {    # the library in a process that lives long
    run_checks endurance 6 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$root/target/lstm-fcn.jar" \
        "$here/java/Endurance.java" "$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5" 30
}

# --- Speed

check_choice() {    # what is chosen by measurement is not much slower than the best single choice
    run_checks choice 9 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dlstmfcn.cache="$work/choice" -cp "$root/target/lstm-fcn.jar" \
        "$here/java/Choice.java" \
        "$root"/keras-weights/{2017-lstmfcn-64-SyntheticControl,2017-lstmfcn-8-CBF,2017-alstmfcn-128-ShapeletSim}/weights.h5
}

# --- Readers

fuzz_readers() {    # six seconds for each
    JOBS=2 "$root/src/fuzz/fuzz.sh" 6 </dev/null > "$work/fuzzed" 2>"$work/log"
    local status=$? found
    found=$(sed -n 's/^\([^ ]*\) .*FAILED: \(.*\); see .*/\1: \2/p' "$work/fuzzed" | paste -sd ';')
    if [ "$status" -eq 0 ] && [ -z "$found" ] && [ "$(wc -l < "$work/fuzzed")" -gt 1 ]; then
        report ok "fuzzing: $(awk 'NR > 1 { inputs += $3 } END { print NR - 1 " readers, " inputs " inputs" }' "$work/fuzzed")"
    else
        tail -n 5 "$work/log" >&2
        report FAILED "fuzzing: ${found:-nothing was fuzzed}"
    fi
}

# --- Real data

run_tests() {    # the tests that look for ../shared, and those that make test would wait too long for
    # One execution: mvn test would give all of these to that of the fuzzers' seeds too, in its instrumented process.
    (cd "$root" && mvn -B -ntp test-compile surefire:test@default-test -Dlstmfcn.shared="$shared" -Dlstmfcn.kills=20 \
        -Dlstmfcn.excluded=none -Dgroups='long | real-data') </dev/null >"$work/log" 2>&1 ||
        { tail -n 30 "$work/log" >&2; report FAILED "tests on real data and long tests"; return; }
    report ok "tests on real data and long tests: $(grep -E 'Tests run:.*Failures' "$work/log" | tail -n 1 | sed 's/^.*Tests run/run/')"
}

verify_more_cases() {    # DATA CASES: each case's own count must come out of the set's files
    local data=$1 cases=$2 folder normalization attention
    mkdir -p "$work/verify"
    echo "weights,set,accuracy,normalization,labels,attention" > "$work/verify/reported.csv"
    for folder in "${more_cases[@]}"; do
        [ "$(dirname "$folder")" = "$cases" ] && [ -f "$folder/weights.h5" ] || continue
        normalization=none attention=''
        case $folder in */2019-*) normalization=sample ;; esac
        case $folder in */2019-alstmfcn-*) attention=across-batch ;; esac
        "$root/.venv/bin/python" - "$folder/" "$normalization" "$attention" >> "$work/verify/reported.csv" <<'PYTHON'
import json, sys
folder, normalization, attention = sys.argv[1:]
case = json.load(open(folder + 'case.json'))
print('%sweights.h5,%s,%d/%d,%s,upstream,%s' % (folder, case['dataset'], case['correct'], case['test'], normalization,
                                                attention))
PYTHON
    done
    if "$lstmfcn" verify --weights "$work/verify" --data "$data" --quiet --csv >"$work/verified.csv" 2>"$work/log"
    then
        "$root/.venv/bin/python" -c 'import csv, os, sys
for row in csv.DictReader(sys.stdin):
    print(os.path.basename(os.path.dirname(row["weights"])), row["correct"] + "/" + row["total"])' < "$work/verified.csv" |
            while read -r name count; do
                report ok "verify $name: $count as in its case"
            done
    else
        cat "$work/log" "$work/verified.csv" >&2
        report FAILED "verify $cases"
    fi
}

score() {    # WEIGHTS DATA SET OPTIONS...: correct/total
    local weights=$1 data=$2 set=$3
    shift 3
    "$lstmfcn" evaluate --weights "$weights" --data "$data" --set "$set" --csv "$@" 2>"$work/log" </dev/null |
        tr -d '\r' | awk -F , '$1 == "correct" {c = $4} $1 == "total" {print c "/" $4}'
}

same_score() {    # NAME SCORE SCORE
    if [ -n "$2" ] && [ "$2" = "$3" ]; then
        report ok "reader $1: $2"
    else
        cat "$work/log" >&2
        report FAILED "reader $1: expected ${2:-a score}, found ${3:-none}"
    fi
}

check_parity() {    # SET OPTIONS: too short for a verdict on accuracy: that it runs, and that the two are not far apart
    if "$root/.venv/bin/python" "$root/src/parity/parity.py" --sets "$1" --seeds 2 "${@:2}" >"$work/parity" 2>"$work/log" \
        </dev/null; then
        report ok "parity: $(grep "^| $1" "$work/parity")"
    else
        tail -n 20 "$work/log" "$work/parity" >&2
        report FAILED "parity: $1 differs or could not be trained"
    fi
}

check_readers() {    # one set through two formats gives one count
    local adiac=$shared/reference/ucr/2017-lstmfcn-8-Adiac/weights.h5
    local vowels=$shared/reference/multivariate/ucr/2018-mlstmfcn-8-JapaneseVowels/weights.h5
    local two_classes=$root/keras-weights/2017-alstmfcn-128-ShapeletSim/weights.h5
    local tsv=$shared/ucr/2018
    same_score "2015 Adiac as 2018's" "$(score "$adiac" "$tsv" Adiac --labels upstream)" \
        "$(score "$adiac" "$shared/ucr/2015" Adiac --labels upstream)"
    same_score ".ts GunPoint as .tsv's" "$(score "$two_classes" "$tsv" GunPoint)" \
        "$(score "$two_classes" "$shared/ucr/ts/GunPoint_TEST.ts" GunPoint)"
    mkdir -p "$work/gz" "$work/arff"
    for half in TRAIN TEST; do
        gzip -c "$tsv/GunPoint/GunPoint_$half.tsv" > "$work/gz/GunPoint_$half.tsv.gz"
        awk -F '\t' 'NR == 1 { print "@relation GunPoint"; for (i = 2; i <= NF; i++) print "@attribute t" i " numeric"
                               print "@attribute target {1,2}"; print "@data" }
                     { for (i = 2; i <= NF; i++) printf "%s,", $i; print int($1) }' \
            "$tsv/GunPoint/GunPoint_$half.tsv" > "$work/arff/GunPoint_$half.arff"
    done
    same_score ".tsv.gz GunPoint as .tsv's" "$(score "$two_classes" "$tsv" GunPoint)" \
        "$(score "$two_classes" "$work/gz" GunPoint)"
    same_score ".arff GunPoint as .tsv's" "$(score "$two_classes" "$tsv" GunPoint)" \
        "$(score "$two_classes" "$work/arff" GunPoint)"
    same_score "published JapaneseVowels as .ts's, standardised" \
        "$(score "$vowels" "$shared/ucr/ts" JapaneseVowels --normalize pooled)" \
        "$(score "$vowels" "$shared/ucr/multivariate" JapaneseVowels)"
    for name in BasicMotions:6 JapaneseVowels:12; do
        "$lstmfcn" predict --weights "$two_classes" "$shared/ucr/ts/${name%:*}_TEST.ts" </dev/null >"$work/log" 2>&1
        if [ $? -eq 1 ] && grep -q "expected 1 variable, as the model has, found ${name#*:}$" "$work/log" &&
            [ "$(wc -l < "$work/log")" -eq 1 ]; then
            report ok "reader .ts ${name%:*} refused: $(sed 's/^.*: expected/expected/' "$work/log")"
        else
            cat "$work/log" >&2
            report FAILED "reader .ts ${name%:*}: expected a refusal of ${name#*:} variables"
        fi
    done
}

# --- A full disk

sums_on_disk() {    # every file with its sum: what is gone, changed or left behind shows
    (cd "$disk" && find . -type f ! -name filler -exec sha256sum {} + | sort -k 2)
}

refused_on_full_disk() {    # NAME KILOBYTES ARGUMENTS...: with so much room left: one line, and every file as it was
    local name=$1 left=$2 before available status
    shift 2
    before=$(sums_on_disk)
    available=$(df -k --output=avail "$disk" | tail -n 1)
    head -c "$(((available - left) * 1024))" /dev/zero > "$disk/filler"
    timeout 120 "$lstmfcn" "$@" </dev/null >"$work/log" 2>&1
    status=$?
    rm -f "$disk/filler"
    if [ "$status" -eq 1 ] && [ "$(wc -l < "$work/log")" -eq 1 ] && grep -q 'No space left on device' "$work/log" &&
        [ "$(sums_on_disk)" = "$before" ]; then
        report ok "full disk, $name: $(sed 's/^.*found //' "$work/log")"
    else
        cat "$work/log" >&2
        diff <(echo "$before") <(sums_on_disk) >&2
        report FAILED "full disk, $name: status $status, expected 1, one line and no file changed"
    fi
}

interrupted_run() {    # RUN: a training that was told to stop after some epochs, with all its files
    local process waited=0
    "$lstmfcn" train --data "$root/testdata" --set CBF --epochs 200 --batch-size 16 --quiet --out "$1" \
        </dev/null >"$work/log" 2>&1 &
    process=$!
    until [ "$(wc -l 2>/dev/null < "$1/history.csv" || echo 0)" -ge 4 ] || [ $((waited += 1)) -gt 600 ]; do
        sleep .1
    done
    kill -TERM "$process"
    wait "$process"
    [ -f "$1/checkpoint" ] && [ "$(wc -l < "$1/history.csv")" -lt 200 ]
}

check_full_disk() {
    local run=$disk/run model=$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5 file
    local other=$root/keras-weights/2017-lstmfcn-64-SyntheticControl/weights.h5
    mkdir "$disk"
    mount -t tmpfs -o size=24m tmpfs "$disk" 2>/dev/null || { report skipped "full disk: no right to mount one"; return; }
    if ! interrupted_run "$run"; then
        cat "$work/log" >&2
        report FAILED "full disk: no run could be made to continue"
        return
    fi
    product "full disk" convert convert --weights "$model" --out "$disk/converted.h5" || return
    product "full disk" export export --weights "$model" --out "$disk/saved-model" || return

    refused_on_full_disk "resuming with no room at all" 0 train --resume "$run" --quiet
    refused_on_full_disk "resuming with room for half a checkpoint" 3000 train --resume "$run" --quiet
    refused_on_full_disk "converting over a file" 300 convert --weights "$other" --out "$disk/converted.h5" --force
    refused_on_full_disk "exporting over a model" 300 export --weights "$other" --out "$disk/saved-model" --force
    refused_on_full_disk "exporting with no room at all" 0 export --weights "$other" --out "$disk/saved-model" --force

    for file in "$run/weights-best.h5" "$run/weights-last.h5" "$disk/converted.h5" "$disk/saved-model"; do
        product "full disk" "$(basename "$file")" evaluate --weights "$file" --data "$root/testdata" --set CBF || return
    done
    product "full disk" "going on" train --resume "$run" --quiet || return
    report ok "full disk: its files are loaded, and with room again the run continues"
}

lines_in() {
    wc -l < "$1" | tr -d ' '
}

# --- The run

python=$(find_python) || stop "needs Python 3.9 to 3.12 as python3; set PYTHON to name one"
"$python" -c 'import venv, ensurepip' </dev/null 2>/dev/null ||
    stop "$python has no venv module with pip; install it (on Debian and Ubuntu the package python3-venv)"
[ -x "$lstmfcn" ] || stop "$lstmfcn is missing; build the project first"
make_venv "$python" "$root/.venv" "$here/python/requirements.txt" || stop "could not make .venv (see above)"

run_checks references 1 "$root/.venv/bin/python" "$root/testdata/check_references.py"
[ "${#more_cases[@]}" -gt 0 ] &&
    run_checks references 1 "$root/.venv/bin/python" "$root/testdata/check_references.py" "${more_cases[@]}"

write_all
run_checks saved-model "$(lines_in "$work/saved-models.jsonl")" \
    "$root/.venv/bin/python" "$here/python/check_saved_model.py" --manifest "$work/saved-models.jsonl"
run_checks weights "$(lines_in "$work/weights.jsonl")" \
    "$root/.venv/bin/python" "$here/python/check_weights.py" --manifest "$work/weights.jsonl"
check_configurations
check_onnx "$python"

mkdir "$work/one-model"
run_checks "one model" 12 "$root/.venv/bin/python" "$here/python/check_one_model.py" \
    "$lstmfcn" "$root/target/lstm-fcn.jar" "$work/one-model"

run_checks consumers 5 "$here/consumers/check-consumers.sh"

if python36=$(find_python36); then
    if make_venv "$python36" "$root/.venv-2017" "$root/testdata/requirements-2017.txt"; then
        run_checks weights-2017 "$(lines_in "$work/weights.jsonl")" \
            "$root/.venv-2017/bin/python" "$here/python/check_weights_original.py" --manifest "$work/weights.jsonl"
        run_checks traces-2017 2 "$root/.venv-2017/bin/python" "$here/python/check_traces_original.py"
    else
        report FAILED "weights-2017: could not make .venv-2017 (see above)"
    fi
else
    report skipped "weights-2017: no Python 3.6"
fi

check_results "$python"
check_data
check_full_disk
check_kills
check_endurance
check_choice
LSTMFCN_SPARK_SERIES=80000 run_checks spark 10 "$here/check-spark.sh"
fuzz_readers
run_checks environments 20 "$here/environments.sh"

if command -v chromium >/dev/null; then
    run_checks pages 5 "$here/check-pages.sh"
else
    report skipped "pages: no chromium"
fi

if "$python" -B -m unittest discover -q -s "$root/src/reproduce" 2>"$work/log"; then
    report ok "reproduce: $(grep '^Ran ' "$work/log")"
else
    tail -n 20 "$work/log" >&2
    report FAILED "reproduce: what it stores or leaves out"
fi

if [ -d "$shared" ]; then
    run_tests
    verify_more_cases "$shared/ucr/2018" "$shared/reference/ucr"
    verify_more_cases "$shared/ucr/ts" "$shared/reference/multivariate/ucr"
    verify_more_cases "$root/testdata" "$shared/reference/multivariate/synthetic"
    check_readers
    check_parity ItalyPowerDemand --data "$shared/ucr/2018" --epochs 20
    check_parity JapaneseVowels --multivariate-data "$shared/ucr" --epochs 10
else
    report skipped "real data: no ../shared"
fi

passed=$(grep -c '^ok ' "$results")
failed=$(grep -c '^FAILED ' "$results")
grep '^FAILED ' "$results"    # once more, where the end of a long log shows them
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
