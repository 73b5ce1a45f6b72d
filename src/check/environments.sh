#!/usr/bin/env bash
# Starts the command line where something is missing or unusual: closed descriptors, locales, homes, limits, Javas,
# signals. Everywhere it has to be right, or to end with one line.
#
#   src/check/environments.sh      a line per check, exit status 1 if any failed
#
# LSTMFCN may name another command line. JAVA_HOMES, folders separated by spaces, are other Javas to try.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lstmfcn=${LSTMFCN:-$root/bin/lstmfcn}
"$lstmfcn" --version >/dev/null || exit 1   # builds it
jar=$(dirname "$lstmfcn")/../lstm-fcn.jar
[ -f "$jar" ] || jar=$root/target/lstm-fcn.jar
weights=$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5
work=$(mktemp -d)
trap 'mountpoint -q "$work/full" 2>/dev/null && umount "$work/full"; rm -rf "$work"' EXIT
failures=0 checks=0

report() {    # a line: ok, FAILED or skipped, then what
    printf '%-7s %s\n' "$1" "$2"
    [ "$1" = skipped ] || checks=$((checks + 1))
    [ "$1" != FAILED ] || failures=$((failures + 1))
}

head -n 3 "$root/testdata/CBF/CBF_TEST.tsv" | cut -f 2- > "$work/series"
predicted=$("$lstmfcn" predict --quiet --weights "$weights" < "$work/series") || { echo "no prediction" >&2; exit 1; }
usual=(predict --quiet --weights "$weights")

right() {    # NAME COMMAND...: prints the usual predictions, and nothing on standard error
    local name=$1 found status
    shift
    found=$("$@" < "$work/series" 2>"$work/err")
    status=$?
    if [ "$status" -eq 0 ] && [ "$found" = "$predicted" ] && [ ! -s "$work/err" ]; then
        report ok "$name"
    else
        head -n 3 "$work/err" >&2
        report FAILED "$name: status $status, $(wc -l < "$work/err") lines on standard error"
    fi
}

