#!/usr/bin/env bash
# Measures what Spark adds to the library's time, how two executors share the work, and Keras in a pandas UDF on the same
# data, and prints the tables of docs/spark.md.
#
#   spark/bench/run.sh [--series N] [--rows N,N,…]     default: 200000 series, and 10000, 100000 and 1000000 rows
#
# Needs JDK 17, Maven, and Python 3.9 to 3.12 with venv. Results lie in spark/target/bench. On two cores all takes about
# 20 minutes; what else runs meanwhile is measured with it. LSTMFCN_SPARK_JAR may name another jar.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
results=$root/spark/target/bench
venv=$root/spark/target/bench-venv
model=$root/keras-weights/keras3-lstmfcn-8-CBF/model.keras
series=200000 rows=10000,100000,1000000
while [ $# -gt 0 ]; do
    case $1 in
        --series) series=$2 ;;
        --rows) rows=$2 ;;
        *) sed -n '5s/^# */usage: /p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done

say() {
    printf '%s %s\n' "$(date +%T)" "$*" >&2
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$results"
mkdir -p "$results"
log=$results/log

run() {    # RESULT COMMAND...: what it prints is the result
    local result=$1
    shift
    say "$result"
    "$@" > "$results/$result.jsonl" 2>> "$log" ||
        { tail -n 20 "$log" "$results/$result.jsonl" >&2; exit 1; }    # spark-submit mixes a script's streams
}

spark_jar=${LSTMFCN_SPARK_JAR:-}
if [ -z "$spark_jar" ]; then
    say "building"
    (cd "$root" && mvn -q -B -ntp install -DskipTests && mvn -q -B -ntp -f spark package -DskipTests) >> "$log" 2>&1
    spark_jar=$(ls "$root"/spark/target/lstm-fcn-spark-*-submit.jar)
fi
if ! cmp -s "$here/requirements.txt" "$venv/made-from.txt"; then
    say "making a Python environment"
    rm -rf "$venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/made-from.txt"
fi
spark_python=$venv/bin/python
spark_home=$("$spark_python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
. "$root/src/check/spark-cluster.sh"
trap 'stop_cluster || true; rm -rf "$work"' EXIT
export PYTHONPATH=$root/spark/python:$here/python

measure() {    # NAME MASTER SIDE SERIES WORKER_PROCESS...
    local name=$1 master=$2 side=$3 folder=$4
    shift 4
    submit "$master" --name "$name" --jars "$spark_jar" --conf spark.sql.files.minPartitionNum=16 \
        "$here/python/bench_spark.py" "$side" "$model" "$folder" "$work/warm-up" "$@"
}

say "making series"
for count in 4096 "$series" ${rows//,/ }; do
    folder=$work/$count
    [ "$count" != 4096 ] || folder=$work/warm-up
    [ -d "$folder" ] || submit 'local[*]' "$root/src/check/python/spark_scoring.py" make "$folder" "$count" /dev/null \
        >> "$log" 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
done

mkdir "$work/classes"
javac -cp "$spark_home/jars/*:$spark_jar" -d "$work/classes" "$here/java/LibraryAlone.java" 2>> "$log"
jar --create --file "$work/library-alone.jar" -C "$work/classes" .
run library submit 'local[1]' --driver-memory 4g --class LibraryAlone --jars "$spark_jar" "$work/library-alone.jar" \
    "$model" "$work/$series"
run transform-local-1 measure 'local[1]' 'local[1]' transform "$work/$series"
run transform-local-2 measure 'local[2]' 'local[2]' transform "$work/$series"
run keras-local-1 measure 'local[1]' 'local[1]' keras "$work/$series"
run keras-local-2 measure 'local[2]' 'local[2]' keras "$work/$series"

start_master && start_worker 1 || { tail "$work"/*.log >&2; exit 1; }
run transform-executors-1 measure 'one executor' "$spark_master" transform "$work/$series" "${spark_workers[1]}"
start_worker 2 || { tail "$work"/*.log >&2; exit 1; }
run transform-executors-2 measure 'two executors' "$spark_master" transform "$work/$series" "${spark_workers[@]}"
for count in ${rows//,/ }; do
    run "rows-$count" measure rows "$spark_master" transform "$work/$count" "${spark_workers[@]}"
done

echo "Measured $(date +%F) with spark/bench/run.sh: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1)," \
    "$(nproc) cores, $(java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/Java \1/p'), Spark" \
    "$("$spark_python" -c 'import pyspark; print(pyspark.__version__)'), load $(cut -d ' ' -f 1 /proc/loadavg) at the end."
echo
"$spark_python" "$here/python/table.py" "$results"
