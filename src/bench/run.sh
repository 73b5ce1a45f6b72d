#!/usr/bin/env bash
# Measures ours beside Keras and ONNX Runtime and prints the tables of docs/performance.md.
#
#   src/bench/run.sh [--quick] [PART…]      default: all parts
#
#     shapes       a batch: prediction and training at eight shapes, beside Keras
#     peers        a batch of 1, 8, 32 and 128 series by each of our graphs and by ONNX Runtime
#     load         1, 4 and 16 threads that predict single series: throughput and latency
#     validation   an epoch that is scored on TEST, beside Keras
#     processes    whole processes: time and peak memory
#     jobs         trainings per hour of train-all with --jobs 1 and 2
#     precision    correct series, probabilities and times in float32 and bfloat16, of every dataset that there are
#                  weights for: those at hand, and those of the trainings below RUNS, from the environment
#     threads      TensorFlow's threads; src/bench/threads.sh does it with nothing but Java
#     reading      100 MB of text
#     memory       growth over 20,000 calls
#     batch        batch sizes
#
# Needs JDK 17, Maven, and Python 3.9 to 3.12 with venv. Results lie in target/bench/results. On two cores all takes
# more than an hour, --quick half an hour; what else runs meanwhile is measured with it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/bench
results=$work/results
venv=$work/venv
all=(shapes peers load validation processes jobs precision threads reading memory batch)
# variables, length, batch, cells
shapes=(1x24x67x8 1x128x128x8 1x286x28x64 1x500x128x128 1x1639x32x8 12x29x128x8 6x100x40x64 62x512x16x8)
univariate=(1x24x1x8 1x128x1x8 1x286x1x64 1x500x1x128 1x1639x1x8)
loaded=(1x24x1x8 1x128x1x8 1x500x1x128)
# length, series of TRAIN, series of TEST, batch, cells: ItalyPowerDemand, CBF, ToeSegmentation2
validated=(24x67x1029x64x8 128x30x900x32x8 343x36x130x128x64)
seconds=3 rounds=2 process_runs=9 epochs=100 threads_seconds=150 jmh=()
if [ "${1:-}" = --quick ]; then
    shift
    seconds=1 rounds=1 process_runs=3 epochs=50 threads_seconds=60 jmh=(-wi 1 -i 1)