refused() {    # NAME STATUS PATTERN COMMAND...: nothing on standard output, one line on standard error
    local name=$1 expected=$2 pattern=$3 found status
    shift 3
    found=$("$@" < "$work/series" 2>"$work/err")
    status=$?
    if [ "$status" -eq "$expected" ] && [ -z "$found" ] && grep -q "$pattern" "$work/err" &&
        [ "$(grep -vc "^See 'lstmfcn" "$work/err")" -eq 1 ]; then
        report ok "$name: $(head -n 1 "$work/err" | cut -c 1-100)"
    else
        head -n 3 "$work/err" >&2
        report FAILED "$name: status $status, expected $expected and one line with $pattern"
    fi
}

right_or_refused() {    # NAME COMMAND...: either of both
    local name=$1 found status
    shift
    found=$("$@" < "$work/series" 2>"$work/err")
    status=$?
    if [ "$status" -eq 0 ] && [ "$found" = "$predicted" ] && [ ! -s "$work/err" ]; then
        report ok "$name: right"
    elif [ "$status" -eq 1 ] && [ -z "$found" ] && [ "$(wc -l < "$work/err")" -eq 1 ]; then
        report ok "$name: $(cut -c 1-100 "$work/err")"
    else
        head -n 3 "$work/err" >&2
        report FAILED "$name: status $status, $(wc -l < "$work/err") lines on standard error"
    fi
}

# --- Closed descriptors

sums() {
    sha256sum "$lstmfcn" "$jar" "$(dirname "$jar")"/*.jar "$weights"
}

descriptors() {    # NAME COMMAND...: each of the eight combinations, with each kind of command
    local name=$1 before closed status expected bad=0 tried=0 arguments
    shift
    before=$(sums)
    for closed in 0 1 2 3 4 5 6 7; do
        for arguments in "predict --quiet --weights $weights" "search --help" "predict --weights /nowhere" \
            "evaluate --quiet --weights $weights --data $root/testdata/CBF/CBF_TEST.tsv" "report nothing-there" \
            "train --quiet --data $root/testdata --set CBF --cells 2 --epochs 1 --out $work/run-$1-$closed"; do
            # Each kind once with all three; two of them in every combination.
            case $arguments in predict*) ;; *) [ "$closed" -eq 7 ] || continue ;; esac
            rm -rf "$work"/run-*
            (
                exec <"$work/series" >"$work/out" 2>"$work/err"
                [ $((closed & 1)) -eq 0 ] || exec <&-
                [ $((closed & 2)) -eq 0 ] || exec >&-
                [ $((closed & 4)) -eq 0 ] || exec 2>&-
                exec "$@" $arguments
            )
            status=$?
            expected=0
            case $arguments in
                *nowhere | report*) expected=1 ;;
                predict*) expected=$((closed & 1)) ;;
            esac
            tried=$((tried + 1))
            if [ "$status" -ne "$expected" ] || { [ "$expected" -eq 1 ] && [ $((closed & 4)) -eq 0 ] && [ ! -s "$work/err" ]; } ||
                { [ "$expected" -eq 0 ] && [ $((closed & 2)) -eq 0 ] && [ ! -s "$work/out" ]; }; then
                bad=$((bad + 1))
                echo "closed $closed, ${arguments%% *}: status $status, expected $expected" >&2
            fi
        done
    done
    if [ "$bad" -eq 0 ] && [ "$(sums)" = "$before" ]; then
        report ok "closed descriptors, $name: $tried commands, no file of the program changed"
    else
        report FAILED "closed descriptors, $name: $bad of $tried commands; $([ "$(sums)" = "$before" ] || echo "a file of the program changed")"
    fi
}

descriptors bin/lstmfcn "$lstmfcn"
descriptors "java -jar" java -jar "$jar"

# --- Locales

for locale in ar-EG fa-IR bn-BD my-MM tr-TR; do
    LSTMFCN_JAVA_OPTIONS="-Duser.language=${locale%-*} -Duser.country=${locale#*-}" right "locale $locale" "$lstmfcn" "${usual[@]}"
done
LSTMFCN_JAVA_OPTIONS="-Duser.language=ar -Duser.country=EG" "$lstmfcn" search --quiet --data "$root/testdata" --set CBF \
    --models lstm-fcn --cells 2 --epochs 1 --folds 2 --out "$work/search" >"$work/out" 2>&1
# Files of numbers can hold the bytes of such a digit by chance.
if [ -s "$work/search/choice.csv" ] && [ -d "$work/search/CBF/lstm-fcn-2-seed0-fold2of2" ] &&
    ! grep -rqF --include='*.csv' --include='*.json' --include='*.html' -e ٠ -e ١ -e ٢ -e ٣ -e ٤ -e ٥ -e ٦ -e ٧ -e ٨ -e ٩ "$work/search"; then
    report ok "locale ar-EG: search, $(grep finished "$work/out" | tail -n 1)"
else
    head -n 3 "$work/out" >&2
    report FAILED "locale ar-EG: search"
fi

mkdir "$work/dé中" && cp "$weights" "$work/dé中/wé.h5"
named=(predict --quiet --weights "$work/dé中/wé.h5")
LC_ALL=C right "LC_ALL=C, name in UTF-8, bin/lstmfcn" "$lstmfcn" "${named[@]}"
LC_ALL=C refused "LC_ALL=C, name in UTF-8, java -jar" 2 'LC_ALL=C.UTF-8' java -jar "$jar" "${named[@]}"

# --- Homes, temporary folders, limits

right "no HOME" env -u HOME "$lstmfcn" "${usual[@]}"
right "HOME=/nonexistent" env HOME=/nonexistent "$lstmfcn" "${usual[@]}"
right "no environment but PATH" env -i PATH="$PATH" "$lstmfcn" "${usual[@]}"
right "TMPDIR=/nonexistent" env TMPDIR=/nonexistent "$lstmfcn" "${usual[@]}"
right_or_refused "no temporary folder for Java" env LSTMFCN_JAVA_OPTIONS=-Djava.io.tmpdir=/nonexistent/x "$lstmfcn" "${usual[@]}"
right_or_refused "a home that cannot be written, java -jar" java -Duser.home=/proc/nothing -Djava.io.tmpdir="$work" -jar "$jar" "${usual[@]}"
rm -rf "$work"/.javacpp-*
refused "neither home nor temporary folder" 1 cachedir java -Duser.home=/proc -Djava.io.tmpdir=/proc -jar "$jar" "${usual[@]}"
mkdir "$work/full"
if mount -t tmpfs -o size=2m tmpfs "$work/full" 2>/dev/null; then
    mkdir -p "$work/full/.javacpp/cache"
    refused "a full home" 1 cachedir java -Duser.home="$work/full" -jar "$jar" "${usual[@]}"
    umount "$work/full"
else
    report skipped "a full home: no right to mount one"
fi
for limit in 20 40; do
    right_or_refused "ulimit -n $limit, bin/lstmfcn" bash -c "ulimit -n $limit; exec \"\$@\"" - "$lstmfcn" "${usual[@]}"
done

# --- Java

refused "a wrong JAVA_HOME" 1 'JAVA_HOME' env JAVA_HOME=/nonexistent "$lstmfcn" "${usual[@]}"
mkdir -p "$work/java8/bin" && echo 'JAVA_VERSION="1.8.0_402"' > "$work/java8/release" &&
    cp "$(type -P true)" "$work/java8/bin/java"
refused "a Java that is too old" 1 'found Java 8' env JAVA_HOME="$work/java8" "$lstmfcn" "${usual[@]}"
for home in ${JAVA_HOMES:-}; do
    name=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    right "Java $name, bin/lstmfcn" env JAVA_HOME="$home" "$lstmfcn" "${usual[@]}"
    right "Java $name, java -jar" "$home/bin/java" -jar "$jar" "${usual[@]}"
done

# --- Signals

"$lstmfcn" train-all --quiet --data "$root/testdata" --set CBF --cells 2 --epochs 100000 --out "$work/killed" >"$work/out" 2>&1 &
parent=$!
run=$work/killed/CBF/lstm-fcn-2-seed0
for _ in $(seq 300); do
    [ "$(wc -l 2>/dev/null < "$run/history.csv" || echo 0)" -lt 3 ] || break
    sleep .1
done
child=$(pgrep -P "$parent" | head -n 1)
kill -KILL "$parent"
wait "$parent" 2>/dev/null
for _ in $(seq 100); do
    kill -0 "$child" 2>/dev/null || break
    sleep .1
done
if [ -n "$child" ] && ! kill -0 "$child" 2>/dev/null && [ -f "$run/checkpoint" ] && [ -f "$run/weights-last.h5" ]; then
    report ok "a killed command takes its training with it, whose state is kept"
else
    [ -z "$child" ] || kill "$child" 2>/dev/null
    report FAILED "a killed command: its training goes on, or has left no state"
fi

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
