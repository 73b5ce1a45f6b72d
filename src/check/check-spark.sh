#!/usr/bin/env bash
# Runs the Python package for Spark's tests, and the jobs on a real cluster: a master and two workers of one core each,
# of which one is killed while they work. What comes out has to be what one process computes, bit for bit.
#
#   src/check/check-spark.sh       needs JDK 17, Maven and Python 3.9 to 3.12 with venv and pip; a line per check
#
# LSTMFCN and PYTHON may name another command line and another Python, LSTMFCN_SPARK_JAR another jar, and
# LSTMFCN_SPARK_SERIES a number of series to score other than 200000. Takes less than 6 minutes on two cores.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
lstmfcn=${LSTMFCN:-$root/bin/lstmfcn}
series=${LSTMFCN_SPARK_SERIES:-200000}
weights=$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5
work=$(mktemp -d)
failures=0

report() {    # a line: ok or FAILED, then what
    printf '%-7s %s\n' "$1" "spark, $2"
    [ "$1" != FAILED ] || failures=$((failures + 1))
}

stop() {
    echo "check-spark: $1" >&2
    exit 1
}

expect() {    # NAME COMMAND...: one line with what it printed last
    local name=$1
    shift
    if "$@" >"$work/out" 2>"$work/err"; then
        report ok "$name$(sed -n '$s/^/: /p' "$work/out")"
    else
        grep -v ' WARN ' "$work/err" | tail -n 20 >&2
        report FAILED "$name: $(tail -n 1 "$work/out")"
        return 1
    fi
}

# --- What is needed

. "$here/python-env.sh"
python=$(find_python) || stop "needs Python 3.9 to 3.12 as python3; set PYTHON to name one"
make_venv "$python" "$root/.venv-spark" "$here/python/requirements-spark.txt" || stop "could not make .venv-spark (see above)"
"$lstmfcn" --version >/dev/null || stop "$lstmfcn does not run"    # builds it
spark_jar=${LSTMFCN_SPARK_JAR:-}
if [ -z "$spark_jar" ]; then
    spark_jar=$(ls "$root"/spark/target/lstm-fcn-spark-*-submit.jar 2>/dev/null)
    [ -f "$spark_jar" ] || (cd "$root" && mvn -q -B -ntp install -DskipTests && mvn -q -B -ntp -f spark package -DskipTests) \
        </dev/null >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; stop "could not build the jar for Spark"; }
    spark_jar=$(ls "$root"/spark/target/lstm-fcn-spark-*-submit.jar)