fi
parts=("$@")
[ $# -gt 0 ] || parts=("${all[@]}")
for part in "${parts[@]}"; do
    [[ " ${all[*]} " == *" $part "* ]] || { sed -n '4s/^# */usage: /p; 6,17s/^# *//p' "$0" >&2; exit 2; }
done

wants() {    # PART: was it asked for?
    [[ " ${parts[*]} " == *" $1 "* ]]
}

say() {
    printf '%s %s\n' "$(date +%T)" "$*" >&2
}

failed() {    # LOG
    tail -n 20 "$1" >&2
    exit 1
}

ours() {    # ARGUMENT…: Java with threads of its own for each session, as bin/lstmfcn has them
    TF_OVERRIDE_GLOBAL_THREADPOOL=1 java -cp "$classpath" "$@"
}

bench() {    # CLASS ARGUMENT…
    ours -XX:+UseSerialGC "io.github.lstmfcn.bench.$1" "${@:2}" 2>> "$results/java.log" ||
        failed "$results/java.log"
}

begin() {    # PART WORDS: notes the machine and its load, before we are its load
    say "$2"
    bench Machine "$1" > "$results/$1.machine.jsonl"
}

run_jmh() {    # RESULT ARGUMENT…
    local result=$1
    shift
    ours org.openjdk.jmh.Main "$@" "${jmh[@]}" -jvmArgs -XX:+UseSerialGC -foe true \
        -rf json -rff "$results/$result.jmh.json" >> "$results/java.log" 2>&1 || failed "$results/java.log"
}

run_keras() {    # RESULT SCRIPT ARGUMENT…
    "$venv/bin/python" "$here/python/$2.py" "${@:3}" > "$results/$1.jsonl" 2>> "$results/keras.log" ||
        failed "$results/keras.log"
}

onnx() {    # NAME FROM: the file of a model converted once, from a shape or a weight file
    local file=$work/onnx/$1.onnx
    if [ ! -f "$file" ]; then
        rm -rf "$work/onnx/$1"
        mkdir -p "$work/onnx"
        bench DirectGraph "$2" "$work/onnx/$1"
        "$venv/bin/python" -m tf2onnx.convert --saved-model "$work/onnx/$1" --output "$file" >> "$results/keras.log" 2>&1 ||
            failed "$results/keras.log"
    fi
    echo "$file"
}

onnx_command() {    # starts ONNX Runtime as bin/lstmfcn starts ours: its library unpacked before, one compiler tier
    local jar natives=$work/onnx/natives platform=linux-x64
    [ "$(uname -m)" = x86_64 ] || platform=linux-aarch64
    jar=$(tr : '\n' <<< "$classpath" | grep '/onnxruntime-[^/]*\.jar$')
    mkdir -p "$natives"
    (cd "$natives" && jar xf "$jar" "ai/onnxruntime/native/$platform")
    echo "java -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1" \
        "'-Donnxruntime.native.path=$natives/ai/onnxruntime/native/$platform'" \
        "-cp '$root/target/bench-classes:$jar' io.github.lstmfcn.bench.OnnxProcess"
}

train_all() {    # JOBS: a line of JSON on trainings with as many epochs each
    local out=$work/jobs-$1 sets=CBF,TwoPatterns,SyntheticControl,ImbalancedTones start
    rm -rf "$out"
    start=$(date +%s%N)
    "$root/bin/lstmfcn" train-all --data "$root/testdata" --sets "$sets" --seeds 2 --recipe 2017 --epochs "$epochs" \
        --jobs "$1" --out "$out" --quiet > "$results/jobs.log" 2>&1 || failed "$results/jobs.log"
    printf '{"side": "java", "kind": "jobs", "variant": "%d", "epochs": %d, "runs": 8, "milliseconds": %d}\n' \
        "$1" "$epochs" $((($(date +%s%N) - start) / 1000000))
    rm -rf "$out"
}

say "building"
(cd "$root" && mvn -q -B -ntp package -DskipTests &&
    mvn -q -B -ntp -Pbench test-compile dependency:build-classpath -Dmdep.outputFile=target/bench-classpath \
        -Dmdep.includeScope=test)
classpath=$root/target/bench-classes:$root/target/classes:$(< "$root/target/bench-classpath")
if ! cmp -s "$here/python/requirements.txt" "$venv/made-from.txt"; then
    say "making a Python environment"
    rm -rf "$venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/python/requirements.txt"
    cp "$here/python/requirements.txt" "$venv/made-from.txt"
fi
rm -rf "$results" "$work/onnx" "$work/cache"
mkdir -p "$results"
export XDG_CACHE_HOME=$work/cache    # what was measured before this run is measured again
export TF_CPP_MIN_LOG_LEVEL=3
export ORT_DISABLE_TELEMETRY=1    # of a later ONNX Runtime than the one in pom.xml

if wants shapes; then
    begin shapes "matrix product"
    run_jmh matmul MatmulBenchmark
    run_keras matmul bench_keras "${shapes[0]}" "$seconds" matmul
    for round in $(seq "$rounds"); do    # the faster one counts, on either side: a machine is not always its owner's alone
        for shape in "${shapes[@]}"; do    # both sides of a shape within the same minutes
            say "$shape, round $round"
            run_jmh "predict-$shape-$round" PredictionBenchmark -p shape="$shape"
            run_jmh "train-$shape-$round" TrainingBenchmark -p shape="$shape"
            run_keras "keras-$shape-$round" bench_keras "$shape" "$seconds" predict train
        done
    done
fi
if wants peers; then
    begin peers "ONNX Runtime"
    for shape in "${univariate[@]}"; do
        say "$shape"
        model=$(onnx "$shape" "$shape")
        bench PeerBenchmark "$shape" "$seconds" "$model" > "$results/peers-$shape.jsonl"
    done
fi
if wants load; then
    begin load "latency under load"
    for round in $(seq "$rounds"); do
        for shape in "${loaded[@]}"; do
            model=$(onnx "$shape" "$shape")
            for variant in ours ours-caller onnx onnx-caller; do
                say "$shape, $variant, round $round"
                bench LoadBenchmark "$variant" "$shape" "$seconds" "$model" > "$results/load-$shape-$variant-$round.jsonl"
            done
        done
    done
fi
if wants validation; then
    begin validation "epochs with validation"
    for round in $(seq "$rounds"); do
        for sizes in "${validated[@]}"; do
            say "$sizes, round $round"
            run_jmh "validation-$sizes-$round" ValidationBenchmark -p sizes="$sizes"
            run_keras "validation-keras-$sizes-$round" bench_validation "$sizes" "$seconds"
        done
    done
fi
if wants processes; then
    begin processes "whole processes"
    model=$(onnx CBF "$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5")
    "$venv/bin/python" "$here/python/bench_processes.py" "$root" "$process_runs" "$(onnx_command)" "$model" \
        > "$results/processes.jsonl"
fi
if wants jobs; then
    begin jobs "trainings per hour"
    "$root/bin/lstmfcn" --version > /dev/null    # what a first start makes
    for round in $(seq "$rounds"); do
        for jobs in 1 2; do
            train_all "$jobs" >> "$results/jobs.jsonl"
        done
    done
fi
if wants precision; then
    begin precision "float32 and bfloat16"
    "$venv/bin/python" "$here/python/bench_precision.py" "$root" "${RUNS:-$root/target/reproduce}" \
        > "$results/precision.jsonl" 2>> "$results/keras.log" || failed "$results/keras.log"
fi
if wants threads; then
    begin threads "threads"
    "$here/threads.sh" --seconds "$threads_seconds" > "$results/threads.md"
fi
if wants reading; then
    begin reading "reading"
    run_jmh reading ReadingBenchmark
fi
if wants memory; then
    begin memory "20,000 calls and steps"
    java -Xmx200m -XX:+UseSerialGC -cp "$classpath" io.github.lstmfcn.bench.FlatMemory \
        > "$results/memory.jsonl" 2>> "$results/java.log" || failed "$results/java.log"
fi
if wants batch; then
    begin batch "batch sizes"
    run_jmh batch BatchSizeBenchmark
fi

echo "Measured $(date +%F) with src/bench/run.sh."
echo
"$venv/bin/python" "$here/python/table.py" "$results"
[ ! -f "$results/threads.md" ] || cat "$results/threads.md"
