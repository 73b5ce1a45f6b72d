#!/usr/bin/env bash
# Measures ours beside Keras and prints the tables of docs/performance.md.
#
#   src/bench/run.sh [--quick] [PART…]     parts: shapes processes reading memory batch; default: all but batch
#
# Needs JDK 17, Maven, and Python 3.9 to 3.12 with venv. Results lie in target/bench/results. On two cores all takes
# about 30 minutes, --quick 15; what else runs meanwhile is measured with it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
results=$root/target/bench/results
venv=$root/target/bench/venv
# variables, length, batch, cells
shapes=(1x24x67x8 1x128x128x8 1x286x28x64 1x500x128x128 1x1639x32x8 12x29x128x8 6x100x40x64 62x512x16x8)
seconds=3 process_runs=9 jmh=()
if [ "${1:-}" = --quick ]; then
    shift
    seconds=1 process_runs=3 jmh=(-wi 1 -i 1)
fi
parts=("${@:-all}")

wants() {    # PART: was it asked for?
    [[ " ${parts[*]} " == *" $1 "* ]] || { [ "${parts[*]}" = all ] && [ "$1" != batch ]; }
}

say() {
    printf '%s %s\n' "$(date +%T)" "$*" >&2
}

failed() {    # LOG
    tail -n 20 "$1" >&2
    exit 1
}

run_jmh() {    # RESULT ARGUMENT…
    local result=$1
    shift
    java -cp "$classpath" org.openjdk.jmh.Main "$@" "${jmh[@]}" -jvmArgs -XX:+UseSerialGC -foe true \
        -rf json -rff "$results/$result.jmh.json" >> "$results/jmh.log" 2>&1 || failed "$results/jmh.log"
}

run_keras() {    # RESULT ARGUMENT…
    local result=$1
    shift
    "$venv/bin/python" "$here/python/bench_keras.py" "$@" > "$results/$result.jsonl" 2>> "$results/keras.log" ||
        failed "$results/keras.log"
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
rm -rf "$results"
mkdir -p "$results"
export TF_CPP_MIN_LOG_LEVEL=3

if wants shapes; then
    say "matrix product"
    run_jmh matmul MatmulBenchmark
    run_keras matmul "${shapes[0]}" "$seconds" matmul
    for round in 1 2; do    # the quicker one counts, on either side: a machine is not always its owner's alone
        for shape in "${shapes[@]}"; do    # both sides of a shape within the same minutes
            say "$shape, round $round"
            run_jmh "predict-$shape-$round" PredictionBenchmark -p shape="$shape"
            (
                [ "$(nproc)" -gt 2 ] || export TF_NUM_INTRAOP_THREADS=1    # as bin/lstmfcn trains
                run_jmh "train-$shape-$round" TrainingBenchmark -p shape="$shape"
            )
            run_keras "keras-$shape-$round" "$shape" "$seconds" predict train
        done
    done
fi
if wants processes; then
    say "whole processes"
    "$venv/bin/python" "$here/python/bench_processes.py" "$root" "$process_runs" > "$results/processes.jsonl"
fi
if wants reading; then
    say "reading"
    run_jmh reading ReadingBenchmark
fi
if wants memory; then
    say "20,000 calls and steps"
    java -Xmx200m -XX:+UseSerialGC -cp "$classpath" io.github.lstmfcn.bench.FlatMemory > "$results/memory.jsonl" 2>> "$results/jmh.log"
fi
if wants batch; then
    say "batch sizes"
    run_jmh batch BatchSizeBenchmark
fi

echo "Measured $(date +%F) with src/bench/run.sh: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)," \
    "$(nproc) cores, $(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/Java \1/p')," \
    "load $(cut -d ' ' -f 1 /proc/loadavg) at the end."
echo
"$venv/bin/python" "$here/python/table.py" "$results"