fi
spark_python=$root/.venv-spark/bin/python
spark_home=$("$spark_python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
. "$here/spark-cluster.sh"
trap 'stop_cluster || true; rm -rf "$work"' EXIT

# --- The Python package, as it is installed

mkdir "$work/spark"
cp -r "$root/spark/python" "$root/spark/pom.xml" "$work/spark"
"$spark_python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall \
    "$work/spark/python" </dev/null >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; report FAILED "the Python package"; }

python_tests() {
    (cd "$root/spark/python/tests" && LSTMFCN_SPARK_JAR=$spark_jar "$spark_python" -W ignore -m unittest) </dev/null \
        >"$work/log" 2>&1
    local status=$?
    grep -E '^(FAIL|ERROR): |Error: |^Ran |^FAILED' "$work/log" >&2
    sed -n 's/^Ran \([0-9]* tests\) in.*/\1/p' "$work/log"
    return "$status"
}
expect "Python package" python_tests

# --- Scoring

submit_python() {    # MASTER ARGUMENTS...: of spark_scoring.py; partitions are the files whatever the number of cores
    local master=$1
    shift
    submit "$master" --jars "$spark_jar" --conf spark.sql.files.minPartitionNum=16 --conf spark.sql.shuffle.partitions=2 \
        "$here/python/spark_scoring.py" "$@"
}

lost() {    # LOG: how many executors the driver lost
    grep -c 'Lost executor' "$1"
}

ended() {    # PROCESS
    ! kill -0 "$1" 2>/dev/null
}

some_committed() {    # FOLDER PROCESS: has the first task of a job left its result, or has the job ended?
    compgen -G "$1/_temporary/0/task_*" >/dev/null || ended "$2"
}

start_master && start_worker 1 && start_worker 2 || { tail "$work"/*.log >&2; stop "no cluster could be started"; }

submit_python 'local[2]' make "$work/series" "$series" "$work/sample" >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; stop "no series could be made"; }
"$lstmfcn" predict --quiet --csv --weights "$weights" "$work/sample" >"$work/predicted" </dev/null
timed_scoring() {    # MASTER OUT
    local start=$SECONDS
    submit_python "$1" score "$weights" "$work/series" "$2" && echo "$series series in $((SECONDS - start)) s"
}
expect "scoring in one process" timed_scoring 'local[1]' "$work/local"
expect "scoring on two workers" timed_scoring "$spark_master" "$work/two workers"

mkdir "$work/some-series"
ln "$work"/series/part-0000* "$work/some-series"    # 10 of 16 files
submit_python "$spark_master" score "$weights" "$work/some-series" "$work/one of two workers killed" \
    >"$work/survived.log" 2>&1 &
job=$!
wait_for 300 some_committed "$work/one of two workers killed" "$job"
kill_worker 2 || report FAILED "killing a worker that scores: it had no executor"
if wait "$job" && [ "$(lost "$work/survived.log")" -ge 1 ]; then
    report ok "scoring goes on when a worker and its executor are killed"
else
    tail -n 20 "$work/survived.log" >&2
    report FAILED "scoring when a worker is killed: $(lost "$work/survived.log") executors lost"
fi
start_worker 2 || report FAILED "a worker takes the place of the killed one"

submit_python 'local[2]' compare "$work/predicted" "$work/local" "$work/two workers" "$work/one of two workers killed" \
    >"$work/lines" 2>"$work/log" || { tail -n 20 "$work/log" >&2; report FAILED "comparing what was scored"; }
cat "$work/lines"
failures=$((failures + $(grep -c '^FAILED' "$work/lines")))

# --- verify

job() {    # MASTER ARGUMENTS...: of the program in the jar
    local master=$1
    shift
    submit "$master" --class io.github.lstmfcn.spark.Main "$spark_jar" "$@"
}

same_verification() {
    "$lstmfcn" verify --quiet --csv --weights "$root/keras-weights" --data "$root/testdata" --out "$work/verified-here" \
        >"$work/verified-here.csv" </dev/null || return 1
    job "$spark_master" verify --quiet --csv --weights "$root/keras-weights" --data "$root/testdata" \
        --out "$work/verified-there" >"$work/verified-there.csv" || return 1
    diff "$work/verified-here.csv" "$work/verified-there.csv" >&2 &&
        diff "$work/verified-here/verification.csv" "$work/verified-there/verification.csv" >&2 &&
        echo "$(($(wc -l < "$work/verified-here.csv") - 1)) files of weights"
}
expect "verify as bin/lstmfcn verify" same_verification

# --- search

search=(search --quiet --data "$root/testdata" --sets CBF,SyntheticControl --cells 4,8 --models lstm-fcn,alstm-fcn --epochs 40)

same_runs() {    # FOLDER OTHER FILE...: the choice, and those files of each run
    local folder=$1 other=$2 run file
    shift 2
    diff "$folder/choice.csv" "$other/choice.csv" >&2 || return 1
    (cd "$folder" && find . -name history.csv -printf '%h\n' | sort) >"$work/runs"
    while read -r run; do
        for file in "$@"; do
            cmp "$folder/$run/$file" "$other/$run/$file" >&2 || return 1
        done
    done <"$work/runs"
    [ -s "$work/runs" ] && echo "$(wc -l < "$work/runs") runs"
}

same_search() {
    TF_NUM_INTRAOP_THREADS=1 "$lstmfcn" "${search[@]}" --jobs 2 --out "$work/searched-here" </dev/null || return 1
    job "$spark_master" "${search[@]}" --out "$work/searched-there" || return 1
    # Weight files also name the writer of HDF5 with its version, which the jar for Spark does not know.
    same_runs "$work/searched-here" "$work/searched-there" history.csv
}
expect "search as bin/lstmfcn search" same_search

epochs() {    # RUN: the epochs in its history
    echo $(($(wc -l 2>/dev/null < "$1/history.csv" || echo 1) - 1))
}

running() {    # FOLDER: the runs that have a checkpoint and are in the midst of their 40 epochs
    local run reached
    for run in "$1"/*/*; do
        reached=$(epochs "$run")
        compgen -G "$run/checkpoint.*" >/dev/null && [ "$reached" -ge 5 ] && [ "$reached" -le 25 ] && echo "$run"
    done
}

two_running() {    # FOLDER PROCESS: of a job, or has it ended?
    [ "$(running "$1" | wc -l)" -ge 2 ] || ended "$2"
}

killed_while_training() {    # FOLDER: begins a search, and kills a worker while runs train; fails if none was seen in its midst
    local run
    [ -n "${spark_workers[2]:-}" ] || start_worker 2
    at_kill=()
    job "$spark_master" "${search[@]}" --out "$1" >"$work/survived.log" 2>&1 &
    process=$!
    wait_for 300 two_running "$1" "$process"
    for run in $(running "$1"); do
        at_kill[$run]=$(epochs "$run")
    done
    [ "${#at_kill[@]}" -ge 1 ] && kill_worker 2
}

search_with_a_kill() {
    local folder process run before now attempt=1
    local -A at_kill
    until killed_while_training "$work/search-survived-$attempt"; do    # only one that ended well was too quick
        wait_for 120 ended "$process" && wait "$process" && [ "$attempt" -lt 3 ] || {
            kill "$process" 2>/dev/null
            tail -n 20 "$work/survived.log" >&2
            echo "no worker was killed while it trained"
            return 1
        }
        attempt=$((attempt + 1))
    done
    folder=$work/search-survived-$attempt
    until ended "$process"; do    # from zero, a history would be written anew
        for run in "${!at_kill[@]}"; do
            before=${at_kill[$run]} now=$(epochs "$run")
            [ "$now" -ge $((before - 2)) ] || { wait "$process"; echo "$run has $now epochs, had $before"; return 1; }
        done
        sleep .1
    done
    wait "$process" && [ "$(lost "$work/survived.log")" -ge 1 ] || { tail -n 20 "$work/survived.log" >&2; return 1; }
    same_runs "$work/searched-there" "$folder" history.csv weights-best.h5 >/dev/null || return 1
    echo "every run as without the kill, which came after ${at_kill[*]} of 40 epochs"
}
expect "search goes on when a worker and its executor are killed" search_with_a_kill

[ "$failures" -eq 0 ]
