#!/usr/bin/env bash
# Measures how many threads TensorFlow should use on this machine, and prints a table and the best setting.
#
#   src/bench/threads.sh [--classpath FOLDER] [--seconds N]      default: target, 150
#
# Needs nothing but Java 17 or later, of JAVA_HOME or on the path. FOLDER has the library as it was built with
# `mvn package` and `mvn -Pbench test-compile`: classes, bench-classes and lib. To measure on another machine, copy this
# script and these folders there. With more settings than the seconds suffice for, each is measured once: 25 of them, on
# 16 processors, take about three minutes.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../../target seconds=150
while [ $# -gt 0 ]; do
    case $1 in
        --classpath) folder=$2 ;;
        --seconds) seconds=$2 ;;
        *) sed -n '4s/^# */usage: /p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
for part in classes bench-classes lib; do
    [ -d "$folder/$part" ] || { echo "threads.sh: expected a folder $folder/$part, found none; build it with mvn package -DskipTests and mvn -Pbench test-compile" >&2; exit 1; }
done
export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-3}
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 \
    -cp "$folder/bench-classes:$folder/classes:$folder/lib/*" \
    io.github.lstmfcn.bench.ThreadsBenchmark "$seconds"
