#!/usr/bin/env bash
# Tries to break what is built and prints the table of docs/reliability.md: hostile files, made-up inputs, kills,
# environments, long use. Needs JDK 17, Maven and Python 3; takes about a quarter of an hour on two processors.
#
#   src/check/reliability.sh [SECONDS]      seconds of fuzzing for each reader, by default 10
#
# The lines of the checks go to target/reliability/. Exit status 1 if anything failed.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/target/reliability
model=$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5
seconds=${1:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
"$root/bin/lstmfcn" --version >/dev/null || exit 1    # builds it
failed=0

row() {    # WHAT TRIED FILE_OF_LINES FIGURES
    local bad
    bad=$(grep -c '^FAILED' "$3")
    [ -s "$3" ] || bad=all
    [ "$bad" = 0 ] || failed=1
    printf '| %s | %s | %s | %s |\n' "$1" "$2" "$bad" "$4"
}

sum() {    # PATTERN FILE: the sum of the numbers before the pattern
    grep -oE "[0-9]+ $1" "$2" | awk '{ sum += $1 } END { print sum + 0 }'
}

processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
echo "Measured on ${processor:-an unknown processor}, $(getconf _NPROCESSORS_ONLN) processors, Java $(
    "$root/bin/lstmfcn" --version | sed -n 's/^Java //p'), $(date -u +%Y-%m-%d)."
echo
echo '| what | tried | failed | figures |'
echo '|---|---|---|---|'

(cd "$root" && mvn -B -q -ntp surefire:test@default-test -Dtest='HostileFilesTest,Damaged*Test,SavedModelSafetyTest' \
    > "$out/hostile.log" 2>&1) || echo "FAILED  hostile files: see $out/hostile.log" > "$out/hostile"
[ -s "$out/hostile.log" ] && grep -q 'FAILED\|ERROR' "$out/hostile.log" || cp "$root/target/hostile-files.txt" "$out/hostile"
row 'files that mean harm, read with 512 MB' "$(wc -l < "$out/hostile") files" "$out/hostile" \
    "all refused in one line; the longest took $(awk -F '\t' '$2 > most { most = $2 } END { print most + 0 }' "$out/hostile") ms of processor time"

"$root/src/fuzz/fuzz.sh" "$seconds" > "$out/fuzzing" 2> "$out/fuzzing.log" </dev/null
sed -i 's/^\(.*FAILED.*\)$/FAILED  \1/' "$out/fuzzing"
row 'inputs that Jazzer makes up' "$(awk 'NR > 1 { sum += $3 } END { print sum + 0 }' "$out/fuzzing") inputs" "$out/fuzzing" \
    "$(awk 'END { print NR - 1 }' "$out/fuzzing") readers, $seconds s each"

python3 "$here/python/check_kills.py" --lstmfcn "$root/bin/lstmfcn" --work "$work/kills" > "$out/kills" 2> "$out/kills.log" </dev/null
row 'commands killed while they write' "$(wc -l < "$out/kills") commands" "$out/kills" \
    "$(sum 'kills' "$out/kills") kills, $(sum 'of a run in progress' "$out/kills") of them during a run, $(sum 'of one that wrote' "$out/kills") while it wrote, $(sum 'at renames' "$out/kills") at a rename"

"$here/environments.sh" > "$out/environments" 2> "$out/environments.log" </dev/null
row 'environments' "$(grep -c '^\(ok\|FAILED\) ' "$out/environments") of them" "$out/environments" \
    'closed descriptors, locales, homes, limits, Javas, signals'

"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$root/target/lstm-fcn.jar" "$here/java/Endurance.java" "$model" 60 \
    > "$out/endurance" 2> "$out/endurance.log" </dev/null
while read -r status line; do
    printf '%-7s %s\n' "$status" "$line" > "$work/line"
    line=${line#endurance, }
    row "${line%%:*}" 1 "$work/line" "${line#*: }"
done < "$out/endurance"
[ -s "$out/endurance" ] || failed=1
exit "$failed"
